"""What happened to schools."""

from typing import ClassVar

from attrs import frozen

from ecf_core.model.ids import SchoolId


@frozen(kw_only=True)
class SchoolsImported:
    """An extract of the register of establishments was loaded."""

    name: ClassVar[str] = "schools_imported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    created: int
    updated: int
    unchanged: int


@frozen(kw_only=True)
class SchoolEligibilityChanged:
    """The register's new entry made a school eligible for funding, or no longer so."""

    name: ClassVar[str] = "school_eligibility_changed"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "school_id"

    school_id: SchoolId
    before: bool
    after: bool


@frozen(kw_only=True)
class InductionTutorSet:
    """A school has a new induction tutor. Who it is stands with the school, not in its history."""

    name: ClassVar[str] = "induction_tutor_set"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "school_id"

    school_id: SchoolId
    replaced: bool
