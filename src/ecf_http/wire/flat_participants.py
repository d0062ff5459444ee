"""Participants as lead providers see them in versions 1 and 2: flat, one for each training."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from ecf_core.model.induction_record import InductionStatus, TrainingStatus
from ecf_core.model.participant import ParticipantType
from ecf_core.queries.provider_participants import TrainingRow
from ecf_http.wire.documents import Document, Id, Instant, Resource, Row, Urn, Year, to_the_second
from ecf_http.wire.enrolments import Enrolled, enrolled, known

_STATUS_OF: Final[Mapping[str, str]] = {
    InductionStatus.ACTIVE: "active",
    InductionStatus.COMPLETED: "active",
    InductionStatus.LEAVING: "active",
    InductionStatus.WITHDRAWN: "withdrawn",
    InductionStatus.CHANGED: "withdrawn",
}


class FlatParticipantAttributes(Struct, frozen=True):
    """What is shown of a training, in the order in which it is sent."""

    TYPE: ClassVar = "participant"

    email: Annotated[
        str,
        Meta(
            description="Where the participant is reached about it.",
            examples=["ada@greendale.example.org"],
        ),
    ]
    full_name: Annotated[str, Meta(examples=["Ada Teacher"])]
    mentor_id: Annotated[
        Id | None, Meta(description="The mentor of an early career teacher.", examples=[None])
    ]
    school_urn: Urn
    participant_type: Annotated[
        str, Meta(examples=["ect"], extra_json_schema={"enum": [*ParticipantType]})
    ]
    cohort: Annotated[Year, Meta(description="The cohort of the school's programme.")]
    status: Annotated[
        str,
        Meta(
            description="Where the school says that the participant stands, whatever the dates.",
            examples=["active"],
            extra_json_schema={"enum": ["active", "withdrawn"]},
        ),
    ]
    teacher_reference_number: Annotated[str | None, Meta(examples=["1234567"])]
    teacher_reference_number_validated: Annotated[
        bool | None, Meta(description="Null where there is no number.", examples=[True])
    ]
    eligible_for_funding: Annotated[
        bool | None, Meta(description="Null until it is decided.", examples=[None])
    ]
    pupil_premium_uplift: Annotated[bool, Meta(examples=[False])]
    sparsity_uplift: Annotated[bool, Meta(examples=[False])]
    training_status: Annotated[
        str,
        Meta(
            description="Where you say that it stands.",
            examples=["active"],
            extra_json_schema={"enum": [*TrainingStatus]},
        ),
    ]
    training_record_id: Annotated[
        Id, Meta(description="The training's own id: it stays when the participant's changes.")
    ]
    schedule_identifier: Annotated[str, Meta(examples=["ecf-standard-september"])]
    updated_at: Annotated[
        Instant, Meta(description="When anything last changed of what you are shown.")
    ]


def document(row: TrainingRow) -> Document[FlatParticipantAttributes]:
    return Document(resource(enrolled(row.participant, row.enrolment)))


def resource(row: Row) -> Resource[FlatParticipantAttributes]:
    training = Enrolled._make(row)
    attributes = FlatParticipantAttributes(
        training.email,
        training.full_name,
        training.mentor_id,
        training.urn,
        training.type,
        str(training.cohort),
        _STATUS_OF[training.induction_status],
        training.trn,
        known(training.trn_validated),
        known(training.eligible_for_funding),
        bool(training.pupil_premium_uplift),
        bool(training.sparsity_uplift),
        training.training_status,
        training.training_record_id,
        training.schedule,
        to_the_second(training.updated_at),
    )
    return Resource(training.id, attributes.TYPE, attributes)
