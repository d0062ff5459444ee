"""Forming a partnership, fact by fact, as the live service does."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import not_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from benchmarks.lists.peer.models import (
    Cohort,
    DeliveryPartner,
    Event,
    InductionProgramme,
    LeadProvider,
    Partnership,
    ProviderRelationship,
    School,
    SchoolCohort,
)
from benchmarks.lists.peer.schemas import NewPartnership

_WINDOW = timedelta(days=14)
_MESSAGES = {
    ("cohort", "blank"): "Enter a '#/cohort'.",
    ("cohort", "invalid"): (
        "The '#/cohort' you have entered is invalid. Check cohort details and try again."
    ),
    ("school_id", "blank"): "Enter a '#/school_id'.",
    ("school_id", "invalid"): (
        "The '#/school_id' you have entered is invalid. Check school details and try again."
        " Contact the DfE for support if you are unable to find the '#/school_id'."
    ),
    ("school_id", "funding_error"): (
        "The school you have entered has not registered to deliver DfE-funded training."
        " Contact the school for more information."
    ),
    ("school_id", "ineligible_error"): (
        "The school you have entered is currently ineligible for DfE funding."
        " Contact the school for more information."
    ),
    ("school_id", "already_confirmed"): (
        "You are already in a confirmed partnership with this school for the entered cohort."
    ),
    ("school_id", "recruited_by_other_provider"): (
        "Another provider is in a confirmed partnership with the school for the cohort you"
        " entered. Contact the school for more information."
    ),
    ("school_id", "school_programme_not_yet_confirmed"): (
        "The school you have entered has not yet confirmed they will deliver DfE-funded training."
        " Contact the school for more information."
    ),
    ("delivery_partner_id", "blank"): "Enter a '#/delivery_partner_id'.",
    ("delivery_partner_id", "invalid"): (
        "The '#/delivery_partner_id' you have entered is invalid."
        " Check delivery partner details and try again."
    ),
    ("delivery_partner_id", "no_relationship"): (
        "The entered delivery partner is not recognised to be working in partnership with you"
        " for the given cohort. Contact the DfE for more information."
    ),
}


class Refused(Exception):
    def __init__(self, codes: dict[str, str]) -> None:
        super().__init__(codes)
        blanks_first = sorted(codes.items(), key=lambda item: item[1] != "blank")
        self.errors = [
            {
                "title": name,
                "detail": _MESSAGES[name, code],
                "code": code,
                "source": {"pointer": f"/data/attributes/{name}"},
            }
            for name, code in blanks_first
        ]


class _Validation:
    def __init__(
        self, session: Session, lead_provider: LeadProvider, given: NewPartnership
    ) -> None:
        self.session = session
        self.lead_provider = lead_provider
        self.given = given
        self.cohort = session.get(Cohort, given.cohort) if given.cohort else None
        self.school = session.get(School, given.school_id) if given.school_id else None
        partner = given.delivery_partner_id
        self.partner = session.get(DeliveryPartner, partner) if partner else None
        self.school_cohort: SchoolCohort | None = None

    def check(self) -> None:
        codes = {
            "cohort": self._cohort_code(),
            "school_id": self._school_code(),
            "delivery_partner_id": self._partner_code(),
        }
        if broken := {name: code for name, code in codes.items() if code}:
            raise Refused(broken)

    def _cohort_code(self) -> str | None:
        if self.given.cohort is None:
            return "blank"
        return None if self.cohort else "invalid"

    def _school_code(self) -> str | None:  # noqa: PLR0911 - a reason each
        if self.given.school_id is None:
            return "blank"
        if self.school is None:
            return "invalid"
        if self.school.cip_only:
            return "funding_error"
        if not self.school.eligible:
            return "ineligible_error"
        if self.cohort is None:
            return None
        current = self.session.scalar(
            select(Partnership).where(
                Partnership.school_id == self.school.id,
                Partnership.cohort == self.cohort.start_year,
                Partnership.challenged_at.is_(None),
                not_(Partnership.relationship),
            )
        )
        if current is not None:
            own = current.lead_provider_id == self.lead_provider.id
            return "already_confirmed" if own else "recruited_by_other_provider"
        self.school_cohort = self.session.get(
            SchoolCohort, (self.school.id, self.cohort.start_year)
        )
        if self.school_cohort is None or self.school_cohort.choice != "provider_led":
            return "school_programme_not_yet_confirmed"
        return None

    def _partner_code(self) -> str | None:
        if self.given.delivery_partner_id is None:
            return "blank"
        if self.partner is None or self.partner.discarded_at:
            return "invalid"
        if self.cohort is None:
            return None
        relationship = self.session.get(
            ProviderRelationship, (self.lead_provider.id, self.partner.id, self.cohort.start_year)
        )
        return None if relationship and not relationship.discarded_at else "no_relationship"


def create_partnership(
    session: Session, lead_provider: LeadProvider, given: NewPartnership
) -> Partnership:
    facts = _Validation(session, lead_provider, given)
    facts.check()
    cohort, school, partner, school_cohort = (
        facts.cohort,
        facts.school,
        facts.partner,
        facts.school_cohort,
    )
    assert cohort
    assert school
    assert partner
    assert school_cohort
    now = datetime.now(UTC)
    deadline = now + _WINDOW
    if cohort.academic_year_start_date:
        deadline = max(deadline, cohort.academic_year_start_date + _WINDOW)
    partnership = _own(session, lead_provider, school, cohort, partner)
    before = _terms(partnership) if partnership else None
    if partnership is None:
        partnership = Partnership(
            id=uuid4(),
            school_id=school.id,
            cohort=cohort.start_year,
            lead_provider_id=lead_provider.id,
            created_at=now,
        )
        session.add(partnership)
    partnership.school = school
    partnership.delivery_partner = partner
    partnership.relationship = False
    partnership.challenge_reason = partnership.challenged_at = None
    partnership.challenge_deadline = deadline
    partnership.updated_at = now
    default = session.scalar(
        select(InductionProgramme).where(
            InductionProgramme.school_id == school.id,
            InductionProgramme.cohort == cohort.start_year,
            InductionProgramme.is_default,
        )
    )
    programme_before = _programme_terms(school_cohort, default)
    session.flush()
    default = _default_after(session, default, partnership, now)
    school_cohort.updated_at = now
    session.add(
        Event(
            name="partnership_reported",
            version=1,
            happened_at=now,
            actor=f"lead provider: {lead_provider.name}",
            subject_id=partnership.id,
            payload={
                "partnership_id": str(partnership.id),
                "school_id": str(school.id),
                "cohort": cohort.start_year,
                "lead_provider_id": str(lead_provider.id),
                "before": before,
                "after": _terms(partnership),
                "programme_before": programme_before,
                "programme_after": _programme_terms(school_cohort, default),
            },
        )
    )
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise Refused({"school_id": "recruited_by_other_provider"}) from None
    return partnership


def _own(
    session: Session,
    lead_provider: LeadProvider,
    school: School,
    cohort: Cohort,
    partner: DeliveryPartner,
) -> Partnership | None:
    """One that is used again: a relationship with the delivery partner, or one challenged."""
    own = session.scalars(
        select(Partnership).where(
            Partnership.school_id == school.id,
            Partnership.cohort == cohort.start_year,
            Partnership.lead_provider_id == lead_provider.id,
        )
    ).all()
    for found in own:
        if found.relationship and found.delivery_partner_id == partner.id:
            return found
    challenged = [found for found in own if not found.relationship]
    return max(
        challenged,
        key=lambda found: (found.delivery_partner_id == partner.id, found.created_at),
        default=None,
    )


def _default_after(
    session: Session, default: InductionProgramme | None, partnership: Partnership, now: datetime
) -> InductionProgramme:
    if default is not None and default.partnership_id in {None, partnership.id}:
        default.partnership_id = partnership.id
        default.updated_at = now
        return default
    if default is not None:
        default.is_default = False
        default.updated_at = now
        session.flush()
    default = InductionProgramme(
        id=uuid4(),
        school_id=partnership.school_id,
        cohort=partnership.cohort,
        training_programme="provider_led",
        partnership_id=partnership.id,
        is_default=True,
        created_at=now,
        updated_at=now,
    )
    session.add(default)
    return default


def _terms(partnership: Partnership) -> dict[str, Any]:
    return {
        "delivery_partner_id": str(partnership.delivery_partner.id),
        "relationship": partnership.relationship,
        "challenge_reason": partnership.challenge_reason,
        "challenged_at": _iso(partnership.challenged_at),
        "challenge_deadline": _iso(partnership.challenge_deadline),
    }


def _programme_terms(
    school_cohort: SchoolCohort, default: InductionProgramme | None
) -> dict[str, Any]:
    return {
        "choice": school_cohort.choice,
        "default_programme_id": str(default.id) if default else None,
        "partnership_id": str(default.partnership_id)
        if default and default.partnership_id
        else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None
