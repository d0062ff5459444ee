"""A client of the API that looks at every answer before the test does."""

from functools import cache
from typing import Any, Final

import msgspec
from httpx import Response
from litestar.testing import TestClient
from litestar.types import ASGIApp

from tests.integration.http.contract import Contract
from tests.integration.http.published import published

_PUBLISHED: Final = published()


def calling(app: ASGIApp, *, raise_server_exceptions: bool = False) -> TestClient[Any]:
    """Every answer must be as the app's own document and the published one say."""
    client = TestClient(app, raise_server_exceptions=raise_server_exceptions)
    own = _own(client.get("/api/openapi.json").content)

    def looked_at(response: Response) -> None:
        response.read()
        assert not own.is_silent_about(response), f"no {response.status_code} is documented"
        faults = [*own.broken_by(response), *_PUBLISHED.broken_by(response)]
        assert not faults, faults

    client.event_hooks = {"response": [looked_at]}
    return client


@cache
def _own(document: bytes) -> Contract:
    return Contract(msgspec.json.decode(document))
