from enum import StrEnum

from attrs import frozen

from ecf_core.model.ids import AppropriateBodyId


class BodyType(StrEnum):
    """What kind of organisation quality-assures induction."""

    LOCAL_AUTHORITY = "local_authority"
    TEACHING_SCHOOL_HUB = "teaching_school_hub"
    NATIONAL = "national"


@frozen(kw_only=True)
class AppropriateBody:
    """An organisation that quality-assures the induction of early career teachers; has one name."""

    id: AppropriateBodyId
    name: str
    type: BodyType
