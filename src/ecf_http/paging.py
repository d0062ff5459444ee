"""Which part of a list is wanted: ``page[page]`` and ``page[per_page]``."""

from typing import Any, Final

from ecf_core.queries.window import DEFAULT_PER_PAGE, MOST_PER_PAGE, Window
from ecf_http.casts import whole_number
from ecf_http.nested import Parameters
from ecf_http.query_parameters import QueryParameter
from ecf_http.refusals import BadRequest

_INVALID: Final = (
    "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid number"
    " (equal and more than 1)"
)
_LAST_PAGE: Final = (2**63 - 1) // MOST_PER_PAGE
"""However long its pages are, a database can count to it."""

PAGE: Final = QueryParameter(
    name="page[page]",
    description="Which page is wanted, from 1. One past the end is empty.",
    example=1,
    schema={
        "type": "integer",
        "minimum": 1,
        "maximum": _LAST_PAGE,
        "default": 1,
    },
    unreadable=_INVALID,
)
PER_PAGE: Final = QueryParameter(
    name="page[per_page]",
    description=f"How many are on a page; more than {MOST_PER_PAGE} are as good as that.",
    example=DEFAULT_PER_PAGE,
    schema={"type": "integer", "minimum": 1, "default": DEFAULT_PER_PAGE},
    unreadable=_INVALID,
)
AFTER: Final = QueryParameter(
    name="page[after]",
    description="Where the page begins. Opaque: it comes from a `Link` header, and is only ever "
    "sent as it came.",
    example="",
    schema={"type": "string"},
    unreadable="The parameter '#/page[after]' must be as a Link header had it",
)
OF_A_LIST: Final = (PAGE, PER_PAGE)
OF_A_POLLED_LIST: Final = (*OF_A_LIST, AFTER)


def window(parameters: Parameters) -> Window:
    """Raises :class:`~ecf_http.refusals.BadRequest` for what is no page."""
    given = parameters.get("page")
    page = {} if given is None else given
    if not isinstance(page, dict):
        raise BadRequest(_INVALID, source={"parameter": "page"})
    wanted = Window(
        page=_counted(page, PAGE, 1),
        per_page=min(_counted(page, PER_PAGE, DEFAULT_PER_PAGE), MOST_PER_PAGE),
    )
    if wanted.page > _LAST_PAGE:
        raise PAGE.refused()
    return wanted


def _counted(page: dict[str, Any], wanted: QueryParameter, default: int) -> int:
    value = page.get(wanted.key)
    if value is None:
        return default
    number = whole_number(value) if isinstance(value, str) and "\0" not in value else 0
    if number < 1:
        raise wanted.refused()
    return number
