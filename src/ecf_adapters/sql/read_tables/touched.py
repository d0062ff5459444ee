from functools import lru_cache
from typing import Any, Final

from attrs import Factory, define
from sqlalchemy import Connection, Select, Table, bindparam, select, tuple_

from ecf_adapters.sql.prepared import Prepared
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
from ecf_adapters.sql.upsert import upsert_from, upserting_from
from ecf_adapters.sql.values import ids_in
from ecf_adapters.sql.writes import Writes
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

    def write(self, connection: Connection, writes: Writes) -> None:
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
        self._write_partnerships(connection, writes)
        self._write_school_cohorts(connection, writes)
        if self.cohorts:
            shown = shown_schools(cohorts.c.start_year.in_(self.cohorts))
            upsert_from(connection, read_schools, in_place(read_schools, shown))
        if anyone:
            self.participants.write(connection)
        writes.send()

    def _write_partnerships(self, connection: Connection, writes: Writes) -> None:
        if len(self.partnerships) == 1:
            (its_id,) = self.partnerships
            writes.add(_partnership_shown(connection.dialect.name), {"its_id": its_id})
        elif self.partnerships:
            shown = shown_partnerships(partnerships.c.id.in_(self.partnerships))
            upsert_from(connection, read_partnerships, shown)

    def _write_school_cohorts(self, connection: Connection, writes: Writes) -> None:
        if len(self.school_cohorts) == 1:
            ((school_id, cohort),) = self.school_cohorts
            its = {"its_school": school_id, "its_cohort": cohort}
            writes.add(_school_shown(connection.dialect.name), its)
        elif self.school_cohorts:
            which = tuple_(schools.c.id, cohorts.c.start_year).in_(self.school_cohorts)
            upsert_from(connection, read_schools, shown_schools(which))


@lru_cache
def _partnership_shown(dialect: str) -> Prepared:
    """What every new partnership writes is put together once."""
    shown = shown_partnerships(partnerships.c.id == bindparam("its_id"))
    return _shown_by(dialect, read_partnerships, shown)


@lru_cache
def _school_shown(dialect: str) -> Prepared:
    """Likewise, of its school."""
    shown = shown_schools(
        schools.c.id == bindparam("its_school"), cohorts.c.start_year == bindparam("its_cohort")
    )
    return _shown_by(dialect, read_schools, shown)


def _shown_by(dialect: str, table: Table, rows: Select[Any]) -> Prepared:
    return Prepared(upserting_from(dialect, table, rows).returning(table.c.id))
