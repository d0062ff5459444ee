from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import frozen


@frozen(kw_only=True)
class Step:
    """One thing that opening a cohort created, or changed, with the values that changed."""

    entity: str
    key: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@frozen(kw_only=True)
class CohortOpened:
    """A cohort was opened, or opened again with other files; with all that was different."""

    name: ClassVar[str] = "cohort_opened"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    cohort: int
    steps: tuple[Step, ...]
