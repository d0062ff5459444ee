from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.events import SchoolEligibilityChanged, SchoolsImported
from ecf_core.model.actor import Actor
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId, school_id_of
from ecf_core.ports.clock import Clock
from ecf_core.ports.schools import SchoolsLoaded
from ecf_core.ports.unit_of_work import Begin


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
        # Entries are read as they are stored, so this is decided once: whoever imports at the
        # same time waits.
        with self.begin() as work:
            now = self.clock.now()
            if ids and (taken := tuple(_taken(ids, work.schools.ids()))):
                raise RowsRefused(*taken)
            held = {row.urn: row.id for row in ids}
            loaded = work.schools.load(
                ((held.get(entry.urn) or school_id_of(entry.urn), entry) for entry in entries),
                at=now,
            )
            if loaded.created or loaded.updated:
                work.record(
                    SchoolsImported(
                        created=loaded.created, updated=loaded.updated, unchanged=loaded.unchanged
                    ),
                    *(
                        SchoolEligibilityChanged(school_id=school, before=not now_so, after=now_so)
                        for now_so, schools in (
                            (True, loaded.now_eligible),
                            (False, loaded.no_longer_eligible),
                        )
                        for school in schools
                    ),
                    by=by,
                    at=now,
                )
            work.commit()
            return loaded


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
