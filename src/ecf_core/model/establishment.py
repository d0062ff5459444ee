"""What the register of establishments (GIAS) says of a school, and what follows from its codes."""

from datetime import date
from typing import Final

from attrs import frozen

OPEN_STATUSES: Final = frozenset({1, 3})
"""Open; and open, but proposed to close."""

ELIGIBLE_TYPES: Final = frozenset(
    {1, 2, 3, 5, 6, 7, 8, 12, 14, 15, 18, 28}
    | {31, 32, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 57}
)
"""Establishment types whose training the Department for Education funds."""

CIP_ONLY_TYPES: Final = frozenset({10, 11, 30, 37})
"""Types that may use the materials but get no funding: independent, Welsh and overseas schools."""

NO_DISTRICT: Final = "9999"
"""The register's district code for a school without one; it counts as in England."""


@frozen(kw_only=True)
class Establishment:
    """A school's entry in the register of establishments (GIAS).

    The rules need the codes of type, status and district, and the section 41 approval.
    """

    urn: str
    name: str
    type_code: int
    type_name: str = ""
    status_code: int
    status_name: str = ""
    phase_code: int | None = None
    phase_name: str = ""
    district_code: str = ""
    district_name: str = ""
    section_41_approved: bool = False
    ukprn: str = ""
    street: str = ""
    locality: str = ""
    address3: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    website: str = ""
    primary_contact_email: str = ""
    secondary_contact_email: str = ""
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.status_code in OPEN_STATUSES

    @property
    def in_england(self) -> bool:
        """One predicate for the list of schools and for the rules (decision D-08)."""
        return self.district_code[:1] in {"E", "e"} or self.district_code == NO_DISTRICT

    @property
    def eligible(self) -> bool:
        """Open, in England and either an eligible establishment type or section 41 approved."""
        return (
            self.is_open
            and self.in_england
            and (self.type_code in ELIGIBLE_TYPES or self.section_41_approved)
        )

    @property
    def cip_only(self) -> bool:
        """May use the core induction programme's materials, but its training is not funded."""
        return self.is_open and not self.eligible and self.type_code in CIP_ONLY_TYPES
