"""What the API refuses before the core is asked: requests that mean nothing."""

from typing import Annotated, Final

from msgspec import Meta, Struct

BAD_REQUEST: Final = "Bad request"
BAD_PARAMETER: Final = "Bad parameter"
WRONG_STRUCTURE: Final = "correct json data structure required. See API docs for reference"
NULL_BYTE: Final = "string contains null byte"
NO_NULL_BYTE: Final = r"^[^\u0000]*$"
"""The pattern of the texts that are not refused for that."""


class Problem(Struct, frozen=True, omit_defaults=True):
    """One object of an error document, its keys in the order in which they are sent."""

    title: Annotated[
        str, Meta(description="The attribute that is refused, or what kind of refusal it is.")
    ]
    detail: Annotated[
        str, Meta(description="What is wrong, for people; several are joined with a comma.")
    ]
    code: Annotated[
        str, Meta(description="What is wrong, for machines; it never changes. Joined likewise.")
    ]
    source: Annotated[
        dict[str, str] | None,
        Meta(description="Where: `pointer` into the body, or the `parameter` of the address."),
    ] = None


class Error(Struct, frozen=True):
    """The whole of an answer that has nothing more to say."""

    error: str


class Errors(Struct, frozen=True):
    """Everything that is wrong with a request."""

    errors: list[Problem]


class NotAcceptable(Exception):
    """There is no such format of it."""


class Unavailable(Exception):
    """What a request needs cannot be had in time."""


class BadRequest(Exception):
    """A request that has no meaning, with what is wrong with it."""

    def __init__(
        self, detail: str, *, title: str = BAD_REQUEST, source: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.problem = Problem(title, detail, title.lower().replace(" ", "_"), source)
