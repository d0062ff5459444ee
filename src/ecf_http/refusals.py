"""What the API refuses before the core is asked: requests that mean nothing."""

from typing import Final

from msgspec import Struct

BAD_REQUEST: Final = "Bad request"
BAD_PARAMETER: Final = "Bad parameter"
WRONG_STRUCTURE: Final = "correct json data structure required. See API docs for reference"
NULL_BYTE: Final = "string contains null byte"


class Problem(Struct, frozen=True, omit_defaults=True):
    """One object of an error document, its keys in the order in which they are sent."""

    title: str
    detail: str
    code: str
    source: dict[str, str] | None = None


class BadRequest(Exception):
    """A request that has no meaning, with what is wrong with it."""

    def __init__(
        self, detail: str, *, title: str = BAD_REQUEST, source: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(title, detail, title.lower().replace(" ", "_"), source)
