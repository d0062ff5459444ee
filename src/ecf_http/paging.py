"""Which part of a list is wanted: ``page[page]`` and ``page[per_page]``."""

from typing import Any, Final

from ecf_core.queries.window import DEFAULT_PER_PAGE, MOST_PER_PAGE, Window
from ecf_http.casts import whole_number
from ecf_http.nested import Parameters
from ecf_http.refusals import BadRequest

_INVALID: Final = (
    "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid number"
    " (equal and more than 1)"
)
_LAST_OFFSET: Final = 2**63 - 1
"""What a database can count to."""


def window(parameters: Parameters) -> Window:
    """Raises :class:`~ecf_http.refusals.BadRequest` for what is no page."""
    given = parameters.get("page")
    page = {} if given is None else given
    if not isinstance(page, dict):
        raise _no_page("page")
    wanted = Window(
        page=_counted(page, "page", 1),
        per_page=min(_counted(page, "per_page", DEFAULT_PER_PAGE), MOST_PER_PAGE),
    )
    if wanted.offset > _LAST_OFFSET:
        raise _no_page("page[page]")
    return wanted


def _counted(page: dict[str, Any], name: str, default: int) -> int:
    value = page.get(name)
    if value is None:
        return default
    number = whole_number(value) if isinstance(value, str) and "\0" not in value else 0
    if number < 1:
        raise _no_page(f"page[{name}]")
    return number


def _no_page(parameter: str) -> BadRequest:
    return BadRequest(_INVALID, source={"parameter": parameter})
