"""Lives of a school, as values: what its people and its providers do, in the order they do it.

``lives`` is a strategy for Hypothesis, and ``live`` lets one happen over any storage. So two
storages can be compared, and a rule of your own can be held against whatever may have happened.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, Literal, TypeVar, assert_never

from attrs import frozen
from hypothesis import strategies as st

from ecf_core.errors import Refused
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import school_id_of
from ecf_core.model.participant import ParticipantType
from ecf_core.model.partnership import ChallengeReason
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2024,
    DELIVERY_PARTNERS,
    GREENDALE,
    LEAD_PROVIDERS,
    RIVERSIDE,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment
from ecf_core.use_cases import UseCases

T = TypeVar("T")


@frozen
class Wait:
    """Time passes."""

    days: int


@frozen
class Choose:
    """A school says how it trains."""

    school: Establishment
    programme: ProgrammeChoice


@frozen
class Report:
    """A lead provider forms a partnership with a school."""

    lead_provider: LeadProvider
    school: Establishment
    delivery_partner: DeliveryPartner


@frozen
class Update:
    """The lead provider of a partnership changes the delivery partner."""

    which: int
    delivery_partner: DeliveryPartner


@frozen
class Challenge:
    """The school of a partnership says that it is not right."""

    which: int
    reason: ChallengeReason


@frozen
class Enrol:
    """A school on-boards a participant."""

    name: str
    type: ParticipantType
    school: Establishment


@frozen
class Transfer:
    """A participant goes to another school, in so many days."""

    which: int
    to: Establishment
    how: Literal["school", "continue"]
    days: int


Act = Wait | Choose | Report | Update | Challenge | Enrol | Transfer
"""``which`` counts the partnerships, or the participants, that there are by then; it goes round."""

_SCHOOLS: Final = st.sampled_from([GREENDALE, RIVERSIDE])
_HUBS: Final = st.sampled_from(DELIVERY_PARTNERS[:2])
_NAMES: Final = st.sampled_from(["Ada Teacher", "Bo Teacher", "Cy Teacher", "Di Teacher"])
_WHICH: Final = st.integers(0, 9)


def acts() -> st.SearchStrategy[Act]:
    """Anything that may happen; what lets something else happen comes up more often."""
    chosen = st.sampled_from([ProgrammeChoice.PROVIDER_LED] * 3 + list(ProgrammeChoice))
    return st.one_of(
        st.builds(Wait, st.sampled_from([1, 15, 40])),
        st.builds(Choose, _SCHOOLS, chosen),
        st.builds(Report, st.sampled_from(LEAD_PROVIDERS[:2]), _SCHOOLS, _HUBS),
        st.builds(Update, _WHICH, _HUBS),
        st.builds(Challenge, _WHICH, st.sampled_from(ChallengeReason)),
        st.builds(Enrol, _NAMES, st.sampled_from(ParticipantType), _SCHOOLS),
        st.builds(
            Transfer,
            _WHICH,
            _SCHOOLS,
            st.sampled_from(["school", "continue"]),
            st.sampled_from([0, 0, 7, 60]),
        ),
    )


def lives(*, longest: int = 30) -> st.SearchStrategy[tuple[Act, ...]]:
    """Lives of two schools in one cohort, both of which begin by choosing provider-led training."""
    begun = tuple(Choose(s, ProgrammeChoice.PROVIDER_LED) for s in (GREENDALE, RIVERSIDE))
    return st.lists(acts(), max_size=longest).map(lambda life: (*begun, *life))


def live(
    life: Iterable[Act], use_cases: UseCases, queries: Queries, clock: SettableClock
) -> tuple[Act, ...]:
    """Lets all of it happen; what was refused, or had nothing to happen to, is returned."""
    refused = []
    for act in life:
        try:
            _happen(act, use_cases, queries, clock)
        except (Refused, _NothingThereError):
            refused.append(act)
    return tuple(refused)


class _NothingThereError(Exception):
    """There is no partnership yet, or nobody is trained."""


def _nth(rows: Sequence[T], which: int) -> T:
    if not rows:
        raise _NothingThereError
    return rows[which % len(rows)]


def _happen(act: Act, use_cases: UseCases, queries: Queries, clock: SettableClock) -> None:
    match act:
        case Wait(days):
            clock.advance(days=days)
        case Choose(school, programme):
            chosen = ProgrammeRequest(
                school_id=school_id_of(school.urn),
                cohort=COHORT_2024.start_year,
                programme=programme.value,
            )
            use_cases.confirm_programme(chosen, by=ADMINISTRATOR)
        case Report(lead_provider, school, delivery_partner):
            wanted = a_request(
                school=school_id_of(school.urn),
                lead_provider=lead_provider,
                delivery_partner=delivery_partner,
            )
            use_cases.create_partnership(wanted, by=ADMINISTRATOR)
        case Update(which, delivery_partner):
            row = _nth(queries.partnerships.all(PartnershipsFilter()), which)
            change = UpdateRequest(
                partnership_id=row.id,
                lead_provider_id=row.lead_provider_id,
                delivery_partner_id=delivery_partner.id,
            )
            use_cases.update_partnership(change, by=ADMINISTRATOR)
        case Challenge(which, reason):
            row = _nth(queries.partnerships.all(PartnershipsFilter()), which)
            challenge = ChallengeRequest(partnership_id=row.id, reason=reason.value)
            use_cases.challenge_partnership(challenge, by=ADMINISTRATOR)
        case Enrol(name, type_, school):
            enrolment = an_enrolment(name, type_=type_, school=school)
            use_cases.enrol_participant(enrolment, by=ADMINISTRATOR)
        case Transfer(which, to, how, days):
            participant = _nth(queries.participants.all(ParticipantsFilter()), which)
            on = (clock.now() + timedelta(days=days)).date() if days else None
            transfer = TransferRequest(
                participant_id=participant.id, to_urn=to.urn, programme=how, start_date=on
            )
            use_cases.transfer_participant(transfer, by=ADMINISTRATOR)
        case _:
            assert_never(act)
