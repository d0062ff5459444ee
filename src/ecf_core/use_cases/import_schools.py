from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.events import Event, SchoolEligibilityChanged, SchoolsImported
from ecf_core.model.actor import Actor
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId, school_id_of
from ecf_core.ports.clock import Clock
from ecf_core.ports.schools import SchoolsLoaded
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class SchoolIdRow:
    """A line that says which id lead providers hold already for a school."""

    line: int
    urn: str
    id: SchoolId


@frozen(kw_only=True)
class ImportSchools:
    """Loads an extract of the register of establishments: adds schools and brings them up to date.

    ``ids`` are those that lead providers hold already (decision D-22); a school that is there
    cannot be given another. One event tells of the import, and one of each school that became
    eligible or no longer is. Raises :class:`~ecf_core.errors.RowsRefused` for ids.
    """

    begin: Begin
    clock: Clock

    def __call__(
        self,
        entries: Iterable[Establishment],
        *,
        ids: Sequence[SchoolIdRow] = (),
        by: Actor,
    ) -> SchoolsLoaded:
        # Read to the end before anything is begun: reading takes longer than storing, and nobody
        # has to wait for a file that is refused.
        read = tuple(entries)
        held = {row.urn: row.id for row in ids}

        def decide(work: UnitOfWork) -> SchoolsLoaded:
            if ids and (taken := tuple(_taken(ids, work.schools.ids()))):
                raise RowsRefused(*taken)
            now = self.clock.now()
            loaded = work.schools.load(
                ((held.get(entry.urn) or school_id_of(entry.urn), entry) for entry in read),
                at=now,
            )
            if loaded.created or loaded.updated:
                work.record(*_events(loaded), by=by, at=now)
            return loaded

        return in_transaction(self.begin, decide)


def _events(loaded: SchoolsLoaded) -> Iterator[Event]:
    yield SchoolsImported(
        created=loaded.created, updated=loaded.updated, unchanged=loaded.unchanged
    )
    for school in loaded.now_eligible:
        yield SchoolEligibilityChanged(school_id=school, before=False, after=True)
    for school in loaded.no_longer_eligible:
        yield SchoolEligibilityChanged(school_id=school, before=True, after=False)


def _taken(rows: Iterable[SchoolIdRow], known: Mapping[str, SchoolId]) -> Iterator[RowProblem]:
    """Ids that a school cannot have: it has another, or another school has it."""
    schools = {id_: urn for urn, id_ in known.items()}
    for row in rows:
        if known.get(row.urn, row.id) != row.id:
            message = f"the school {row.urn} has another id already: {known[row.urn]}"
        elif schools.get(row.id, row.urn) != row.urn:
            message = f"the school {schools[row.id]} has this id already"
        else:
            continue
        yield RowProblem(
            line=row.line, column="id", value=str(row.id), code="conflict", message=message
        )
