"""Participants as lead providers see them in version 3: a person with every training."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from ecf_core.model.induction_record import InductionStatus, TrainingStatus
from ecf_core.model.participant import MentorFundingEndReason, ParticipantType
from ecf_core.model.training_state import DeferralReason, WithdrawalReason
from ecf_core.queries.provider_participant_lists import SORTABLE
from ecf_core.queries.provider_participants import ProviderParticipantRow
from ecf_http.wire.documents import (
    Document,
    Id,
    Instant,
    Resource,
    Row,
    Urn,
    Year,
    shown_instant,
    to_the_second,
)
from ecf_http.wire.enrolments import Enrolled, id_changes_of, known, shown

SORT_KEYS: Final[Mapping[str, str]] = {field: field for field in SORTABLE}

Day = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d\d-\d\d$",
        examples=["2026-07-20"],
        extra_json_schema={"format": "date"},
    ),
]
_PARTICIPANT_STATUSES: Final = ("active", "joining", "leaving", "left", "withdrawn", None)
_STATUS_OF: Final[Mapping[str, str]] = {
    InductionStatus.ACTIVE: "active",
    InductionStatus.COMPLETED: "active",
    InductionStatus.WITHDRAWN: "withdrawn",
    InductionStatus.CHANGED: "withdrawn",
}


class Withdrawal(Struct, frozen=True):
    """Why you withdrew the participant, and when."""

    reason: Annotated[
        str,
        Meta(examples=["moved-school"], extra_json_schema={"enum": [*WithdrawalReason]}),
    ]
    date: Instant


class Deferral(Struct, frozen=True):
    """Why you deferred the participant, and when."""

    reason: Annotated[
        str,
        Meta(examples=["parental-leave"], extra_json_schema={"enum": [*DeferralReason]}),
    ]
    date: Instant


class Enrolment(Struct, frozen=True):
    """A training, as your latest record of it says, in the order in which it is sent."""

    training_record_id: Annotated[
        Id, Meta(description="The training's own id: it stays when the participant's changes.")
    ]
    email: Annotated[
        str,
        Meta(
            description="Where the participant is reached about it.",
            examples=["ada@greendale.example.org"],
        ),
    ]
    mentor_id: Annotated[
        Id | None, Meta(description="The mentor of an early career teacher.", examples=[None])
    ]
    school_urn: Urn
    participant_type: Annotated[
        str, Meta(examples=["ect"], extra_json_schema={"enum": [*ParticipantType]})
    ]
    cohort: Annotated[Year, Meta(description="The cohort of the school's programme.")]
    training_status: Annotated[
        str,
        Meta(
            description="Where you say that it stands.",
            examples=["active"],
            extra_json_schema={"enum": [*TrainingStatus]},
        ),
    ]
    participant_status: Annotated[
        str | None,
        Meta(
            description="Where the participant stands with the school, now; null for one who is "
            "leaving, nobody knows when.",
            examples=["active"],
            extra_json_schema={"enum": [*_PARTICIPANT_STATUSES]},
        ),
    ]
    teacher_reference_number_validated: Annotated[
        bool | None, Meta(description="Null where there is no number.", examples=[True])
    ]
    eligible_for_funding: Annotated[
        bool | None, Meta(description="Null until it is decided.", examples=[None])
    ]
    pupil_premium_uplift: Annotated[bool, Meta(examples=[False])]
    sparsity_uplift: Annotated[bool, Meta(examples=[False])]
    schedule_identifier: Annotated[str, Meta(examples=["ecf-standard-september"])]
    delivery_partner_id: Annotated[
        Id | None,
        Meta(
            description="Null once the delivery partner has been discarded.",
            examples=["20000000-0000-4000-8000-000000000001"],
        ),
    ]
    withdrawal: Annotated[
        Withdrawal | None,
        Meta(description="Where you have withdrawn the participant.", examples=[None]),
    ]
    deferral: Annotated[
        Deferral | None,
        Meta(description="Where you have deferred the participant.", examples=[None]),
    ]
    created_at: Annotated[Instant, Meta(description="When the participant was on-boarded for it.")]
    induction_end_date: Annotated[
        Day | None, Meta(description="When induction was completed.", examples=[None])
    ]
    mentor_funding_end_date: Annotated[
        Day | None, Meta(description="When a mentor's funding ended.", examples=[None])
    ]
    cohort_changed_after_payments_frozen: Annotated[bool, Meta(examples=[False])]
    mentor_ineligible_for_funding_reason: Annotated[
        str | None,
        Meta(
            description="Why a mentor's funding ended.",
            examples=[None],
            extra_json_schema={"enum": [*MentorFundingEndReason, None]},
        ),
    ]


class ParticipantIdChange(Struct, frozen=True):
    """An id that was given up for another, because a person was registered twice."""

    from_participant_id: Id
    to_participant_id: Id
    changed_at: Instant


class ParticipantAttributes(Struct, frozen=True):
    """What is shown of a participant, in the order in which it is sent."""

    TYPE: ClassVar = "participant"

    full_name: Annotated[str, Meta(examples=["Ada Teacher"])]
    teacher_reference_number: Annotated[str | None, Meta(examples=["1234567"])]
    updated_at: Annotated[
        Instant, Meta(description="When anything last changed of what you are shown.")
    ]
    ecf_enrolments: list[Enrolment]
    participant_id_changes: Annotated[
        list[ParticipantIdChange], Meta(description="Newest first.", examples=[[]])
    ]


def document(row: ProviderParticipantRow, *, at: datetime) -> Document[ParticipantAttributes]:
    """A participant as it is shown at an instant."""
    return Document(resource(shown(row), shown_instant(at)))


def resource(rows: Sequence[Row], now: str) -> Resource[ParticipantAttributes]:
    """A participant, of the rows of its trainings: there is always one."""
    trainings = [Enrolled._make(row) for row in rows]
    person = trainings[0]
    attributes = ParticipantAttributes(
        person.full_name,
        person.trn,
        to_the_second(person.updated_at),
        [_enrolment(training, now) for training in trainings],
        [
            ParticipantIdChange(from_id, to_id, to_the_second(at))
            for from_id, to_id, at in id_changes_of(person)
        ],
    )
    return Resource(person.id, attributes.TYPE, attributes)


def _enrolment(row: Enrolled, now: str) -> Enrolment:
    status, stopped = row.training_status, row.stopped_at and to_the_second(row.stopped_at)
    reason = row.stopped_reason or ""
    return Enrolment(
        row.training_record_id,
        row.email,
        row.mentor_id,
        row.urn,
        row.type,
        str(row.cohort),
        status,
        _participant_status(row, now),
        known(row.trn_validated),
        known(row.eligible_for_funding),
        bool(row.pupil_premium_uplift),
        bool(row.sparsity_uplift),
        row.schedule,
        row.delivery_partner_id,
        Withdrawal(reason, stopped) if stopped and status == TrainingStatus.WITHDRAWN else None,
        Deferral(reason, stopped) if stopped and status == TrainingStatus.DEFERRED else None,
        to_the_second(row.enrolled_at),
        row.induction_end_date,
        row.mentor_funding_end_date,
        bool(row.cohort_changed_after_payments_frozen),
        row.mentor_funding_end_reason,
    )


def _participant_status(row: Enrolled, now: str) -> str | None:
    """Instants are texts of one length, so that they compare as they follow one another."""
    if row.end_date:
        return "leaving" if row.end_date > now else "left"
    return "joining" if row.start_date > now else _STATUS_OF.get(row.induction_status)
