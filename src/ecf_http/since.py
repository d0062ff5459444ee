"""Instants as ``filter[updated_since]`` has them: ISO 8601, rolling over where days do not."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import unquote_plus

_INSTANT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_LATEST: Final = datetime.max.replace(tzinfo=UTC)


def since(text: str) -> datetime | None:
    """The instant; encoded once more than it should be will do; ``None`` for anything else."""
    match = _INSTANT.fullmatch(text) or _INSTANT.fullmatch(unquote_plus(text))
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    zone = _offset(match[8])
    if zone is None or not _a_time(month, day, hour, minute, second):
        return None
    fraction = timedelta(microseconds=int((match[7] or "").ljust(6, "0")[:6]))
    time = timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
    return _clamped(year, month, time + fraction - zone)


def _a_time(month: int, day: int, hour: int, minute: int, second: int) -> bool:
    """Every month may have 31 days and every minute 61 seconds; 24:00:00 ends a day."""
    in_range = 1 <= month <= 12 and 1 <= day <= 31 and minute <= 59 and second <= 60  # noqa: PLR2004
    return in_range and (hour <= 23 or (hour, minute, second) == (24, 0, 0))  # noqa: PLR2004


def _offset(zone: str | None) -> timedelta | None:
    """What has no zone is in UTC."""
    if zone is None or zone in "Zz":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[4:])
    if hours > 23 or minutes > 59:  # noqa: PLR2004
        return None
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _clamped(year: int, month: int, after: timedelta) -> datetime:
    """What is before or after all of time is as early or as late as anything can be."""
    if year == 0:
        return _EARLIEST
    try:
        return datetime(year, month, 1, tzinfo=UTC) + after
    except OverflowError:
        return _EARLIEST if year == 1 else _LATEST
