"""What decisions are taken on, each looked up in one statement."""

from typing import Any, Final

from attrs import field, frozen
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    exists,
    func,
    literal,
    not_,
    select,
)

from ecf_adapters.sql.rows import (
    cohort_from,
    delivery_partner_from,
    lead_provider_from,
    partnership_from,
    school_cohort_from,
    school_from,
)
from ecf_adapters.sql.tables import (
    cohorts,
    delivery_partners,
    induction_programmes,
    induction_tutors,
    is_current,
    lead_providers,
    partnerships,
    provider_relationships,
    school_cohorts,
    schools,
)
from ecf_core.model.partnership import Agreement
from ecf_core.rules.challenging_a_partnership import ChallengeRequest, ProposedChallenge
from ecf_core.rules.confirming_a_programme import ProgrammeRequest, ProposedProgramme
from ecf_core.rules.creating_a_partnership import PartnershipRequest, Proposal
from ecf_core.rules.updating_a_partnership import ProposedUpdate, UpdateRequest

_requested_partner: Final = delivery_partners.alias("requested_partner")


def _nothing_but_a_row() -> FromClause:
    """One row to join to, so that every fact is found or missing on its own."""
    return select(literal(1).label("one")).subquery("request")


def _default_programme() -> ColumnElement[bool]:
    return and_(
        induction_programmes.c.school_id == school_cohorts.c.school_id,
        induction_programmes.c.cohort == school_cohorts.c.cohort,
        induction_programmes.c.is_default,
    )


def _related(lead_provider: Any, delivery_partner: Any, cohort: Any) -> ColumnElement[bool]:
    c = provider_relationships.c
    return and_(
        c.lead_provider_id == lead_provider,
        c.delivery_partner_id == delivery_partner,
        c.cohort == cohort,
        c.discarded_at.is_(None),
    )


def _of(school_id: Any, cohort: Any) -> ColumnElement[bool]:
    return and_(school_cohorts.c.school_id == school_id, school_cohorts.c.cohort == cohort)


