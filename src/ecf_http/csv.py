"""Lists as CSV, as lead providers' clients know it."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from ecf_http.answers import Answer

CSV: Final = "text/csv"
_TO_BE_QUOTED: Final = re.compile(r'[,"\r\n]|^[ \t]|[ \t]$|^$')
_TRUE: Final = "true"
_FALSE: Final = "false"


def csv(header: Iterable[str], lines: Iterable[Iterable[Any]]) -> Answer[bytes]:
    """A line for each and one that names the columns; of nothing there is nothing at all."""
    written = BytesIO()
    for line in lines:
        if not written.tell():
            written.write(_line(header))
        written.write(_line(line))
    # The response would add a charset to the type.
    return Answer(written.getvalue(), media_type=CSV, headers={"Content-Type": CSV})


def _line(values: Iterable[Any]) -> bytes:
    return f"{','.join(map(_field, values))}\n".encode()


def _field(value: Any) -> str:
    """What is empty is quoted, which the standard library's writer does for all or for none."""
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    text = "" if value is None else str(value)
    if not _TO_BE_QUOTED.search(text):
        return text
    return '"{}"'.format(text.replace('"', '""'))
