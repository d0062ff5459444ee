"""How what was found is answered: with its tag, and a list with where it goes on."""

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha1
from typing import Any, Final, TypeVar
from urllib.parse import quote, quote_plus, unquote_plus

from litestar import Request, Response
from litestar.enums import HttpMethod
from litestar.response.base import ASGIResponse

from ecf_core.queries.order import Order
from ecf_core.queries.window import Page
from ecf_http.cursor import Columns
from ecf_http.paging import AFTER
from ecf_http.wire.documents import JSON_API, Documents, Row, documents_of

A = TypeVar("A")
T = TypeVar("T")
_TAG: Final = re.compile(r'(?:W/)?("[^"]*")')
_PAGE: Final = frozenset({"page", "page[page]", AFTER.name})


class Answer(Response[T]):
    """Whoever has it already, and says so in ``If-None-Match``, is not sent it again."""

    def to_asgi_response(
        self, app: Any, request: Request[Any, Any, Any], **options: Any
    ) -> ASGIResponse:
        response = super().to_asgi_response(app, request, **options)
        if request.method != HttpMethod.GET:
            return response
        # Weak: it may be sent compressed. Two are compared as if neither were.
        tag = f'"{sha1(response.body, usedforsecurity=False).hexdigest()}"'
        if _names(", ".join(request.headers.getall("if-none-match", [])), tag):
            return ASGIResponse(status_code=304, headers=_not_sent(tag, response.headers))
        response.headers["ETag"] = f"W/{tag}"
        return response


def _not_sent(tag: str, headers: Mapping[str, str]) -> dict[str, str]:
    """Where a list goes on is told all the same: a page stays as it is when another follows it."""
    link = headers.get("Link")
    return {"ETag": f"W/{tag}", **({"Link": link} if link else {})}


def _names(if_none_match: str, tag: str) -> bool:
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)


def listed(
    content: Documents[A],
    page: Page[Any],
    request: Request[Any, Any, Any],
    cursor: Callable[[], str] | None = None,
) -> Answer[Documents[A]]:
    """A page, and in its ``Link`` header (RFC 8288) those beside it.

    With a cursor the next one starts after the last row of this one, however far that is.
    """
    links = ", ".join(_links(page, request, cursor))
    return Answer(content, media_type=JSON_API, headers={"Link": links} if links else None)


def listed_as_sent(
    page: Page[Row], request: Request[Any, Any, Any], columns: Columns, order: Order
) -> Answer[Any]:
    """A page of rows that are JSON, and then the values that the list is ordered by."""
    content = documents_of(json for json, *_ in page.rows)
    return listed(content, page, request, lambda: columns.following(page.rows[-1][1:], order))


def _links(
    page: Page[Any], request: Request[Any, Any, Any], cursor: Callable[[], str] | None
) -> Iterator[str]:
    if not page.more and page.number == 1:
        return
    path = quote(request.scope["path"])
    query = list(_without_page(request.scope["query_string"].decode("latin-1")))
    if page.more:
        after = [f"page%5Bafter%5D={cursor()}"] if cursor else []
        following = [*query, f"page%5Bpage%5D={page.number + 1}", *after]
        yield f'<{path}?{"&".join(following)}>; rel="next"'
    if page.number > 1:
        yield f'<{path}?{"&".join([*query, f"page%5Bpage%5D={page.number - 1}"])}>; rel="prev"'


def _without_page(query: str) -> Iterator[str]:
    """The pairs of a query as they were sent, in letters that a header can hold."""
    for pair in query.split("&"):
        name, equals, value = (unquote_plus(part) for part in pair.partition("="))
        if name and name not in _PAGE:
            yield f"{quote_plus(name)}{equals}{quote_plus(value)}"
