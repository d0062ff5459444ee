"""The engine, and a session for each request."""

import os
from collections.abc import Iterator
from typing import Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

_url = make_url(os.environ["ECF_DATABASE_URL"])
engine = create_engine(_url, pool_size=20, max_overflow=20)
SessionLocal = sessionmaker(engine, expire_on_commit=False)

if engine.dialect.name == "sqlite":

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "busy_timeout = 60000",
        ):
            connection.execute(f"PRAGMA {pragma}")


def get_session() -> Iterator[Session]:
    with SessionLocal() as session:
        yield session
