"""What always holds, whatever is done in whatever order: a machine that does it and looks."""

from hypothesis.stateful import invariant

from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.window import Window
from ecf_core.testing.contracts.invariants_of_induction import InductionInvariants
from ecf_core.testing.contracts.world import is_current, parties
from ecf_core.testing.examples import (
    COHORT_2023,
    COHORT_2024,
    GREENDALE_ID,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
)


class PartnershipMachine(InductionInvariants):
    """Does what lead providers, schools and administrators do, in any order, and looks.

    Subclass it with a ``world``: an empty storage, and the queries over it.
    """

    @invariant()
    def a_school_has_one_current_partnership_in_a_cohort(self) -> None:
        current = [(r.school_id, r.cohort) for r in self.all_rows() if is_current(r)]
        assert len(set(current)) == len(current)

    @invariant()
    def the_same_parties_have_one_partnership(self) -> None:
        joined = [parties(row) for row in self.all_rows()]
        assert len(set(joined)) == len(joined)

    @invariant()
    def a_challenge_has_a_reason_and_a_time_or_neither(self) -> None:
        for row in self.all_rows():
            assert (row.challenged_reason is None) == (row.challenged_at is None)
            assert (row.challenge_deadline is None) == row.relationship

    @invariant()
    def lead_providers_see_their_own_partnerships_and_no_relationship_ones(self) -> None:
        for lead_provider in (PURPLE_LEARNING, ORANGE_INSTITUTE):
            seen = self.queries.partnerships.of_lead_provider(
                lead_provider.id, PartnershipsFilter(), (), Window()
            )
            assert set(seen.rows) == {
                row
                for row in self.all_rows()
                if row.lead_provider_id == lead_provider.id and not row.relationship
            }

    @invariant()
    def a_choice_of_training_has_a_default_programme_of_that_training(self) -> None:
        rows = {row.id: row for row in self.all_rows()}
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            for year in (COHORT_2023.start_year, COHORT_2024.start_year):
                standing = self.queries.schools.cohort(school, year, at=self.clock.instant)
                defaults = [p for p in standing.induction_programmes if p.default]
                training = ProgrammeChoice(standing.programme).training_programme
                assert [p.training_programme for p in defaults] == ([training] if training else [])
                for programme in standing.induction_programmes:
                    if programme.partnership_id is not None:
                        partnership = rows[programme.partnership_id]
                        assert (partnership.school_id, partnership.cohort) == (school, year)
                        assert not (programme.default and partnership.relationship)
                        assert programme.training_programme == "provider_led"
                for current in self.current(school, year):
                    assert [p.partnership_id for p in defaults] == [current.id]

    @invariant()
    def nothing_is_lost_and_nothing_goes_back_in_time(self) -> None:
        rows = {row.id: row for row in self.all_rows()}
        assert rows.keys() >= self.seen.keys()
        for id_, row in rows.items():
            updated_at, history = self.seen.get(id_, (row.updated_at, ()))
            now = self.history(id_)
            assert row.updated_at >= updated_at
            assert now[: len(history)] == history
            self.seen[id_] = (row.updated_at, now)
