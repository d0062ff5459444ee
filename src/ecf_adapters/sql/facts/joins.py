"""What several look-ups join, lock and read."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    func,
    literal,
    select,
)

from ecf_adapters.sql.rows import (
    delivery_partner_from,
    lead_provider_from,
    partnership_from,
    school_from,
)
from ecf_adapters.sql.tables import (
    delivery_partners,
    induction_programmes,
    induction_tutors,
    lead_providers,
    participants,
    partnerships,
    provider_relationships,
    school_cohorts,
    schools,
)
from ecf_core.model.partnership import Agreement


def nothing_but_a_row() -> FromClause:
    """One row to join to, so that every fact is found or missing on its own."""
    return select(literal(1).label("one")).subquery("request")


def default_programme() -> ColumnElement[bool]:
    return and_(
        induction_programmes.c.school_id == school_cohorts.c.school_id,
        induction_programmes.c.cohort == school_cohorts.c.cohort,
        induction_programmes.c.is_default,
    )


def related(lead_provider: Any, delivery_partner: Any, cohort: Any) -> ColumnElement[bool]:
    c = provider_relationships.c
    return and_(
        c.lead_provider_id == lead_provider,
        c.delivery_partner_id == delivery_partner,
        c.cohort == cohort,
        c.discarded_at.is_(None),
    )


def of_school(school_id: Any, cohort: Any) -> ColumnElement[bool]:
    return and_(school_cohorts.c.school_id == school_id, school_cohorts.c.cohort == cohort)


def agreement(which: ColumnElement[bool]) -> Any:
    return (
        nothing_but_a_row()
        .outerjoin(partnerships, which)
        .outerjoin(schools, schools.c.id == partnerships.c.school_id)
        .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
        .outerjoin(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
        .outerjoin(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
    )


def held(parties: Table, which: ColumnElement[bool]) -> Select[Any]:
    """Rows that nobody changes before the unit of work ends, though others may hold them too."""
    return select(parties.c.id).where(which).with_for_update(read=True, of=parties)


def school_of(partnership_id: Any) -> Select[Any]:
    """The school of a partnership, held."""
    c = partnerships.c
    return held(schools, schools.c.id.in_(select(c.school_id).where(c.id == partnership_id)))


def school_cohort_of(partnership_id: Any) -> Select[Any]:
    """The school cohort of a partnership, locked."""
    return (
        select(school_cohorts.c.version)
        .join(
            partnerships,
            and_(
                partnerships.c.id == partnership_id,
                of_school(partnerships.c.school_id, partnerships.c.cohort),
            ),
        )
        .with_for_update(of=school_cohorts)
    )


def in_fixed_order(which: ColumnElement[bool]) -> Select[Any]:
    """School cohorts, locked: whoever locks several waits for nobody who waits for them."""
    c = school_cohorts.c
    return (
        select(c.version)
        .where(which)
        .order_by(c.school_id, c.cohort)
        .with_for_update(of=school_cohorts)
    )


def people_in_fixed_order(which: ColumnElement[bool]) -> Select[Any]:
    """People, locked; whoever locks school cohorts besides has locked those before."""
    return (
        select(participants.c.id)
        .where(which)
        .order_by(participants.c.id)
        .with_for_update(of=participants)
    )


def locking(*rows: Select[Any]) -> Select[Any]:
    """One statement that locks all the rows, in their order."""
    return select(*(select(func.count()).select_from(row.cte()).scalar_subquery() for row in rows))


def lock(connection: Connection, *rows: Select[Any]) -> None:
    """Locks the rows until the unit of work ends.

    SQLite has one writer at a time, so there is nothing to lock.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(locking(*rows))


def agreement_from(row: Any) -> Agreement | None:
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
