"""The least that could be done: a statement over one flat table, and its rows as JSON.

No framework, no authentication, no log. A path names a statement, its query the values.
"""

import os
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import uuid4

import msgspec
import psycopg
from sqlalchemy import make_url

from benchmarks.lists import decision
from benchmarks.lists.flat import PARTNERSHIP, SCHOOL

_URL: Final = make_url(os.environ["ECF_DATABASE_URL"])
_SQLITE: Final = _URL.get_backend_name() == "sqlite"


def by(index: str) -> str:
    """SQLite is told which index; PostgreSQL knows by its statistics."""
    return f" INDEXED BY {index}" if _SQLITE else ""


_P: Final = f"SELECT {', '.join(PARTNERSHIP)} FROM limit_partnerships"  # noqa: S608 - no input
_S: Final = f"SELECT {', '.join(SCHOOL)} FROM limit_schools"  # noqa: S608
_ORDER: Final = "ORDER BY created_at, id LIMIT CAST(%(rows)s AS integer)"
_STATEMENTS: Final = {
    "/partnerships": f"{_P}{by('limit_partnerships_created')}"
    f" WHERE lead_provider_id = %(lead_provider)s {_ORDER}",
    "/partnerships/since": f"{_P}{by('limit_partnerships_updated')}"
    f" WHERE lead_provider_id = %(lead_provider)s AND updated_at >= %(since)s {_ORDER}",
    "/schools": f"{_S}{by('limit_schools_created')} WHERE cohort = %(cohort)s {_ORDER}",
    "/schools/after": f"{_S}{by('limit_schools_created')} WHERE cohort = %(cohort)s"
    f" AND (created_at, id) > (%(created_at)s, %(id)s) {_ORDER}",
    "/schools/since": f"{_S}{by('limit_schools_updated')}"
    f" WHERE cohort = %(cohort)s AND updated_at >= %(since)s {_ORDER}",
}
_INSERT: Final = (
    f"INSERT INTO limit_partnerships ({', '.join((*PARTNERSHIP, 'lead_provider_id'))})"  # noqa: S608
    f" VALUES ({', '.join(f'%({name})s' for name in (*PARTNERSHIP, 'lead_provider_id'))})"
)


class PartnershipAttributes(msgspec.Struct):
    """In the order of the flat table."""

    cohort: str
    urn: str
    school_id: str
    delivery_partner_id: str
    delivery_partner_name: str | None
    status: str
    challenged_reason: str | None
    challenged_at: str | None
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    created_at: str
    updated_at: str


class SchoolAttributes(msgspec.Struct):
    """In the order of the flat table."""

    name: str
    urn: str
    cohort: str
    in_partnership: bool
    induction_programme_choice: str
    created_at: str
    updated_at: str


class Resource(msgspec.Struct):
    """A row, as it is sent."""

    id: str
    type: str
    attributes: PartnershipAttributes | SchoolAttributes


def _partnership(row: Any) -> Resource:
    return Resource(row[0], "partnership", PartnershipAttributes(*row[1:]))


def _school(row: Any) -> Resource:
    id_, name, urn, cohort, in_partnership, *rest = row
    return Resource(id_, "school", SchoolAttributes(name, urn, cohort, bool(in_partnership), *rest))


def _connect() -> Callable[..., Any]:
    """How a statement is run: with the driver alone, on the one connection that there is."""
    if _SQLITE:
        lite = sqlite3.connect(str(_URL.database), isolation_level=None, timeout=60)
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL"):
            lite.execute(f"PRAGMA {pragma}")
        return lite.execute
    url = _URL.set(drivername="postgresql").render_as_string(hide_password=False)
    postgres = psycopg.connect(url, autocommit=True, prepare_threshold=1)
    cursor = postgres.cursor()
    return cursor.execute


encode: Final = msgspec.json.Encoder().encode
execute: Final = _connect()


def as_the_driver_s(statement: str) -> str:
    return statement.replace("%(", ":").replace(")s", "") if _SQLITE else statement


_READS: Final = {path: as_the_driver_s(statement) for path, statement in _STATEMENTS.items()}
_WRITE: Final = as_the_driver_s(_INSERT)
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def app(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    path = scope["path"]
    if path == "/healthz":
        body = b"{}"
    elif scope["method"] == "POST":
        sent = msgspec.json.decode((await receive())["body"])["data"]["attributes"]
        body = (_decided if path == "/decision" else _inserted)(sent)
    else:
        found = execute(_READS[path], dict(parse_qsl(scope["query_string"].decode())))
        resource = _partnership if path.startswith("/p") else _school
        body = encode({"data": [resource(row) for row in found.fetchall()]})
    await answer(send, body)


async def answer(send: Send, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/vnd.api+json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _decided(given: dict[str, Any]) -> bytes:
    row = execute(decision.STATEMENT, given).fetchone()
    return encode({"data": _partnership(row)})


def _inserted(given: dict[str, Any]) -> bytes:
    """A row as it is given: nothing is looked up, nothing is judged."""
    now = "2026-02-01T00:00:00Z"
    row = dict.fromkeys((*PARTNERSHIP, "lead_provider_id"), "")
    row |= given | {"id": str(uuid4()), "created_at": now, "updated_at": now, "status": "active"}
    execute(_WRITE, row)
    return encode({"data": _partnership([row[name] for name in PARTNERSHIP])})
