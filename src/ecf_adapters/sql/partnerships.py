from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Connection, and_, bindparam, case, exists, select, update

from ecf_adapters.sql.prepared import Prepared, Row
from ecf_adapters.sql.read_tables.touched import Touched
from ecf_adapters.sql.rows import partnership_from, row_of_partnership, school_cohort_from
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    partnerships,
    school_cohorts,
)
from ecf_adapters.sql.upsert import upserting
from ecf_adapters.sql.writes import Then, Writes, given
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import NOTHING, PartnershipId, SchoolId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort

_ADDED: Final = Prepared(
    partnerships.insert().values(given(*partnerships.c)).returning(partnerships.c.id)
)
_SAVED: Final = Prepared(
    update(partnerships)
    .where(
        partnerships.c.id == bindparam("its_id"),
        partnerships.c.version == bindparam("its_version"),
    )
    .values(given(*partnerships.c))
    .returning(partnerships.c.id)
)
_STANDING_ADDED: Final = Prepared(
    school_cohorts.insert().values(given(*school_cohorts.c)).returning(school_cohorts.c.version)
)
_of_school: Final = and_(
    school_cohorts.c.school_id == bindparam("its_school"),
    school_cohorts.c.cohort == bindparam("its_cohort"),
)
_STANDING_SAVED: Final = Prepared(
    update(school_cohorts)
    .where(_of_school, school_cohorts.c.version == bindparam("its_version"))
    .values(given(school_cohorts.c.choice, school_cohorts.c.version, school_cohorts.c.updated_at))
    .returning(school_cohorts.c.version)
)
_programme: Final = induction_programmes.c
_new_default: Final = bindparam("new_default", type_=_programme.id.type)
_stays: Final = _programme.id == _new_default
_its_partnership: Final = bindparam("its_partnership", type_=_programme.partnership_id.type)
_DEFAULT_UPDATED: Final = Prepared(
    update(induction_programmes)
    .where(
        _programme.school_id == bindparam("its_school"),
        _programme.cohort == bindparam("its_cohort"),
        _programme.is_default,
    )
    .values(
        is_default=_stays,
        partnership_id=case((_stays, _its_partnership), else_=_programme.partnership_id),
        updated_at=bindparam("at"),
    )
    .returning(_programme.id, exists().where(induction_records.c.programme_id == _new_default))
)


@frozen
class SqlPartnerships:
    _connection: Connection
    _writes: Writes
    _touched: Touched

    def find(self, partnership_id: PartnershipId) -> Partnership | None:
        row = self._connection.execute(
            select(partnerships).where(partnerships.c.id == partnership_id)
        ).one_or_none()
        return partnership_from(row._mapping) if row else None  # noqa: SLF001 - public

    def add(self, partnership: Partnership) -> None:
        self._writes.add(_ADDED, row_of_partnership(partnership))
        self._touched.partnership(partnership)

    def save(self, partnership: Partnership) -> None:
        row = {**row_of_partnership(partnership), "version": partnership.version + 1}
        its = {"its_id": partnership.id, "its_version": partnership.version}
        which = f"partnership {partnership.id}, version {partnership.version}"
        self._writes.add(_SAVED, {**row, **its}, _unless_stale(which))
        self._touched.partnership(partnership)
        self._touched.participants.partnerships.add(partnership.id)


@frozen
class SqlSchoolCohorts:
    _connection: Connection
    _writes: Writes
    _touched: Touched

    def find(self, school_id: SchoolId, cohort: int) -> SchoolCohort | None:
        c, programme = school_cohorts.c, induction_programmes.c
        default = and_(
            programme.school_id == c.school_id, programme.cohort == c.cohort, programme.is_default
        )
        row = self._connection.execute(
            select(*c, *programme)
            .select_from(school_cohorts.outerjoin(induction_programmes, default))
            .where(c.school_id == school_id, c.cohort == cohort)
        ).one_or_none()
        return school_cohort_from(row._mapping) if row else None  # noqa: SLF001 - public

    def add(self, school_cohort: SchoolCohort) -> None:
        self._writes.add(
            _STANDING_ADDED,
            {
                **_row(school_cohort),
                "created_at": school_cohort.created_at,
                "version": school_cohort.version,
            },
        )
        self._touched.school_cohorts.add((school_cohort.school_id, school_cohort.cohort))
        self._put_default(school_cohort)

    def save(self, school_cohort: SchoolCohort) -> None:
        its = {"its_school": school_cohort.school_id, "its_cohort": school_cohort.cohort}
        row = {**_row(school_cohort), "version": school_cohort.version + 1}
        self._writes.add(
            _STANDING_SAVED,
            {**row, **its, "its_version": school_cohort.version},
            _unless_stale(f"school cohort, version {school_cohort.version}"),
        )
        self._touched.school_cohorts.add((school_cohort.school_id, school_cohort.cohort))
        self._update_default(school_cohort)

    def _update_default(self, school_cohort: SchoolCohort) -> None:
        """The programme that was the default stays so, or does no longer."""
        default = school_cohort.default_programme
        values = {
            "its_school": school_cohort.school_id,
            "its_cohort": school_cohort.cohort,
            "new_default": default.id if default else NOTHING,
            "its_partnership": default.partnership_id if default else None,
            "at": school_cohort.updated_at,
        }

        def follow(former: Row | None) -> None:
            id_, has_participants = former or (None, False)
            if default is None:
                return
            if has_participants or default.id != id_:
                self._touched.participants.programmes.add(default.id)
            if default.id != id_:
                self._put_default(school_cohort)

        self._writes.add(_DEFAULT_UPDATED, values, follow)

    def add_programme(
        self, school_id: SchoolId, cohort: int, programme: InductionProgramme, *, at: datetime
    ) -> None:
        self._connection.execute(
            induction_programmes.insert(),
            _row_of_programme(school_id, cohort, programme, at=at, default=False),
        )

    def _put_default(self, school_cohort: SchoolCohort) -> None:
        default = school_cohort.default_programme
        if default is None:
            return
        row = _row_of_programme(
            school_cohort.school_id,
            school_cohort.cohort,
            default,
            at=school_cohort.updated_at,
            default=True,
        )
        self._writes.add(_default_put(self._connection.dialect.name), row)


@lru_cache
def _default_put(dialect: str) -> Prepared:
    replacing = ("partnership_id", "is_default", "updated_at")
    put = upserting(dialect, induction_programmes, replacing)
    return Prepared(put.values(given(*induction_programmes.c)).returning(_programme.id))


def _unless_stale(which: str) -> Then:
    def look(written: Row | None) -> None:
        if written is None:
            raise StaleWrite(which)

    return look


def _row(school_cohort: SchoolCohort) -> dict[str, Any]:
    return {
        "school_id": school_cohort.school_id,
        "cohort": school_cohort.cohort,
        "choice": school_cohort.choice.value,
        "updated_at": school_cohort.updated_at,
    }


def _row_of_programme(
    school_id: SchoolId, cohort: int, programme: InductionProgramme, *, at: datetime, default: bool
) -> dict[str, Any]:
    return {
        "id": programme.id,
        "school_id": school_id,
        "cohort": cohort,
        "training_programme": programme.training_programme.value,
        "partnership_id": programme.partnership_id,
        "is_default": default,
        "created_at": at,
        "updated_at": at,
    }
