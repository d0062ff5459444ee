from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import define, evolve

from ecf_adapters.memory.state import State
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId
from ecf_core.model.school import InductionTutor, School
from ecf_core.ports.schools import SchoolsLoaded


@define
class MemorySchools:
    _state: State

    def find(self, school_id: SchoolId) -> School | None:
        return self._state.schools.get(school_id)

    def ids(self) -> Mapping[str, SchoolId]:
        return dict(self._state.school_ids)

    def load(
        self, entries: Iterable[tuple[SchoolId, Establishment]], *, at: datetime
    ) -> SchoolsLoaded:
        created = updated = unchanged = 0
        moved: dict[bool, list[SchoolId]] = {True: [], False: []}
        for fresh_id, entry in entries:
            known = self._state.school_ids.get(entry.urn)
            if known is None:
                created += 1
                self._state.school_ids[entry.urn] = fresh_id
                self._state.schools[fresh_id] = School(
                    id=fresh_id, establishment=entry, created_at=at, updated_at=at
                )
                continue
            before = self._state.schools[known]
            if before.establishment == entry:
                unchanged += 1
                continue
            updated += 1
            if before.eligible != entry.eligible:
                moved[entry.eligible].append(known)
            self._state.schools[known] = evolve(
                before, establishment=entry, updated_at=max(before.updated_at, at)
            )
        return SchoolsLoaded(
            created=created,
            updated=updated,
            unchanged=unchanged,
            now_eligible=tuple(moved[True]),
            no_longer_eligible=tuple(moved[False]),
        )

    def set_induction_tutor(self, school_id: SchoolId, tutor: InductionTutor) -> None:
        schools = self._state.schools
        schools[school_id] = evolve(schools[school_id], induction_tutor=tutor)
