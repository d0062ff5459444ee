"""Extensions of addresses: ``.json`` goes without saying, and of some lists there is ``.csv``."""

import re
from typing import Any, Final, cast

from litestar import Request
from litestar.types import HTTPScope

from ecf_http.refusals import NotAcceptable

_EXTENSION: Final = re.compile(r"(?<=[^/])\.\w+$", re.ASCII)
_VERSIONS: Final = re.compile(r"/api/v[123]/")
_AS_CSV: Final = re.compile(r"/api/v[12]/participants(/ecf)?\.csv")
_JSON: Final = ".json"
_FORMAT: Final = "ecf_format"


def set_format_aside(scope: HTTPScope) -> None:
    """Takes the extension off the path, but where there is something else under it."""
    path = scope["path"]
    if _VERSIONS.match(path) and not _AS_CSV.fullmatch(path):
        bare = _EXTENSION.sub("", path)
        cast(dict[str, Any], scope)[_FORMAT] = path[len(bare) :]
        scope["path"] = bare


def only_json(request: Request[Any, Any, Any]) -> None:
    """Raises :class:`~ecf_http.refusals.NotAcceptable` where another format was asked for."""
    scope = cast(dict[str, Any], request.scope)
    if scope.get(_FORMAT) not in {None, "", _JSON}:
        raise NotAcceptable
