from sqlalchemy import Connection, RowMapping, select

from ecf_adapters.sql.facts.joins import in_fixed_order, lock
from ecf_adapters.sql.rows import partnership_from, programme_from
from ecf_adapters.sql.tables import induction_programmes, partnerships, school_cohorts
from ecf_core.rules.migrating_participants import (
    MigrationRequest,
    PlacedProgramme,
    ProposedMigration,
)


def proposed_migration(
    connection: Connection, request: MigrationRequest, *, locks: bool
) -> ProposedMigration:
    c = induction_programmes.c
    named = c.id.in_([request.from_programme, request.to_programme])
    if locks:
        of_one = select(c.id).where(
            named,
            c.school_id == school_cohorts.c.school_id,
            c.cohort == school_cohorts.c.cohort,
        )
        lock(connection, in_fixed_order(of_one.exists()))
    rows = connection.execute(
        select(*c, *partnerships.c)
        .select_from(
            induction_programmes.outerjoin(partnerships, partnerships.c.id == c.partnership_id)
        )
        .where(named)
    ).mappings()
    placed = {row[c.id]: placed_programme_from(row) for row in rows}
    return ProposedMigration(
        request=request,
        source=placed.get(request.from_programme),
        target=placed.get(request.to_programme),
    )


def placed_programme_from(row: RowMapping) -> PlacedProgramme:
    """The row joins the programme, and its partnership if it has one."""
    programme = programme_from(row)
    if programme is None:
        raise AssertionError(row)
    return PlacedProgramme(
        programme=programme,
        school_id=row[induction_programmes.c.school_id],
        cohort=row[induction_programmes.c.cohort],
        partnership=partnership_from(row),
    )
