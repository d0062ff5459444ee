"""``/api/openapi.json``, and ``/api/docs`` to read it on; neither needs a token."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from litestar import MediaType, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from ecf_http.answers import Answer

_ASSETS: Final = Path(__file__).parent / "assets"
_NAMES: Final = frozenset(file.name for file in _ASSETS.iterdir())
_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".txt": "text/plain",
    ".md": "text/plain",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:;"  # the icons of the style sheet
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page may run its own script and call the API, and nothing else."""
_HEADERS: Final = {"Cache-Control": "public, max-age=3600", "Content-Security-Policy": _POLICY}


def published(document: Mapping[str, Any]) -> list[Router]:
    """The document as it is sent, and the page with everything that is on it."""
    content = msgspec.json.encode(document)

    @get("/openapi.json", sync_to_thread=False, media_type=MediaType.JSON)
    def openapi() -> bytes:
        return content

    return [
        Router("/api", route_handlers=[openapi], response_class=Answer),
        Router("/api/docs", route_handlers=[page, on_the_page], response_class=Answer),
    ]


@get("/", sync_to_thread=False)
def page() -> Answer[bytes]:
    return _asset("index.html")


@get("/{name:str}", sync_to_thread=False)
def on_the_page(name: FromPath[str]) -> Answer[bytes]:
    """What there is on it is known; no other name is looked for."""
    if name not in _NAMES:
        raise NotFoundException
    return _asset(name)


def _asset(name: str) -> Answer[bytes]:
    file = _ASSETS / name
    return Answer(file.read_bytes(), media_type=_TYPES[file.suffix], headers=_HEADERS)
