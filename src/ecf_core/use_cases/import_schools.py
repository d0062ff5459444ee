from collections.abc import Iterable, Mapping

from attrs import frozen

from ecf_core.events import SchoolEligibilityChanged, SchoolsImported
from ecf_core.model.actor import Actor
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId, school_id_of
from ecf_core.ports.clock import Clock
from ecf_core.ports.schools import SchoolsLoaded
from ecf_core.ports.unit_of_work import Begin


@frozen(kw_only=True)
class ImportSchools:
    """Loads an extract of the register of establishments: adds schools and brings them up to date.

    ``ids`` are those that lead providers hold already, by URN (decision D-22). One event tells of
    the import, and one of each school that became eligible or no longer is.
    """

    begin: Begin
    clock: Clock

    def __call__(
        self,
        entries: Iterable[Establishment],
        *,
        ids: Mapping[str, SchoolId],
        by: Actor,
    ) -> SchoolsLoaded:
        # Entries are read as they are stored, so this is decided once: whoever imports at the
        # same time waits.
        with self.begin() as work:
            now = self.clock.now()
            loaded = work.schools.load(
                ((ids.get(entry.urn) or school_id_of(entry.urn), entry) for entry in entries),
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
