from typing import Final

from attrs import frozen

DEFAULT_PER_PAGE: Final = 100
MOST_PER_PAGE: Final = 3000


@frozen(kw_only=True)
class Window:
    """Which part of a list is wanted; pages count from 1."""

    page: int = 1
    per_page: int = DEFAULT_PER_PAGE

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page
