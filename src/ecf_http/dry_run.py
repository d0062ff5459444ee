"""Whether a write is only to be judged: ``dry_run=true``."""

from typing import Final

from ecf_http.nested import Parameters
from ecf_http.query_parameters import QueryParameter
from ecf_http.refusals import BAD_PARAMETER

DRY_RUN: Final = QueryParameter(
    name="dry_run",
    description="With `true` the request is judged and answered as it would be, and nothing is "
    "stored.",
    example="true",
    schema={"type": "string", "pattern": r"^[Tt][Rr][Uu][Ee]$"},
    unreadable="The parameter '#/dry_run' must be true, or be left out",
    title=BAD_PARAMETER,
)


def dry_run(parameters: Parameters) -> bool:
    """Anything but true is refused, a blank too: whoever writes it means to store nothing."""
    if DRY_RUN.key not in parameters:
        return False
    given = parameters[DRY_RUN.key]
    if isinstance(given, str) and given.lower() == "true":
        return True
    raise DRY_RUN.refused()
