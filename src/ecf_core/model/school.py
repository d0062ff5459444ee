from datetime import datetime

from attrs import frozen

from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId


@frozen(kw_only=True)
class InductionTutor:
    """The person who looks after induction at a school."""

    name: str
    email: str
    updated_at: datetime


@frozen(kw_only=True)
class School:
    """A school of the register; those in England employ early career teachers and mentors."""

    id: SchoolId
    establishment: Establishment
    induction_tutor: InductionTutor | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def urn(self) -> str:
        return self.establishment.urn

    @property
    def eligible(self) -> bool:
        return self.establishment.eligible

    @property
    def cip_only(self) -> bool:
        return self.establishment.cip_only

    @property
    def contact_email(self) -> str | None:
        """The induction tutor's address, else the school office's."""
        if self.induction_tutor:
            return self.induction_tutor.email
        entry = self.establishment
        return entry.primary_contact_email or entry.secondary_contact_email or None
