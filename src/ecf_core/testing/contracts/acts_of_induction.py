"""What schools and administrators do with participants, in any order."""

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ecf_core.errors import Refused
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId
from ecf_core.model.participant import ParticipantType
from ecf_core.model.partnership import ChallengeReason
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries.participants import ParticipantRow
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.changing_the_partnership import PartnershipChangeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.migrating_participants import MigrationRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.contracts.acts import HUBS, LEAD_PROVIDERS, REASONS, YEARS, PartnershipActs
from ecf_core.testing.contracts.acts import SCHOOLS as SCHOOL_IDS
from ecf_core.testing.contracts.moved import moved_into
from ecf_core.testing.contracts.world import is_current
from ecf_core.testing.examples import ADMINISTRATOR, COHORTS, GREENDALE, RIVERSIDE
from ecf_core.testing.participants import an_enrolment

SCHOOLS = st.sampled_from([GREENDALE, RIVERSIDE])
NAMES = st.sampled_from(["Ada Teacher", "Bo Teacher", "Cy Teacher", "Di Teacher"])
TYPES = st.sampled_from([ParticipantType.ECT, ParticipantType.ECT, ParticipantType.MENTOR])
DAYS_FROM_NOW = st.none() | st.sampled_from([-3, 0, 10, 60])


