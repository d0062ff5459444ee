"""The page that shows a run: figures as multiples of the peer's, beside the limit's."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from benchmarks.lists.page import differences, memory, multiples, of_the_limit
from benchmarks.lists.run import Result
from benchmarks.ratios import table

BEGIN: Final = "<!-- figures -->"
END: Final = "<!-- end -->"


def rendered(results: Iterable[Result], machine: str, day: date) -> str:
    """What is written between the marks of the page."""
    results = list(results)
    databases = ", ".join(result.database for result in results)
    opening = f"`make bench` wrote these, on {day.isoformat()}: {machine}; {databases}.\n"
    return "\n".join([opening, *(section for result in results for section in _sections(result))])


def _sections(result: Result) -> Iterator[str]:
    found = result.columns
    yield f"## {result.database}\n"
    rows = [*multiples(found), of_the_limit("ecf, of the limit", found)]
    yield table(["Target", *found], rows) + "\n"
    yield from memory(result)
    yield from differences(found)


def written(page: str, figures: str) -> str:
    """The page with other figures between its marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{figures}\n{END}{after}"
