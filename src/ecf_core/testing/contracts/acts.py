"""What lead providers, schools and administrators do, in any order."""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ecf_core.errors import Refused
from ecf_core.model.ids import PartnershipId, SchoolId
from ecf_core.model.partnership import ChallengeReason, Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries.partnerships import PartnershipRow
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.moved import moved_into, nobody_waits
from ecf_core.testing.contracts.world import PartnershipWorld, parties, relationship_of
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2023,
    COHORT_2024,
    ESTABLISHMENTS,
    GREENDALE,
    GREENDALE_ID,
    IDLE_HUB,
    NORTH_HUB,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
)

SCHOOLS = st.sampled_from([GREENDALE_ID, RIVERSIDE_ID])
YEARS = st.sampled_from([COHORT_2024.start_year] * 4 + [COHORT_2023.start_year])
LEAD_PROVIDERS = st.sampled_from([PURPLE_LEARNING, ORANGE_INSTITUTE])
HUBS = st.sampled_from([NORTH_HUB, NORTH_HUB, SOUTH_HUB, SOUTH_HUB, IDLE_HUB])
# What lets partnerships be formed comes up more often, so that there is something to go wrong.
CHOICES = st.sampled_from([ProgrammeChoice.PROVIDER_LED] * 3 + list(ProgrammeChoice))
REASONS = st.sampled_from([ChallengeReason.NO_ECTS, ChallengeReason.MISTAKE])
STATUSES = st.sampled_from([1, 1, 1, 2, 3])
TYPES = st.sampled_from([1, 1, 1, 11])
DAYS = st.sampled_from([timedelta(days=days) for days in (-2, 1, 15, 40)])
FORTNIGHT = timedelta(days=14)


