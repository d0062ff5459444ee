"""Schools and their standing in a cohort, as administrators and lead providers see them."""

from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from ecf_core.model.ids import InductionProgrammeId, PartnershipId, SchoolId
from ecf_core.queries.order import Order
from ecf_core.queries.window import Page, Window

SORTABLE: Final = frozenset({"id", "name", "urn", "created_at", "updated_at"})


@frozen(kw_only=True)
class SchoolRow:
    """A school; ``programme`` and ``in_partnership`` are of the cohort that was asked for."""

    id: SchoolId
    urn: str
    name: str
    eligible: bool
    cip_only: bool
    type: str
    status: str
    district_code: str
    section_41_approved: bool
    programme: str
    in_partnership: bool


@frozen(kw_only=True)
class InductionProgrammeRow:
    """One of a school cohort's induction programmes."""

    id: InductionProgrammeId
    training_programme: str
    partnership_id: PartnershipId | None
    default: bool
    active_participants: int


@frozen(kw_only=True)
class SchoolCohortRow:
    """A school's choice for a cohort, and its induction programmes, oldest first."""

    programme: str
    induction_programmes: tuple[InductionProgrammeRow, ...]

    @property
    def default_programme_id(self) -> InductionProgrammeId | None:
        return next((p.id for p in self.induction_programmes if p.default), None)


@frozen
class ListedSchool:
    """A school as lead providers see it in one cohort.

    ``updated_at`` is the later of the school and of its standing in the cohort.
    """

    id: SchoolId
    name: str
    urn: str
    cohort: int
    in_partnership: bool
    induction_programme_choice: str
    created_at: datetime
    updated_at: datetime


@frozen(kw_only=True)
class SchoolsFilter:
    """Which schools of a cohort are wanted; ``None`` asks for no restriction."""

    cohort: int
    urn: str | None = None
    updated_since: datetime | None = None


class SchoolQueries(Protocol):
    """Reads schools.

    Guide: "Obtaining schools for a partnership".
    """

    def listed(self, wanted: SchoolsFilter, order: Order, window: Window) -> Page[ListedSchool]:
        """Schools that are eligible, or in a partnership in the cohort, whoever asks.

        Where there is no such cohort there are none.
        """
        ...

    def one_listed(self, school_id: SchoolId, wanted: SchoolsFilter) -> ListedSchool | None:
        """A school that would be listed."""
        ...

    def id_of(self, urn: str) -> SchoolId | None: ...

    def one(self, urn: str, cohort: int | None) -> SchoolRow | None: ...

    def cohort(self, school_id: SchoolId, cohort: int, *, at: datetime) -> SchoolCohortRow:
        """A school that has said nothing does not know yet, and has no programmes.

        Participants are counted that are active at the instant.
        """
        ...

    def cohort_exists(self, start_year: int) -> bool: ...
