"""The participants of a lead provider, from their flat table: the driver's own rows, as sent."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from attrs import frozen
from sqlalchemy import ColumnElement, Engine, Select, func, literal, or_, select

from ecf_adapters.sql.keyset import known, part, rows_in_turn, starting, value
from ecf_adapters.sql.ordering import in_order
from ecf_adapters.sql.prepared import Prepared, Row, rows_of
from ecf_adapters.sql.read_tables.rendering import shown_id
from ecf_adapters.sql.tables import participant_id_changes, read_enrolments
from ecf_adapters.sql.values import one_of
from ecf_core.model.ids import NOTHING, LeadProviderId, ParticipantId
from ecf_core.queries.order import Order, Sort, total
from ecf_core.queries.partnerships import FIRST_COHORT_SHOWN
from ecf_core.queries.provider_participant_lists import ProviderParticipantsFilter, TrainingsFilter
from ecf_core.queries.window import Page, Window

_c: Final = read_enrolments.c
_SENT: Final = [column for column in _c if column.name not in {"lead_provider_id", "overtaken"}]
COLUMNS: Final = tuple(column.name for column in _SENT)
"""What a row has, in its order."""

_CHANGED: Final = "updated_since"
_COHORTS: Final = "cohorts"
_FIRST_COHORT: Final = "first_cohort"
_MINE: Final = "lead_provider_id"
_NOBODY: Final = literal(NOTHING, _c.lead_provider_id.type)
_changes: Final = participant_id_changes.c
_AS_ECT_FIRST: Final[Order] = (
    Sort("type"),
    Sort("end_date", descending=True),  # what goes on is preferred to what has ended
    Sort("enrolled_at"),
    Sort("training_record_id"),
)


def _of_cohorts(c: Any) -> dict[str, ColumnElement[bool]]:
    return {
        _FIRST_COHORT: c.cohort >= value(_FIRST_COHORT, c.cohort),
        _COHORTS: one_of(c.cohort, _COHORTS),
    }


_FILTERS: Final[Mapping[str, ColumnElement[bool]]] = {
    **_of_cohorts(_c),
    _MINE: _c.lead_provider_id == value(_MINE, _c.lead_provider_id),
    "id": _c.id == value("id", _c.id),
    "training_status": _c.training_status == value("training_status", _c.training_status),
    "from_id": _c.id.in_(
        select(shown_id(_changes.participant_id)).where(
            _changes.from_id == value("from_id", _changes.from_id)
        )
    ),
    _CHANGED: _c.updated_at >= value(_CHANGED, _c.updated_at),
}


@frozen
class SqlParticipantList:
    """People with the latest record of each training, and trainings one by one."""

    _engine: Engine

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: ProviderParticipantsFilter,
        order: Order,
        window: Window,
        after: Row | None,
    ) -> Page[tuple[Row, ...]]:
        given = {
            "training_status": wanted.training_status,
            "from_id": wanted.from_id,
            **_given(lead_provider_id, wanted),
        }
        return Page.of(self._people(given, order, window, after), window)

    def one(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: ProviderParticipantsFilter,
    ) -> tuple[Row, ...] | None:
        given = {
            "id": str(participant_id),
            "training_status": wanted.training_status,
            "from_id": wanted.from_id,
            **_given(lead_provider_id, wanted),
        }
        return next(iter(self._people(given, (), Window(), None)), None)

    def trainings(
        self,
        lead_provider_id: LeadProviderId,
        wanted: TrainingsFilter,
        window: Window,
        after: Row | None,
    ) -> Page[Row]:
        given = _there(_given(lead_provider_id, wanted))
        statement = _trainings(frozenset(given), wanted.order, known(after))
        rows = rows_of(self._engine, statement, {**given, **starting(window, after)})
        return Page.of(rows, window)

    def every_training(
        self, lead_provider_id: LeadProviderId, wanted: TrainingsFilter
    ) -> Iterator[Row]:
        """All of them in order, some at a time."""
        given = _there(_given(lead_provider_id, wanted))
        return rows_in_turn(self._engine, _every_training(frozenset(given), wanted.order), given)

    def training(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: TrainingsFilter,
    ) -> Row | None:
        given = _there({"id": str(participant_id), **_given(lead_provider_id, wanted)})
        statement = _one_training(frozenset(given))
        return next(iter(rows_of(self._engine, statement, given)), None)

    def _people(
        self, given: Mapping[str, Any], order: Order, window: Window, after: Row | None
    ) -> Sequence[tuple[Row, ...]]:
        values = _there(given)
        statement = _people(frozenset(values), order, known(after))
        rows = rows_of(self._engine, statement, {**values, **starting(window, after)})
        return [tuple(of_one) for _, of_one in groupby(rows, key=itemgetter(0))]


def _given(
    lead_provider_id: LeadProviderId, wanted: ProviderParticipantsFilter | TrainingsFilter
) -> dict[str, Any]:
    cohorts = wanted.cohorts
    return {
        _MINE: lead_provider_id,
        _FIRST_COHORT: FIRST_COHORT_SHOWN if cohorts is None else None,
        _COHORTS: None if cohorts is None else list(cohorts),
        _CHANGED: wanted.updated_since,
    }


def _there(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in given.items() if each is not None}


@lru_cache(maxsize=256)
def _people(asked: frozenset[str], order: Order, after: tuple[bool, ...]) -> Prepared:
    """Those of whom any training is wanted are found first, and then all that they train as."""
    names = dict.fromkeys(sort.field for sort in total(order))
    matching = select(*(_c[name] for name in names)).where(
        _c.overtaken == 0, *(_FILTERS[name] for name in sorted(asked))
    )
    wanted = part(in_order(matching.distinct(), order), read_enrolments, order, after).cte("wanted")
    listed = (
        select(*_SENT)
        .join_from(wanted, read_enrolments, _c.id == wanted.c.id)
        # By no index but that of ids: SQLite would look through all that the provider has.
        .where(
            _c.overtaken == 0,
            func.coalesce(_c.lead_provider_id, _NOBODY) == value(_MINE, _c.lead_provider_id),
        )
    )
    return Prepared(in_order(listed, order).order_by(_c.enrolled_at, _c.training_record_id))


@lru_cache(maxsize=64)
def _every_training(asked: frozenset[str], order: Order) -> Select[Any]:
    """Each by the latest record that is wanted: not where one of a later place is."""
    better = read_enrolments.alias("better")
    cohorts = _of_cohorts(better.c)
    overtaken = (
        select(better.c.id)
        .where(
            better.c.id == _c.id,
            better.c.lead_provider_id == _c.lead_provider_id,
            better.c.training_record_id == _c.training_record_id,
            better.c.overtaken < _c.overtaken,
            *(cohorts[name] for name in sorted(asked & cohorts.keys())),
        )
        .exists()
    )
    listed = select(*_SENT).where(
        *(_FILTERS[name] for name in sorted(asked)), or_(_c.overtaken == 0, ~overtaken)
    )
    return in_order(listed, order)


@lru_cache(maxsize=64)
def _trainings(asked: frozenset[str], order: Order, after: tuple[bool, ...]) -> Prepared:
    return Prepared(part(_every_training(asked, order), read_enrolments, order, after))


@lru_cache(maxsize=64)
def _one_training(asked: frozenset[str]) -> Prepared:
    return Prepared(_every_training(asked, _AS_ECT_FIRST))