class InductionActs(PartnershipActs):
    """Enrols, transfers and migrates participants, and repairs what needs none.

    Each act looks whether it did what it says, and nothing else.
    """

    @precondition(lambda self: any(is_current(row) for row in self.all_rows()))
    @rule(data=st.data(), lead_provider=LEAD_PROVIDERS, hub=HUBS, reason=REASONS)
    def another_partnership_takes_the_place_of_one(
        self,
        data: st.DataObject,
        lead_provider: LeadProvider,
        hub: DeliveryPartner,
        reason: ChallengeReason,
    ) -> None:
        """The longer way to it, by chance, is seldom gone."""
        current = data.draw(st.sampled_from([row for row in self.all_rows() if is_current(row)]))
        request = ChallengeRequest(partnership_id=current.id, reason=reason.value)
        self.use_cases.challenge_partnership(request, by=ADMINISTRATOR)
        chosen = ProgrammeRequest(
            school_id=current.school_id, cohort=current.cohort, programme="provider_led"
        )
        self.use_cases.confirm_programme(chosen, by=ADMINISTRATOR)
        self.a_lead_provider_forms_a_partnership(
            school=current.school_id, year=current.cohort, lead_provider=lead_provider, hub=hub
        )

    def _day(self, days: int | None) -> date | None:
        return None if days is None else (self.clock.instant + timedelta(days=days)).date()

    @rule(school=SCHOOLS, year=YEARS, name=NAMES, type_=TYPES, days=DAYS_FROM_NOW)
    def a_school_enrols(
        self, school: Establishment, year: int, name: str, type_: ParticipantType, days: int | None
    ) -> None:
        (cohort,) = [c for c in COHORTS if c.start_year == year]
        before = self.participants()
        request = an_enrolment(
            name, type_=type_, school=school, cohort=cohort, start_date=self._day(days)
        )
        again = any((p.full_name, p.type) == (name, type_) for p in before.values())
        school_id = self.queries.schools.id_of(school.urn)
        assert school_id is not None
        default = self.default_programme(school_id, year)
        try:
            enrolled = self.use_cases.enrol_participant(request, by=ADMINISTRATOR)
        except Refused:
            assert again or default is None
            assert self.participants() == before
            return
        assert not again
        after = self.participants()
        new = after.pop(enrolled.training_record.id)
        assert after == before
        (record,) = new.induction_records
        assert default is not None
        assert record.programme_id == default.id
        assert (record.induction_status, record.training_status) == ("active", "active")
        self.enrolled.add(new.training_record_id)

    @precondition(lambda self: self.participants())
    @rule(
        data=st.data(), to=SCHOOLS, how=st.sampled_from(["school", "continue"]), days=DAYS_FROM_NOW
    )
    def a_participant_transfers(
        self, data: st.DataObject, to: Establishment, how: str, days: int | None
    ) -> None:
        before = self.participants()
        chosen = data.draw(st.sampled_from(sorted(before, key=str)))
        was = before[chosen]
        partnerships = {row.id for row in self.all_rows()}
        request = TransferRequest(
            participant_id=chosen, to_urn=to.urn, programme=how, start_date=self._day(days)
        )
        try:
            self.use_cases.transfer_participant(request, by=ADMINISTRATOR)
        except Refused:
            assert self.participants() == before
            assert {row.id for row in self.all_rows()} == partnerships
            return
        now = self.participants()[chosen]
        self._has_transferred(was, now, to.urn, how)
        made = [row for row in self.all_rows() if row.id not in partnerships]
        assert [row.id for row in made] in ([], [now.latest.partnership_id])
        for row in made:
            default = self.default_programme(row.school_id, row.cohort)
            assert default is not None
            assert row.relationship is (default.partnership_id != row.id)

    def _has_transferred(
        self, was: ParticipantRow, now: ParticipantRow, urn: str, how: str
    ) -> None:
        joined, to_come = now.latest, was.latest
        if to_come.school_transfer and to_come.start_date > self.clock.instant and was.urn == urn:
            *before, replaced = was.induction_records
            assert joined.id == replaced.id
            was = evolve(was, induction_records=tuple(before))
        assert len(now.induction_records) == len(was.induction_records) + 1
        assert was.urn != urn
        # By its id: of records that begin and end at once, a clock that goes back tells no order.
        (left,) = (record for record in now.induction_records if record.id == was.latest.id)
        assert (left.urn, left.end_date) == (was.urn, joined.start_date)
        assert (joined.urn, joined.cohort) == (urn, was.cohort)
        assert (joined.school_transfer, joined.end_date) == (True, None)
        if how == "continue":
            assert joined.training_programme == was.latest.training_programme
            assert joined.lead_provider == was.latest.lead_provider
            assert joined.delivery_partner == was.latest.delivery_partner

    @rule(data=st.data(), school=SCHOOL_IDS, year=YEARS)
    def an_administrator_migrates(self, data: st.DataObject, school: SchoolId, year: int) -> None:
        at = self.clock.instant
        programmes = self.queries.schools.cohort(school, year, at=at).induction_programmes
        if len(programmes) < 2:
            return
        source, target = data.draw(st.permutations(programmes))[:2]
        before = self.participants()
        request = MigrationRequest(from_programme=source.id, to_programme=target.id)
        try:
            foreseen = self.use_cases.migrate_participants(request, by=ADMINISTRATOR, dry_run=True)
        except Refused:
            under_it = target.partnership_id
            assert under_it is not None
            assert self.row(under_it).status == "challenged"
            return
        assert self.participants() == before
        moved = self.use_cases.migrate_participants(request, by=ADMINISTRATOR)
        assert moved == foreseen
        assert moved.participants >= source.active_participants
        assert moved_into(target, before, self.participants(), at=at) == moved.participants

    @precondition(lambda self: self.all_rows())
    @rule(data=st.data())
    def an_administrator_repairs_what_needs_none(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from(self.all_rows()))
        before = self.participants()
        request = PartnershipChangeRequest(urn=row.urn, cohort=row.cohort, partnership_id=row.id)
        if row.status == "challenged" or row.relationship:
            with pytest.raises(Refused):
                self.use_cases.change_partnership(request, by=ADMINISTRATOR)
        else:
            repaired = self.use_cases.change_partnership(request, by=ADMINISTRATOR)
            assert (repaired.action, repaired.migrated) == ("unchanged", 0)
            assert repaired.school_cohort.choice is ProgrammeChoice.PROVIDER_LED
        assert self.participants() == before
