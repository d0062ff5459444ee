"""Lives of a school, as values: what its people and its providers do, in the order they do it.

``lives`` is a strategy for Hypothesis, and ``live`` lets one happen over any storage. So two
storages can be compared, and a rule of your own can be held against whatever may have happened.
"""

from collections.abc import Iterable
from typing import Final

from hypothesis import strategies as st

from ecf_core.errors import Refused
from ecf_core.model.participant import ParticipantType
from ecf_core.model.partnership import ChallengeReason
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.model.training_state import DeferralReason, WithdrawalReason
from ecf_core.queries import Queries
from ecf_core.testing.examples import DELIVERY_PARTNERS, GREENDALE, LEAD_PROVIDERS, RIVERSIDE
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.lives.acts import (
    Act,
    Challenge,
    Choose,
    Defer,
    Enrol,
    Merge,
    NothingThereError,
    Remove,
    Report,
    Resume,
    Scene,
    Transfer,
    Update,
    Wait,
    Withdraw,
)
from ecf_core.use_cases import UseCases

__all__ = ["Act", "acts", "live", "lives"]

_SCHOOLS: Final = st.sampled_from([GREENDALE, RIVERSIDE])
_HUBS: Final = st.sampled_from(DELIVERY_PARTNERS[:2])
_NAMES: Final = st.sampled_from(["Ada Teacher", "Bo Teacher", "Cy Teacher", "Di Teacher"])
_WHICH: Final = st.integers(0, 9)


def acts() -> st.SearchStrategy[Act]:
    """Anything that may happen; what lets something else happen comes up more often."""
    chosen = st.sampled_from([ProgrammeChoice.PROVIDER_LED] * 3 + list(ProgrammeChoice))
    days = st.sampled_from([0, 0, 7, 60])
    report = st.builds(Report, st.sampled_from(LEAD_PROVIDERS[:2]), _SCHOOLS, _HUBS)
    enrol = st.builds(Enrol, _NAMES, st.sampled_from(ParticipantType), _SCHOOLS)
    return st.one_of(
        *(report, report, enrol, enrol, enrol),
        st.builds(Wait, st.sampled_from([1, 15, 40])),
        st.builds(Choose, _SCHOOLS, chosen),
        st.builds(Update, _WHICH, _HUBS),
        st.builds(Challenge, _WHICH, st.sampled_from(ChallengeReason)),
        st.builds(Transfer, _WHICH, _SCHOOLS, st.sampled_from(["school", "continue"]), days),
        st.builds(Defer, _WHICH, st.sampled_from(DeferralReason)),
        st.builds(Withdraw, _WHICH, st.sampled_from(WithdrawalReason)),
        st.builds(Resume, _WHICH),
        st.builds(Remove, _WHICH),
        st.builds(Merge, _WHICH, _WHICH),
    )


def lives(*, longest: int = 30) -> st.SearchStrategy[tuple[Act, ...]]:
    """Lives of two schools in one cohort, both of which begin by choosing provider-led training."""
    begun = tuple(Choose(s, ProgrammeChoice.PROVIDER_LED) for s in (GREENDALE, RIVERSIDE))
    return st.lists(acts(), max_size=longest).map(lambda life: (*begun, *life))


def live(
    life: Iterable[Act], use_cases: UseCases, queries: Queries, clock: SettableClock
) -> tuple[Act, ...]:
    """Lets all of it happen; what was refused, or had nothing to happen to, is returned."""
    scene = Scene(use_cases=use_cases, queries=queries, clock=clock)
    refused = []
    for act in life:
        try:
            act.happen(scene)
        except (Refused, NothingThereError):
            refused.append(act)
    return tuple(refused)
