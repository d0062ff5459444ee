from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Final

from attrs import frozen
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Table,
    Uuid,
    and_,
    bindparam,
    case,
    delete,
    exists,
    select,
    text,
    update,
)

from ecf_adapters.sql.read_tables.partnerships import shown_partnerships
from ecf_adapters.sql.read_tables.placing import in_place
from ecf_adapters.sql.read_tables.schools import shown_schools
from ecf_adapters.sql.read_tables.touched import Touched
from ecf_adapters.sql.read_tables.turns import take_turn
from ecf_adapters.sql.rows import ESTABLISHMENT, school_from
from ecf_adapters.sql.staging import stage
from ecf_adapters.sql.tables import induction_tutors, read_partnerships, read_schools, schools
from ecf_adapters.sql.upsert import upsert, upsert_from
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId
from ecf_core.model.school import InductionTutor, School
from ecf_core.ports.schools import SchoolsLoaded

_ENTRY: Final = (*ESTABLISHMENT, "eligible", "cip_only")

# Where an extract stands while it is compared with the schools: a table of this connection alone.
_staged: Final = Table(
    "staged_schools",
    MetaData(),
    Column("id", Uuid, nullable=False),
    *(Column(name, schools.c[name].type, primary_key=name == "urn") for name in _ENTRY),
    prefixes=["TEMPORARY"],
)


_told_of = attrgetter(*_ENTRY)


def _instant(at: datetime) -> BindParameter[datetime]:
    return bindparam(None, at, type_=schools.c.updated_at.type, unique=True)


@frozen
class SqlSchools:
    _connection: Connection
    _touched: Touched

    def find(self, school_id: SchoolId) -> School | None:
        row = self._connection.execute(
            select(*schools.c, *induction_tutors.c)
            .select_from(schools.outerjoin(induction_tutors))
            .where(schools.c.id == school_id)
        ).one_or_none()
        return school_from(row._mapping) if row else None  # noqa: SLF001 - public, for its name

    def ids(self) -> Mapping[str, SchoolId]:
        rows = self._connection.execute(select(schools.c.urn, schools.c.id))
        return {urn: SchoolId(id_) for urn, id_ in rows}

    def load(
        self, entries: Iterable[tuple[SchoolId, Establishment]], *, at: datetime
    ) -> SchoolsLoaded:
        run = self._connection.execute
        hold_schools(self._connection)
        _staged.create(self._connection)
        staged = stage(
            self._connection, _staged, ((id_, *_told_of(entry)) for id_, entry in entries)
        )

        known = schools.c.urn == _staged.c.urn
        as_before = and_(
            *(schools.c[name].is_not_distinct_from(_staged.c[name]) for name in _ENTRY)
        )
        unchanged = run(delete(_staged).where(exists().where(known, as_before))).rowcount
        moved = run(
            select(schools.c.id, _staged.c.eligible).where(
                known, schools.c.eligible != _staged.c.eligible
            )
        ).all()
        updated = run(
            update(schools)
            .where(known)
            .values(
                {name: _staged.c[name] for name in _ENTRY}
                | {
                    # It never goes back, whatever the clock says.
                    "updated_at": case((schools.c.updated_at > at, schools.c.updated_at), else_=at)
                }
            )
        ).rowcount
        fresh = (
            select(_staged.c.id, *(_staged.c[name] for name in _ENTRY), _instant(at), _instant(at))
            .outerjoin(schools, known)
            .where(schools.c.id.is_(None))
        )
        run(schools.insert().from_select(["id", *_ENTRY, "created_at", "updated_at"], fresh))
        if staged > unchanged:
            self._show(schools.c.urn.in_(select(_staged.c.urn)))
        _staged.drop(self._connection)
        return SchoolsLoaded(
            created=staged - unchanged - updated,
            updated=updated,
            unchanged=unchanged,
            now_eligible=tuple(id_ for id_, eligible in moved if eligible),
            no_longer_eligible=tuple(id_ for id_, eligible in moved if not eligible),
        )

    def _show(self, which: ColumnElement[bool]) -> None:
        """At once, while it is known which they are."""
        take_turn(self._connection)
        upsert_from(self._connection, read_partnerships, shown_partnerships(which))
        upsert_from(self._connection, read_schools, in_place(read_schools, shown_schools(which)))

    def set_induction_tutor(self, school_id: SchoolId, tutor: InductionTutor) -> None:
        # Whoever changes a partnership of the school holds it in share mode.
        self._connection.execute(
            select(schools.c.id).where(schools.c.id == school_id).with_for_update(of=schools)
        )
        row = {
            "school_id": school_id,
            "name": tutor.name,
            "email": tutor.email,
            "updated_at": tutor.updated_at,
        }
        upsert(self._connection, induction_tutors, [row], replacing=("name", "email", "updated_at"))
        self._touched.tutored_schools.add(school_id)


def hold_schools(connection: Connection) -> None:
    """Whoever else loads schools waits; on SQLite, whoever else writes does."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE schools IN SHARE ROW EXCLUSIVE MODE"))
