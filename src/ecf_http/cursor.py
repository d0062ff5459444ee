"""Where a list goes on: ``page[after]``, which ``Link`` headers hold and nobody else writes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from attrs import frozen

from ecf_core.queries.order import Order, total
from ecf_http.casts import blank
from ecf_http.nested import Parameters
from ecf_http.paging import AFTER
from ecf_http.wire.documents import Row


@frozen
class Columns:
    """The columns of a list's rows; a value is a text, unless it is said to be something else."""

    of: str
    names: Sequence[str]
    kinds: Mapping[str, Any]

    def after(self, parameters: Parameters, order: Order) -> Row | None:
        """The values, in the order of the list, of the row that the page follows.

        Raises :class:`~ecf_http.refusals.BadRequest` for what no such list has.
        """
        page = parameters.get("page")
        given = page.get(AFTER.key) if isinstance(page, dict) else None
        if blank(given):
            return None
        kinds = tuple(self.kinds.get(sort.field, str) for sort in total(order))
        try:
            written = msgspec.json.decode(
                _decoded(given), type=tuple.__class_getitem__((str, *kinds))
            )
        except (TypeError, ValueError, msgspec.DecodeError):
            raise AFTER.refused() from None
        whose, *values = written
        if whose != self._of(order) or any(isinstance(v, str) and "\0" in v for v in values):
            raise AFTER.refused()
        return tuple(values)

    def placing(self, row: Row, order: Order) -> Row:
        """The values of a row that the list is ordered by."""
        return tuple(row[self.names.index(sort.field)] for sort in total(order))

    def cursor(self, row: Row, order: Order) -> str:
        """How to ask for what follows a row."""
        return self.following(self.placing(row, order), order)

    def following(self, values: Row, order: Order) -> str:
        """How to ask for what follows the row that is placed by these values."""
        written = msgspec.json.encode([self._of(order), *values])
        return urlsafe_b64encode(written).rstrip(b"=").decode()

    def _of(self, order: Order) -> str:
        """The list and its order: what is written for one of them means nothing to another."""
        sorts = (f"{'-' if sort.descending else ''}{sort.field}" for sort in total(order))
        return f"{self.of}: {','.join(sorts)}"


def _decoded(text: Any) -> bytes:
    """Raises ``TypeError`` or ``ValueError`` for what was not written below."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
