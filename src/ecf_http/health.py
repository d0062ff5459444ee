"""Whether the server is alive, and ready to serve."""

import logging
from collections.abc import Callable
from typing import Final

from litestar import Response, Router, get

from ecf_http.log import log

ALIVE: Final = "/healthz"
"""It is answered also when all threads are busy."""


@get(ALIVE, sync_to_thread=False)
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as problem:  # noqa: BLE001 - whatever it is, the server is not ready
        log("not_ready", logging.WARNING, problem=type(problem).__name__)
        return False
    return True


def health(check_database: Callable[[], None]) -> Router:
    """``check_database`` raises where the database is not as it should be."""

    @get("/readyz", sync_to_thread=False)
    def ready() -> Response[dict[str, str]]:
        """The database can be reached and has the schema that this version needs."""
        if _passes(check_database):
            return Response({"status": "ok"})
        return Response({"status": "unavailable"}, status_code=503)

    return Router("/", route_handlers=[alive, ready])
