"""Until when a school may challenge a partnership (guide: "Creating a partnership"; D-01, D-02)."""

from datetime import datetime, timedelta
from typing import Final

from attrs import frozen

from ecf_core.model.instants import months_after


@frozen(kw_only=True)
class ChallengeWindow:
    """How long a school has: after the report, or after the academic year starts.

    ``default`` counts from the report; ``early_months`` and then ``early`` count from the start
    of the academic year. The later end holds.
    """

    default: timedelta
    early_months: int
    early: timedelta


DOCUMENTED_WINDOW: Final = ChallengeWindow(
    default=timedelta(days=14), early_months=0, early=timedelta(days=14)
)
"""14 days after the report, or 14 days after the academic year starts."""

ECF1_WINDOW: Final = ChallengeWindow(
    default=timedelta(days=14), early_months=2, early=timedelta(days=-1)
)
"""14 days after the report, or two months less a day after the academic year starts."""


def challenge_deadline(
    window: ChallengeWindow, *, reported_at: datetime, academic_year_start: datetime | None
) -> datetime:
    """The maximum of both ends; the default one alone where the academic year has no start yet."""
    deadline = reported_at + window.default
    if academic_year_start is None:
        return deadline
    return max(deadline, months_after(academic_year_start, window.early_months) + window.early)
