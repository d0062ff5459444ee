from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Final

from attrs import frozen
from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    MetaData,
    Table,
    Uuid,
    bindparam,
    case,
    or_,
    select,
    text,
    update,
)

from ecf_adapters.sql.rows import ESTABLISHMENT, school_from
from ecf_adapters.sql.staging import stage
from ecf_adapters.sql.tables import induction_tutors, schools
from ecf_adapters.sql.upsert import upsert
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
        if self._connection.dialect.name == "postgresql":
            run(text("LOCK TABLE schools IN SHARE ROW EXCLUSIVE MODE"))  # whoever loads too waits
        _staged.create(self._connection)
        staged = stage(
            self._connection, _staged, ((id_, *_told_of(entry)) for id_, entry in entries)
        )

        known = schools.c.urn == _staged.c.urn
        changed = or_(*(schools.c[name].is_distinct_from(_staged.c[name]) for name in _ENTRY))
        moved = run(
            select(schools.c.id, _staged.c.eligible).where(
                known, schools.c.eligible != _staged.c.eligible
            )
        ).all()
        updated = run(
            update(schools)
            .where(known, changed)
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
        created = run(
            schools.insert().from_select(["id", *_ENTRY, "created_at", "updated_at"], fresh),
            execution_options={"preserve_rowcount": True},
        ).rowcount
        _staged.drop(self._connection)
        return SchoolsLoaded(
            created=created,
            updated=updated,
            unchanged=staged - created - updated,
            now_eligible=tuple(id_ for id_, eligible in moved if eligible),
            no_longer_eligible=tuple(id_ for id_, eligible in moved if not eligible),
        )

    def set_induction_tutor(self, school_id: SchoolId, tutor: InductionTutor) -> None:
        row = {
            "school_id": school_id,
            "name": tutor.name,
            "email": tutor.email,
            "updated_at": tutor.updated_at,
        }
        upsert(self._connection, induction_tutors, [row], replacing=("name", "email", "updated_at"))
