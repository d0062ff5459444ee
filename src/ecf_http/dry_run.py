"""Whether a write is only to be judged: ``dry_run=true``."""

from typing import Final

from ecf_http.casts import blank
from ecf_http.nested import Parameters
from ecf_http.query_parameters import QueryParameter
from ecf_http.refusals import BAD_PARAMETER

DRY_RUN: Final = QueryParameter(
    name="dry_run",
    description="With `true` the request is judged and answered as it would be, and nothing is "
    "stored.",
    example="true",
    # Any case will do, and what is blank is as good as left out.
    schema={"type": "string", "pattern": r"^(\s*|[Tt][Rr][Uu][Ee])$"},
    unreadable="The parameter '#/dry_run' must be true, or be left out",
    title=BAD_PARAMETER,
)


def dry_run(parameters: Parameters) -> bool:
    """Anything but true is refused: whoever writes it does not mean to store anything."""
    given = parameters.get(DRY_RUN.key)
    if blank(given):
        return False
    if isinstance(given, str) and given.lower() == "true":
        return True
    raise DRY_RUN.refused()
