"""How a deployment is set up: by the environment, read and checked once."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from attrs import frozen
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from ecf_core.rules.profile import PROFILES, RuleProfile

DATABASE_URL: Final = "ECF_DATABASE_URL"
REPLICA_URL: Final = "ECF_REPLICA_URL"
RULES: Final = "ECF_RULES"
SANDBOX: Final = "ECF_SANDBOX"
NOW: Final = "ECF_NOW"
RATE_LIMIT: Final = "ECF_RATE_LIMIT"


class WrongSettings(Exception):
    """Variables of the environment have values that mean nothing."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)


@frozen
class RateLimit:
    """How many requests a key may make in how many seconds."""

    requests: int
    seconds: int


@frozen(kw_only=True)
class Settings:
    """A deployment's settings."""

    database_url: str
    replica_url: str | None = None
    rules: RuleProfile
    sandbox: bool
    now: datetime | None
    rate_limit: RateLimit | None


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Not shown: there may be a password in it.
        raise ValueError(
            "is not a database URL such as sqlite:///ecf.db or postgresql+psycopg://user@host/name"
        ) from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError(f"{url.get_backend_name()!r} is neither sqlite nor postgresql")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("an SQLite database needs a file: sqlite:///ecf.db")
    if url.get_backend_name() == "sqlite" and (url.query or str(url.database).startswith("file:")):
        raise ValueError("an SQLite database is named by its path alone: sqlite:///ecf.db")
    return text


def _rules(text: str) -> RuleProfile:
    if text not in PROFILES:
        raise ValueError(f"{text!r} is no rule profile: {', '.join(PROFILES)}")
    return PROFILES[text]


def _sandbox(text: str) -> bool:
    if text not in {"", "0", "1", "on", "off"}:
        raise ValueError(f"{text!r} is neither 1 nor off")
    return text in {"1", "on"}


def instant(text: str) -> datetime:
    """An RFC 3339 instant. Raises ``ValueError``."""
    found = datetime.fromisoformat(text) if re.match(r"\d{4}-\d\d-\d\d[Tt ]", text) else None
    if found is None or found.tzinfo is None:
        raise ValueError(f"{text!r} is no RFC 3339 instant such as 2024-09-01T09:00:00Z")
    return found.astimezone(UTC)


def _now(text: str) -> datetime | None:
    try:
        return instant(text) if text else None
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no RFC 3339 instant such as 2024-09-01T09:00:00Z") from None


def _rate_limit(text: str) -> RateLimit | None:
    if text == "off":
        return None
    match = re.fullmatch(r"([1-9]\d{0,8})/([1-9]\d{0,8})", text, re.ASCII)
    if match is None:
        raise ValueError(f"{text!r} is not a number of requests per seconds such as 1000/300")
    return RateLimit(int(match[1]), int(match[2]))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment. Raises :class:`WrongSettings` with all that is wrong."""
    problems: dict[str, str] = {}

    def read(name: str, default: str, parse: Callable[[str], Any]) -> Any:
        try:
            return parse(environment.get(name, default).strip() or default)
        except ValueError as problem:
            problems[name] = str(problem)
            return None

    sandbox = read(SANDBOX, "", _sandbox)
    settings = Settings(
        database_url=read(DATABASE_URL, "sqlite:///ecf.db", _database_url),
        replica_url=read(REPLICA_URL, "", lambda text: _database_url(text) if text else None),
        rules=read(RULES, "documented", _rules),
        sandbox=sandbox,
        now=read(NOW, "", _now) if sandbox else None,
        rate_limit=read(RATE_LIMIT, "1000/300", _rate_limit),
    )
    if problems:
        raise WrongSettings(problems)
    return settings
