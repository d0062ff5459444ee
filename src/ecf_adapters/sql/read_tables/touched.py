from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from attrs import Factory, define
from sqlalchemy import Connection, Table, bindparam, select, tuple_

from ecf_adapters.sql.read_tables.partnerships import shown_partnerships
from ecf_adapters.sql.read_tables.placing import in_place
from ecf_adapters.sql.read_tables.schools import shown_schools
from ecf_adapters.sql.read_tables.touched_participants import TouchedParticipants
from ecf_adapters.sql.read_tables.turns import take_turn
from ecf_adapters.sql.tables import (
    cohorts,
    partnerships,
    read_partnerships,
    read_schools,
    schools,
)
from ecf_adapters.sql.upsert import Insert, upsert_from, upserting_from
from ecf_adapters.sql.values import ids_in
from ecf_core.model.ids import DeliveryPartnerId, PartnershipId, SchoolId
from ecf_core.model.partnership import Partnership

_AT_ONCE: Final = 5_000
"""Well below the number of values that a statement can be given."""


@define
class Touched:
    """What a unit of work has changed of what the lists show, to be written when it commits.

    Whoever changes a partnership or a school cohort holds the school, and the delivery partner
    that is named, from the look-up of the facts on (in share mode, on PostgreSQL). So nobody
    changes them meanwhile, and what is written here is how things are when the unit of work ends.
    """

    partnerships: set[PartnershipId] = Factory(set)
    delivery_partners: set[DeliveryPartnerId] = Factory(set)
    tutored_schools: set[SchoolId] = Factory(set)
    school_cohorts: set[tuple[SchoolId, int]] = Factory(set)
    cohorts: set[int] = Factory(set)
    participants: TouchedParticipants = Factory(TouchedParticipants)

    def partnership(self, partnership: Partnership) -> None:
        """It is shown itself, and whether its school is in one."""
        self.partnerships.add(partnership.id)
        self.school_cohorts.add((partnership.school_id, partnership.cohort))

    def write(self, connection: Connection) -> None:
        """The rows of the read tables that show any of it, as they should be now."""
        c = partnerships.c
        partners = list(self.delivery_partners)
        if partners:
            # Who left one of them behind just now does not hold it, but the partnership.
            connection.execute(
                select(c.id)
                .where(c.delivery_partner_id.in_(ids_in(connection, partners)))
                .with_for_update(read=True, of=partnerships)
            )
        anyone = self.participants.anyone(connection)
        if anyone or self.tutored_schools:
            take_turn(connection)
        for start in range(0, len(partners), _AT_ONCE):
            of_partners = c.delivery_partner_id.in_(partners[start : start + _AT_ONCE])
            upsert_from(connection, read_partnerships, shown_partnerships(of_partners))
        if self.tutored_schools:
            shown = shown_partnerships(c.school_id.in_(self.tutored_schools))
            upsert_from(connection, read_partnerships, shown)
        if self.partnerships:
            _write(connection, read_partnerships, {"ids": list(self.partnerships)})
        if self.school_cohorts:
            _write(connection, read_schools, {"pairs": list(self.school_cohorts)})
        if self.cohorts:
            shown = shown_schools(cohorts.c.start_year.in_(self.cohorts))
            upsert_from(connection, read_schools, in_place(read_schools, shown))
        if anyone:
            self.participants.write(connection)


def _write(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    connection.execute(_writing(connection.dialect.name, table), values)


@lru_cache
def _writing(dialect: str, table: Table) -> Insert:
    """What every new partnership writes is put together once."""
    ids = partnerships.c.id.in_(bindparam("ids", expanding=True))
    pairs = tuple_(schools.c.id, cohorts.c.start_year).in_(bindparam("pairs", expanding=True))
    shown = shown_partnerships(ids) if table is read_partnerships else shown_schools(pairs)
    return upserting_from(dialect, table, shown)