@frozen
class SqlFacts:
    """Facts over one connection; in a unit of work they are locked until it ends.

    SQLite has one writer at a time, so there is nothing to lock. On PostgreSQL a school's standing
    in a cohort is locked by its school cohort, and a provider relationship is kept from being
    discarded; a school cohort that does not exist yet is guarded by its primary key.
    """

    _connection: Connection
    _locks: bool = field(kw_only=True)

    def proposal(self, request: PartnershipRequest) -> Proposal:
        school_id, cohort = request.school_id, request.cohort
        lead_provider, partner = request.lead_provider_id, request.delivery_partner_id
        self._lock(
            select(school_cohorts.c.version)
            .where(_of(school_id, cohort))
            .with_for_update(of=school_cohorts),
            select(provider_relationships.c.cohort)
            .where(_related(lead_provider, partner, cohort))
            .with_for_update(read=True, of=provider_relationships),
        )
        everything = (
            _nothing_but_a_row()
            .outerjoin(cohorts, cohorts.c.start_year == cohort)
            .outerjoin(schools, schools.c.id == school_id)
            .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
            .outerjoin(lead_providers, lead_providers.c.id == lead_provider)
            .outerjoin(
                delivery_partners,
                and_(delivery_partners.c.id == partner, delivery_partners.c.discarded_at.is_(None)),
            )
            .outerjoin(provider_relationships, _related(lead_provider, partner, cohort))
            .outerjoin(school_cohorts, _of(school_id, cohort))
            .outerjoin(induction_programmes, _default_programme())
            .outerjoin(
                partnerships,
                and_(partnerships.c.school_id == school_id, partnerships.c.cohort == cohort),
            )
        )
        last_year = partnerships.alias("last_year")
        partnered_last_year = exists().where(
            last_year.c.school_id == school_id,
            last_year.c.cohort == (cohort or 0) - 1,
            last_year.c.challenged_at.is_(None),
            not_(last_year.c.relationship),
        )
        rows = (
            self._connection.execute(
                select(
                    *cohorts.c,
                    *schools.c,
                    *induction_tutors.c,
                    *lead_providers.c,
                    *delivery_partners.c,
                    *provider_relationships.c,
                    *school_cohorts.c,
                    *induction_programmes.c,
                    *partnerships.c,
                    partnered_last_year.label("partnered_last_year"),
                )
                .select_from(everything)
                .order_by(partnerships.c.created_at, partnerships.c.id)
            )
            .mappings()
            .all()
        )
        row = rows[0]
        return Proposal(
            request=request,
            cohort=cohort_from(row),
            school=school_from(row),
            lead_provider=lead_provider_from(row),
            delivery_partner=delivery_partner_from(row),
            provider_relationship=row[provider_relationships.c.cohort] is not None,
            partnerships=tuple(p for p in map(partnership_from, rows) if p is not None),
            partnered_last_year=row["partnered_last_year"],
            school_cohort=school_cohort_from(row),
        )

    def proposed_update(self, request: UpdateRequest) -> ProposedUpdate:
        partner = request.delivery_partner_id
        self._lock(
            self._school_cohort_of(request.partnership_id),
            select(provider_relationships.c.cohort)
            .join(
                partnerships,
                and_(
                    partnerships.c.id == request.partnership_id,
                    _related(partnerships.c.lead_provider_id, partner, partnerships.c.cohort),
                ),
            )
            .with_for_update(read=True, of=provider_relationships),
        )
        own = [partnerships.c.id == request.partnership_id, not_(partnerships.c.relationship)]
        if request.lead_provider_id is not None:
            own.append(partnerships.c.lead_provider_id == request.lead_provider_id)
        other = partnerships.alias("other")
        held_by_another = exists().where(
            other.c.id != partnerships.c.id,
            other.c.school_id == partnerships.c.school_id,
            other.c.cohort == partnerships.c.cohort,
            other.c.lead_provider_id == partnerships.c.lead_provider_id,
            other.c.delivery_partner_id == partner,
        )
        everything = (
            self._agreement(and_(*own))
            .outerjoin(cohorts, cohorts.c.start_year == partnerships.c.cohort)
            .outerjoin(
                _requested_partner,
                and_(
                    _requested_partner.c.id == partner, _requested_partner.c.discarded_at.is_(None)
                ),
            )
            .outerjoin(
                provider_relationships,
                _related(partnerships.c.lead_provider_id, partner, partnerships.c.cohort),
            )
        )
        row = (
            self._connection.execute(
                select(
                    *partnerships.c,
                    *schools.c,
                    *induction_tutors.c,
                    *lead_providers.c,
                    *delivery_partners.c,
                    *cohorts.c,
                    *_requested_partner.c,
                    *provider_relationships.c,
                    held_by_another.label("held_by_another"),
                ).select_from(everything)
            )
            .mappings()
            .one()
        )
        return ProposedUpdate(
            request=request,
            agreement=_agreement_from(row),
            cohort=cohort_from(row),
            delivery_partner=delivery_partner_from(row, _requested_partner),
            provider_relationship=row[provider_relationships.c.cohort] is not None,
            held_by_another=row["held_by_another"],
        )

    def proposed_challenge(self, request: ChallengeRequest) -> ProposedChallenge:
        self._lock(self._school_cohort_of(request.partnership_id))
        everything = (
            self._agreement(partnerships.c.id == request.partnership_id)
            .outerjoin(school_cohorts, _of(partnerships.c.school_id, partnerships.c.cohort))
            .outerjoin(induction_programmes, _default_programme())
        )
        row = (
            self._connection.execute(
                select(
                    *partnerships.c,
                    *schools.c,
                    *induction_tutors.c,
                    *lead_providers.c,
                    *delivery_partners.c,
                    *school_cohorts.c,
                    *induction_programmes.c,
                ).select_from(everything)
            )
            .mappings()
            .one()
        )
        return ProposedChallenge(
            request=request,
            agreement=_agreement_from(row),
            school_cohort=school_cohort_from(row),
        )

    def proposed_programme(self, request: ProgrammeRequest) -> ProposedProgramme:
        school_id, cohort = request.school_id, request.cohort
        self._lock(
            select(school_cohorts.c.version)
            .where(_of(school_id, cohort))
            .with_for_update(of=school_cohorts)
        )
        everything = (
            _nothing_but_a_row()
            .outerjoin(cohorts, cohorts.c.start_year == cohort)
            .outerjoin(schools, schools.c.id == school_id)
            .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
            .outerjoin(school_cohorts, _of(school_id, cohort))
            .outerjoin(induction_programmes, _default_programme())
            .outerjoin(
                partnerships,
                and_(
                    partnerships.c.school_id == school_id,
                    partnerships.c.cohort == cohort,
                    is_current,
                ),
            )
        )
        row = (
            self._connection.execute(
                select(
                    *cohorts.c,
                    *schools.c,
                    *induction_tutors.c,
                    *school_cohorts.c,
                    *induction_programmes.c,
                    *partnerships.c,
                ).select_from(everything)
            )
            .mappings()
            .one()
        )
        return ProposedProgramme(
            request=request,
            cohort=cohort_from(row),
            school=school_from(row),
            school_cohort=school_cohort_from(row),
            current_partnership=partnership_from(row),
        )

    def _agreement(self, which: ColumnElement[bool]) -> Any:
        return (
            _nothing_but_a_row()
            .outerjoin(partnerships, which)
            .outerjoin(schools, schools.c.id == partnerships.c.school_id)
            .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
            .outerjoin(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
            .outerjoin(
                delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id
            )
        )

    def _school_cohort_of(self, partnership_id: Any) -> Select[Any]:
        return (
            select(school_cohorts.c.version)
            .join(
                partnerships,
                and_(
                    partnerships.c.id == partnership_id,
                    _of(partnerships.c.school_id, partnerships.c.cohort),
                ),
            )
            .with_for_update(of=school_cohorts)
        )

    def _lock(self, *rows: Select[Any]) -> None:
        """Locks the rows, in one statement and in their order."""
        if self._locks and self._connection.dialect.name == "postgresql":
            counts = (select(func.count()).select_from(row.cte()).scalar_subquery() for row in rows)
            self._connection.execute(select(*counts))


def _agreement_from(row: Any) -> Agreement | None:
    partnership = partnership_from(row)
    school, lead_provider = school_from(row), lead_provider_from(row)
    delivery_partner = delivery_partner_from(row)
    if partnership is None or school is None or lead_provider is None or delivery_partner is None:
        return None
    return Agreement(
        partnership=partnership,
        school=school,
        lead_provider=lead_provider,
        delivery_partner=delivery_partner,
    )
