"""What the requests of ``ecf demo`` are about, found or made in the database."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from attrs import frozen

from ecf_cli.deployment import Deployment
from ecf_cli.named import known_school
from ecf_cli.shipped import COHORTS, delivery_partners_of, register
from ecf_core.errors import Refused
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId
from ecf_core.model.participant import ParticipantType
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.queries.schools import SchoolRow
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.import_participants import EnrolmentRow

DEMO: Final = Actor(ActorKind.SYSTEM, "demo")
LEAD_PROVIDER: Final = "Ambition Institute"
COHORT: Final = COHORTS[-1]
# Secondary schools in the areas of teaching school hubs that the lead provider works with.
SCHOOLS: Final = (
    "102239",  # Whitmore High School, Harrow
    "106135",  # Stockport School
    "118790",  # Tunbridge Wells Grammar School for Boys
    "124802",  # Thurston Community College, Bury St Edmunds
    "134224",  # Manchester Academy
    "136193",  # Pyrland School, Taunton
    "136724",  # Fernwood School, Nottingham
    "137190",  # The Commonweal School, Swindon
)


# A mentor, and the two whom Robin supports.
_MENTOR_EMAIL: Final = "robin@example.org"
_PARTICIPANTS: Final = (
    (ParticipantType.MENTOR, "Robin Example", _MENTOR_EMAIL),
    (ParticipantType.ECT, "Kim Example", "kim@example.org"),
    (ParticipantType.ECT, "Lee Example", "lee@example.org"),
)


@frozen
class Example:
    """A school to form a partnership with, and a partnership to change, each with whom.

    Both can be done as they stand.
    """

    free: SchoolRow
    partner_for_free: DeliveryPartnerId
    formed: PartnershipRow
    partner_for_formed: DeliveryPartnerId


@frozen
class _LeadProvider:
    """A lead provider with its delivery partners, and what it could ask for."""

    deployment: Deployment
    id: LeadProviderId
    partners: list[DeliveryPartnerId]

    @property
    def _use_cases(self) -> UseCases:
        return self.deployment.use_cases

    def example(self) -> Example:
        for urn in SCHOOLS:
            for year in COHORTS:
                self._choose_provider_led(known_school(self.deployment, urn, year), year)
        formed, partner_for_formed = next(chain(self._changeable(), self._newly_formed()))
        self._enrol(formed.urn)
        free, partner_for_free = next(self._free())
        return Example(free, partner_for_free, formed, partner_for_formed)

    def _choose_provider_led(self, school: SchoolRow, year: int) -> None:
        """Where the school has said nothing yet."""
        if school.programme == ProgrammeChoice.NOT_YET_KNOWN:
            choice = ProgrammeChoice.PROVIDER_LED
            request = ProgrammeRequest(school_id=school.id, cohort=year, programme=choice)
            self._use_cases.confirm_programme(request, by=DEMO)

    def _enrol(self, urn: str) -> None:
        """A few participants, unless they are somewhere already."""
        rows = [
            EnrolmentRow(
                line=line,
                request=EnrolmentRequest(
                    urn=urn,
                    cohort=COHORT,
                    type=type_,
                    full_name=name,
                    email=email,
                    mentor_email=_MENTOR_EMAIL if type_ is ParticipantType.ECT else None,
                ),
            )
            for line, (type_, name, email) in enumerate(_PARTICIPANTS)
        ]
        self._use_cases.import_participants(rows, by=DEMO)

    def _free(self) -> Iterator[tuple[SchoolRow, DeliveryPartnerId]]:
        """Schools with which a partnership can be formed now, and with whom."""
        others = (entry.urn for entry in register() if entry.eligible)
        for urn in chain(SCHOOLS, others):
            school = known_school(self.deployment, urn, COHORT)
            if school.in_partnership:
                continue
            self._choose_provider_led(school, COHORT)
            for partner in self.partners:
                if self._form(school, partner, dry_run=True):
                    yield school, partner

    def _form(
        self, school: SchoolRow, partner: DeliveryPartnerId, *, dry_run: bool
    ) -> PartnershipRow | None:
        request = PartnershipRequest(
            cohort=COHORT,
            school_id=school.id,
            lead_provider_id=self.id,
            delivery_partner_id=partner,
        )
        try:
            agreement = self._use_cases.create_partnership(request, by=DEMO, dry_run=dry_run)
        except Refused:
            return None
        return PartnershipRow.of(agreement)

    def _newly_formed(self) -> Iterator[tuple[PartnershipRow, DeliveryPartnerId]]:
        school, partner = next(self._free())
        name, email = "Sam Example", "induction.tutor@example.org"
        self._use_cases.set_induction_tutor(school.id, name=name, email=email, by=DEMO)
        self._form(school, partner, dry_run=False)
        yield from self._changeable()

    def _changeable(self) -> Iterator[tuple[PartnershipRow, DeliveryPartnerId]]:
        """Partnerships of the lead provider, with delivery partners that they can change to."""
        wanted = PartnershipsFilter(cohorts=frozenset({COHORT}), lead_provider_id=self.id)
        for row in self.deployment.queries.partnerships.all(wanted):
            for partner in self.partners:
                if partner != row.delivery_partner_id and self._can_change(row, partner):
                    yield row, partner

    def _can_change(self, row: PartnershipRow, partner: DeliveryPartnerId) -> bool:
        request = UpdateRequest(
            partnership_id=row.id,
            lead_provider_id=self.id,
            delivery_partner_id=partner,
        )
        try:
            self._use_cases.update_partnership(request, by=DEMO, dry_run=True)
        except Refused:
            return False
        return True


def example(deployment: Deployment, lead_provider_id: LeadProviderId) -> Example:
    """Schools choose provider-led, one forms a partnership and enrols participants.

    There is more to be formed.
    """
    partners = delivery_partners_of(LEAD_PROVIDER, COHORT)
    return _LeadProvider(deployment, lead_provider_id, partners).example()
