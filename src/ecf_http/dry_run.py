"""Whether a write is only to be judged: ``dry_run=true``."""

from typing import Final

from ecf_http.casts import blank
from ecf_http.nested import Parameters
from ecf_http.refusals import BAD_PARAMETER, BadRequest

_NOT_TRUE: Final = "The parameter '#/dry_run' must be true, or be left out"


def dry_run(parameters: Parameters) -> bool:
    """Anything but true is refused: whoever writes it does not mean to store anything."""
    given = parameters.get("dry_run")
    if blank(given):
        return False
    if isinstance(given, str) and given.lower() == "true":
        return True
    raise BadRequest(_NOT_TRUE, title=BAD_PARAMETER, source={"parameter": "dry_run"})
