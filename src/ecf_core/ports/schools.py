from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from attrs import frozen

from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId
from ecf_core.model.school import InductionTutor, School


@frozen(kw_only=True)
class SchoolsLoaded:
    """What loading an extract of the register did."""

    created: int
    updated: int
    unchanged: int
    now_eligible: tuple[SchoolId, ...] = ()
    no_longer_eligible: tuple[SchoolId, ...] = ()


class Schools(Protocol):
    """The schools, as the register has them."""

    def find(self, school_id: SchoolId) -> School | None: ...

    def ids(self) -> Mapping[str, SchoolId]:
        """The id of every school, by URN."""
        ...

    def load(
        self, entries: Iterable[tuple[SchoolId, Establishment]], *, at: datetime
    ) -> SchoolsLoaded:
        """Adds schools, each with the id beside it, or brings those of the same URN up to date.

        A school keeps the id that it has. One that is not named, or not changed, is left alone.
        Entries are consumed as they come; no URN comes twice.
        """
        ...

    def set_induction_tutor(self, school_id: SchoolId, tutor: InductionTutor) -> None: ...
