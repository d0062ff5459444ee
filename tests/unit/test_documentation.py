"""The documentation says what the code does: its tables, its examples, its links."""

import doctest
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecf_core.rules.profile import PROFILES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
EVERY_TEXT = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *PAGES]
FOLLOWED_ELSEWHERE = {
    "a-lead-providers-session.md",
    "defer-withdraw-or-resume-a-participant.md",
    "keep-everything-in-a-file.md",
}
"""Pages whose examples take a server or files of their own: tests/integration/docs."""
FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
TABLES: dict[str, Any] = runpy.run_path(str(DOCS / "write_tables.py"))


def _named(page: Path) -> str:
    return str(page.relative_to(ROOT))


every_text = pytest.mark.parametrize("page", EVERY_TEXT, ids=_named)
every_page = pytest.mark.parametrize("page", PAGES, ids=_named)


def _examples(page: Path) -> Iterator[tuple[int, str]]:
    """The Python of a page, each piece with the line on which it begins."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield text.count("\n", 0, found.start(1)) + 1, found[1]


@pytest.mark.parametrize(
    "page",
    [p for p in EVERY_TEXT if list(_examples(p)) and p.name not in FOLLOWED_ELSEWHERE],
    ids=_named,
)
def test_the_examples_do_what_the_page_says(page: Path) -> None:
    """A page is read from top to bottom, so what one example names the next one knows."""
    names: dict[str, Any] = {"__name__": "__example__"}
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for line, example in _examples(page):
        if ">>>" not in example:
            exec(compile(example, f"{page}:{line}", "exec"), names)  # noqa: S102 - our own pages
            continue
        parsed = doctest.DocTestParser().get_doctest(example, {}, page.name, str(page), line - 1)
        parsed.globs = names
        runner.run(parsed, out=told.append, clear_globs=False)
    assert not runner.failures, "".join(told)


def test_the_storage_test_of_the_tutorial_passes(tmp_path: Path) -> None:
    """It is run as its reader would run it."""
    tutorial = DOCS / "tutorials" / "import-the-core.md"
    (example,) = [text for _, text in _examples(tutorial) if "StorageContract" in text]
    (tmp_path / "test_my_storage.py").write_text(example, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_my_storage.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@every_page
def test_the_tables_are_as_the_code_has_them(page: Path) -> None:
    """Where they are not: make tables."""
    text = page.read_text(encoding="utf-8")
    assert text == TABLES["written"](text)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_every_rule_is_in_the_reference(profile: Any) -> None:
    side_by_side = (DOCS / "reference" / "rule-profiles.md").read_text(encoding="utf-8")
    for name, rules in TABLES["tables_of"](profile).items():
        page = (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")
        for rule in rules:
            row = (f"`{rule.field}`", f"`{rule.code}`", rule.message, TABLES["broken_when"](rule))
            assert f"| {' | '.join(row)} |" in page
            assert TABLES["broken_when"](rule) in side_by_side


def test_every_event_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "events.md").read_text(encoding="utf-8")
    events = list(TABLES["every_event"]())
    assert events
    for event in events:
        assert f"\n### `{event.name}`\n" in page


def test_every_table_has_a_place() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(re.findall(r"<!-- table: ([a-z0-9-]+) -->", text)) == set(TABLES["TABLES"])


def test_the_differences_that_the_code_cites_are_in_the_reference() -> None:
    page = (DOCS / "reference" / "differences.md").read_text(encoding="utf-8")
    cited = {
        number
        for module in (ROOT / "src").rglob("*.py")
        for number in re.findall(r"\bD-\d\d\b", module.read_text(encoding="utf-8"))
    }
    assert cited
    assert cited <= set(re.findall(r"^\| (D-\d\d) \|", page, re.MULTILINE))


def test_every_difference_says_why() -> None:
    page = (DOCS / "reference" / "differences.md").read_text(encoding="utf-8")
    listed, why = page.split("\n## Why\n")
    reasons, over_the_api = why.split("\n## Over the API\n")
    numbers = re.findall(r"D-\d\d", reasons)
    assert sorted(numbers) == sorted(re.findall(r"D-\d\d", listed))
    header, _, *rows = re.findall(r"^\| (.*) \|$", over_the_api, re.MULTILINE)
    assert rows
    for row in rows:
        cells = [cell.strip() for cell in row.split(" | ")]
        assert len(cells) == len(header.split(" | ")), row
        assert all(cells), row


def _anchors(page: Path) -> set[str]:
    """The anchors that a page has on the web, one for each heading."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(page.read_text(encoding="utf-8"))
    }


@every_text
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in _anchors(target), link


@every_page
def test_a_page_opens_with_who_it_is_for(page: Path) -> None:
    title, blank, opening, *_ = page.read_text(encoding="utf-8").splitlines()
    assert title.startswith("# ")
    assert not blank
    assert opening.startswith("*For ")


def test_the_map_shows_every_page() -> None:
    """The decisions have a map of their own."""
    shown = set()
    for page in (DOCS / "index.md", DOCS / "adr" / "index.md"):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            shown.add((page.parent / link.partition("#")[0]).resolve())
    assert {page for page in PAGES if page.resolve() not in shown} <= {DOCS / "index.md"}


def test_decisions_are_numbered_without_a_gap() -> None:
    decisions = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    for page in decisions:
        text = page.read_text(encoding="utf-8")
        headings = [heading for heading in HEADING.findall(text)[1:] if heading]
        assert headings == ["Status", "Context", "Options", "Decision", "Consequences"], page
