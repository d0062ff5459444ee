"""Schools and their standing in a cohort, as administrators see them."""

from typing import Protocol

from attrs import frozen

from ecf_core.model.ids import InductionProgrammeId, PartnershipId, SchoolId


@frozen(kw_only=True)
class SchoolRow:
    """A school; ``programme`` and ``in_partnership`` are of the cohort that was asked for."""

    id: SchoolId
    urn: str
    name: str
    eligible: bool
    cip_only: bool
    programme: str
    in_partnership: bool


@frozen(kw_only=True)
class InductionProgrammeRow:
    """One of a school cohort's induction programmes."""

    id: InductionProgrammeId
    training_programme: str
    partnership_id: PartnershipId | None
    default: bool
    active_participants: int = 0


@frozen(kw_only=True)
class SchoolCohortRow:
    """A school's choice for a cohort, and its induction programmes, oldest first."""

    programme: str
    induction_programmes: tuple[InductionProgrammeRow, ...]

    @property
    def default_programme_id(self) -> InductionProgrammeId | None:
        return next((p.id for p in self.induction_programmes if p.default), None)


class SchoolQueries(Protocol):
    """Reads schools."""

    def id_of(self, urn: str) -> SchoolId | None: ...

    def one(self, urn: str, cohort: int | None) -> SchoolRow | None: ...

    def cohort(self, school_id: SchoolId, cohort: int) -> SchoolCohortRow:
        """A school that has said nothing does not know yet, and has no programmes."""
        ...

    def cohort_exists(self, start_year: int) -> bool: ...
