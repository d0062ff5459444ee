"""What may follow the ``?``, declared once: it is read, and documented, from here."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from ecf_http.refusals import BAD_PARAMETER, BAD_REQUEST, BadRequest


@frozen(kw_only=True)
class QueryParameter:
    """A parameter, what it is for, and what is said where it cannot be read or is missing.

    One that says nothing of what it cannot read ignores it; one that may be missing says nothing
    of that either.
    """

    name: str
    description: str
    example: str | int
    schema: Mapping[str, Any]
    unreadable: str | None = None
    title: str = BAD_REQUEST
    missing: str | None = None

    @property
    def key(self) -> str:
        """Its innermost name: ``cohort`` of ``filter[cohort]``."""
        return self.name.rpartition("[")[2].removesuffix("]")

    def refused(self) -> BadRequest:
        return BadRequest(self.unreadable or "", title=self.title, source={"parameter": self.name})

    def left_out(self) -> BadRequest:
        return BadRequest(self.missing or "", title=BAD_PARAMETER, source={"parameter": self.name})
