"""What the machine acts on."""

from abc import abstractmethod
from datetime import date, datetime

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from ecf_core.model.ids import (
    DeliveryPartnerId,
    InductionRecordId,
    LeadProviderId,
    PartnershipId,
    SchoolId,
    TrainingRecordId,
)
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.participants import (
    InductionRecordRow,
    ParticipantRow,
    ParticipantsFilter,
)
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.queries.schools import InductionProgrammeRow
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.profile import DOCUMENTED, ECF1
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2024,
    GREENDALE_ID,
    RELATIONSHIPS,
    RIVERSIDE,
    RIVERSIDE_ID,
    furnish,
)
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

EVERYTHING = PartnershipsFilter()


class PartnershipWorld(RuleBasedStateMachine):
    """Schools that have chosen provider-led, two participants, and how all is looked at."""

    @abstractmethod
    def world(self) -> tuple[Storage, Queries]:
        """Where everything is kept in one run."""

    @initialize(as_ecf1=st.booleans())
    def begin(self, *, as_ecf1: bool) -> None:
        self.storage, self.queries = self.world()
        furnish(self.storage.begin)
        furnish_for_participants(self.storage.begin)
        self.clock = SettableClock()
        self.related = set(RELATIONSHIPS)
        self.seen: dict[PartnershipId, tuple[datetime, tuple[str, ...]]] = {}
        self.ended: dict[InductionRecordId, InductionRecordRow] = {}
        self.enrolled: set[TrainingRecordId] = set()
        self.use_cases = UseCases.over(
            begin=self.storage.begin,
            look=self.storage.look,
            clock=self.clock,
            new_id=SequentialIds(),
            new_secret=SequentialSecrets(),
            rules=ECF1 if as_ecf1 else DOCUMENTED,
        )
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            choice = ProgrammeRequest(
                school_id=school,
                cohort=COHORT_2024.start_year,
                programme=ProgrammeChoice.PROVIDER_LED.value,
            )
            self.use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        for request in (
            an_enrolment("Ada Teacher"),
            an_enrolment("Bo Teacher", school=RIVERSIDE, start_date=date(2025, 1, 6)),
        ):
            enrolled = self.use_cases.enrol_participant(request, by=ADMINISTRATOR)
            self.enrolled.add(enrolled.training_record.id)

    def all_rows(self) -> tuple[PartnershipRow, ...]:
        return self.queries.partnerships.all(EVERYTHING)

    def row(self, id_: PartnershipId) -> PartnershipRow:
        row = self.queries.partnerships.one(id_)
        assert row is not None
        return row

    def current(self, school: SchoolId, year: int) -> tuple[PartnershipRow, ...]:
        return tuple(
            row
            for row in self.all_rows()
            if (row.school_id, row.cohort) == (school, year) and is_current(row)
        )

    def participants(self) -> dict[TrainingRecordId, ParticipantRow]:
        rows = self.queries.participants.all(ParticipantsFilter())
        return {row.training_record_id: row for row in rows}

    def default_programme(self, school: SchoolId, year: int) -> InductionProgrammeRow | None:
        standing = self.queries.schools.cohort(school, year, at=self.clock.instant)
        return next((p for p in standing.induction_programmes if p.default), None)

    def history(self, id_: PartnershipId) -> tuple[str, ...]:
        return tuple(entry.event for entry in self.queries.partnerships.history(id_))


def relationship_of(
    lead_provider: LeadProvider, hub: DeliveryPartner, year: int
) -> ProviderRelationship:
    return ProviderRelationship(
        lead_provider_id=lead_provider.id, delivery_partner_id=hub.id, cohort=year
    )


def is_current(row: PartnershipRow) -> bool:
    return row.status == "active" and not row.relationship


def parties(row: PartnershipRow) -> tuple[SchoolId, int, LeadProviderId, DeliveryPartnerId]:
    return row.school_id, row.cohort, row.lead_provider_id, row.delivery_partner_id