class PartnershipActs(PartnershipWorld):
    """Does what lead providers, schools and administrators do.

    Each act looks whether it did what it says, and nothing else.
    """

    @rule(by=DAYS)
    def time_passes(self, by: timedelta) -> None:
        """A sandbox's clock goes back too."""
        self.clock.instant += by

    @rule(school=SCHOOLS, year=YEARS, choice=CHOICES)
    def a_school_chooses(self, school: SchoolId, year: int, choice: ProgrammeChoice) -> None:
        had = any(self.current(school, year))
        request = ProgrammeRequest(school_id=school, cohort=year, programme=choice.value)
        try:
            chosen = self.use_cases.confirm_programme(request, by=ADMINISTRATOR)
        except Refused:
            assert had
            assert choice is not ProgrammeChoice.PROVIDER_LED
        else:
            assert chosen.choice is choice
            assert not had or choice is ProgrammeChoice.PROVIDER_LED

    @rule(school=SCHOOLS, year=YEARS, lead_provider=LEAD_PROVIDERS, hub=HUBS)
    def a_lead_provider_forms_a_partnership(
        self, school: SchoolId, year: int, lead_provider: LeadProvider, hub: DeliveryPartner
    ) -> None:
        request = PartnershipRequest(
            cohort=year,
            school_id=school,
            lead_provider_id=lead_provider.id,
            delivery_partner_id=hub.id,
        )
        before = {row.id: row for row in self.all_rows()}
        participants = self.participants()
        former = self.default_programme(school, year)
        expected = self.use_cases.explain_partnership(request)
        try:
            formed = self.use_cases.create_partnership(request, by=ADMINISTRATOR)
        except Refused:
            assert not expected.allowed
            assert {row.id: row for row in self.all_rows()} == before
            assert self.participants() == participants
            return
        assert expected.allowed
        made = self.row(formed.partnership.id)
        assert made == PartnershipRow.of(formed)
        assert made.status == "active"
        assert not made.relationship
        assert made.challenge_deadline is not None
        assert made.challenge_deadline >= self.clock.instant + FORTNIGHT
        assert relationship_of(lead_provider, hub, year) in self.related
        reports = [event for event in self.history(made.id) if event == "partnership_reported"]
        was_there = before.get(made.id)
        known = self.seen.get(made.id, (None, ()))[1]
        assert len(reports) == known.count("partnership_reported") + 1
        if was_there is not None:
            assert was_there.relationship or was_there.status == "challenged"
            assert was_there.lead_provider_id == lead_provider.id
        default = self.default_programme(school, year)
        assert default is not None
        assert default.training_programme == ProgrammeChoice.PROVIDER_LED
        assert default.partnership_id == made.id
        moved = moved_into(default, participants, self.participants(), at=self.clock.instant)
        assert moved == (formed.moved.participants if formed.moved else 0)
        if former is None or former.partnership_id != made.id:
            nobody_waits(self.participants().values(), made, at=self.clock.instant)
        self._cannot_be_repeated(request)

    def _cannot_be_repeated(self, request: PartnershipRequest) -> None:
        before = self.all_rows()
        with pytest.raises(Refused) as refusal:
            self.use_cases.create_partnership(request, by=ADMINISTRATOR)
        assert [v.code for v in refusal.value.violations] == ["already_confirmed"]
        assert self.all_rows() == before

    @precondition(lambda self: self.all_rows())
    @rule(data=st.data(), hub=HUBS, mine=st.sampled_from([True, True, True, False]))
    def a_lead_provider_changes_the_delivery_partner(
        self, data: st.DataObject, hub: DeliveryPartner, *, mine: bool
    ) -> None:
        before = data.draw(st.sampled_from(self.all_rows()))
        owner = before.lead_provider_id
        others = (lp.id for lp in (PURPLE_LEARNING, ORANGE_INSTITUTE) if lp.id != owner)
        lead_provider_id = owner if mine else next(others)
        history = self.history(before.id)
        request = UpdateRequest(
            partnership_id=before.id,
            lead_provider_id=lead_provider_id,
            delivery_partner_id=hub.id,
        )
        try:
            updated = self.use_cases.update_partnership(request, by=ADMINISTRATOR)
        except Refused:
            assert self.row(before.id) == before
            assert self.history(before.id) == history
            return
        after = self.row(before.id)
        assert after == PartnershipRow.of(updated)
        assert mine
        assert not before.relationship
        assert before.status == "active"
        if before.delivery_partner_id == hub.id:
            assert after == before
            assert self.history(before.id) == history
        else:
            assert (after.school_id, after.cohort) == (before.school_id, before.cohort)
            assert after.lead_provider_id == before.lead_provider_id
            assert after.delivery_partner_id == hub.id
            assert after.challenge_deadline is not None
            assert after.challenge_deadline >= self.clock.instant + FORTNIGHT
            assert self.history(before.id) == (*history, "partnership_updated")

    @precondition(lambda self: self.all_rows())
    @rule(data=st.data(), reason=REASONS)
    def a_school_challenges(self, data: st.DataObject, reason: ChallengeReason) -> None:
        before = data.draw(st.sampled_from(self.all_rows()))
        history = self.history(before.id)
        request = ChallengeRequest(partnership_id=before.id, reason=reason.value)
        if before.status == "challenged":
            with pytest.raises(Refused) as refusal:
                self.use_cases.challenge_partnership(request, by=ADMINISTRATOR)
            assert [v.code for v in refusal.value.violations] == ["already_challenged"]
            assert self.history(before.id) == history
            return
        self.use_cases.challenge_partnership(request, by=ADMINISTRATOR)
        after = self.row(before.id)
        assert (after.challenged_reason, after.challenged_at) == (reason, self.clock.instant)
        assert before == evolve(
            after,
            challenged_reason=None,
            challenged_at=None,
            updated_at=before.updated_at,
        )
        assert self.history(before.id) == (*history, "partnership_challenged")
        if reason is ChallengeReason.NO_ECTS and not before.relationship:
            standing = self.queries.schools.cohort(
                before.school_id, before.cohort, at=self.clock.instant
            )
            assert standing.programme == ProgrammeChoice.NO_ECTS

    @rule(lead_provider=LEAD_PROVIDERS, hub=HUBS, year=YEARS, kept=st.booleans())
    def an_administrator_says_who_works_with_whom(
        self, lead_provider: LeadProvider, hub: DeliveryPartner, year: int, *, kept: bool
    ) -> None:
        relationship = relationship_of(lead_provider, hub, year)
        with self.storage.begin() as work:
            if kept:
                work.providers.relate([relationship], at=self.clock.instant)
                self.related.add(relationship)
            else:
                work.providers.discard([relationship], at=self.clock.instant)
                self.related.discard(relationship)
            work.commit()

    @rule(status=STATUSES, type_code=TYPES)
    def the_register_changes(self, status: int, type_code: int) -> None:
        entry = evolve(GREENDALE, status_code=status, type_code=type_code)
        self.use_cases.import_schools([entry, *ESTABLISHMENTS[1:]], by=ADMINISTRATOR)

    @precondition(lambda self: self.all_rows())
    @rule(data=st.data(), hub=HUBS)
    def a_relationship_partnership_is_there_without_a_programme(
        self, data: st.DataObject, hub: DeliveryPartner
    ) -> None:
        school, year, lead_provider_id, _ = parties(data.draw(st.sampled_from(self.all_rows())))
        wanted = (school, year, lead_provider_id, hub.id)
        if any(parties(row) == wanted for row in self.all_rows()):
            return
        with self.storage.begin() as work:
            work.partnerships.add(
                Partnership(
                    id=PartnershipId(self.use_cases.create_partnership.new_id()),
                    school_id=school,
                    cohort=year,
                    lead_provider_id=lead_provider_id,
                    delivery_partner_id=hub.id,
                    relationship=True,
                    created_at=self.clock.instant,
                    updated_at=self.clock.instant,
                )
            )
            work.commit()
