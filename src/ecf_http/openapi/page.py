"""``/api/openapi.json``, and ``/api/docs`` to read it on; neither needs a token."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import MediaType, Response, Router, get
from litestar.connection import ASGIConnection
from litestar.datastructures import CacheControlHeader
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.static_files import create_static_files_router

from ecf_http.answers import Answer

_ASSETS: Final = Path(__file__).parent / "assets"
_NAMES: Final = frozenset(file.name for file in _ASSETS.iterdir())
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:;"  # the icons of the style sheet
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def published(document: Mapping[str, Any]) -> list[Router]:
    """The document as it is sent, and the page with everything that is on it."""
    content = msgspec.json.encode(document)

    @get("/openapi.json", sync_to_thread=False, media_type=MediaType.JSON)
    def openapi() -> bytes:
        return content

    return [
        Router("/api", route_handlers=[openapi], response_class=Answer),
        create_static_files_router(
            "/api/docs",
            [_ASSETS],
            html_mode=True,
            cache_control=CacheControlHeader(public=True, max_age=3600),
            guards=[_is_there],
            after_request=_with_a_policy,
        ),
    ]


async def _is_there(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """What is on the page is known; no other name is looked for."""
    name = str(connection.path_params.get("file_path", "")).strip("/")
    if name and name not in _NAMES:
        raise NotFoundException


def _with_a_policy(response: Response[Any]) -> Response[Any]:
    """The page may run its own script and call the API, and nothing else."""
    response.headers["Content-Security-Policy"] = _POLICY
    return response
