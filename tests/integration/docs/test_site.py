"""The documentation as a site: built without a warning, and readable without a network."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.integration.docs.transcript import DOCS, ROOT

FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
FETCHED_BY_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\"')\s]+")


def _build(source: Path, to: Path) -> subprocess.CompletedProcess[str]:
    """As ``make docs`` does."""
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fresh-env", "--fail-on-warning"]
    options = ["--keep-going", "--conf-dir", str(DOCS), "--doctree-dir", str(to / "doctrees")]
    return subprocess.run(
        [*command, *options, str(source), str(to / "site")],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("documentation")
    built = _build(ROOT, to)
    assert built.returncode == 0, built.stderr
    return to / "site"


class _Fetched(HTMLParser):
    """What a browser fetches to show a page, rather than when a link is followed."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name == FETCHED.get(tag)]


def _fetched_elsewhere(site: Path) -> Iterator[str]:
    for page in site.rglob("*.html"):
        parser = _Fetched()
        parser.feed(page.read_text(encoding="utf-8"))
        yield from (a for a in parser.addresses if re.match(r"(?:https?:)?//", a))
    for style in site.rglob("*.css"):
        yield from FETCHED_BY_STYLE.findall(style.read_text(encoding="utf-8"))


def test_a_page_asks_no_other_host(site: Path) -> None:
    assert list(_fetched_elsewhere(site)) == []


def test_every_page_is_reached_from_every_page(site: Path) -> None:
    page = (site / "docs" / "tutorials" / "import-the-core.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'class="reference internal" href="([^"#]+)"', page))
    pages = {p.relative_to(DOCS).with_suffix(".html").as_posix() for p in DOCS.rglob("*.md")}
    reached = {
        (site / "docs" / "tutorials" / link).resolve().relative_to(site / "docs").as_posix()
        for link in linked
        if (site / "docs" / "tutorials" / link).resolve().is_relative_to(site / "docs")
    }
    assert pages - reached <= {"index.html", "tutorials/import-the-core.html"}


def test_the_front_page_leads_to_the_map(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")
    (target,) = set(re.findall(r'href="([^"]+)"', front))
    assert (site / target).exists()


MAP = "# A map\n\n## Pages\n\n- [One](one.md)\n"
SPOILT = {
    "a link to no page": ("# One\n\n[Two](two.md)\n", "two"),
    "a link to no heading": ("# One\n\n[Below](#below)\n", "below"),
    "a heading that another page has not": ("# One\n\n[Map](index.md#maps)\n", "maps"),
    "a block in no language": ("# One\n\n```pyhton\n1\n```\n", "pyhton"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_is_wrong_stops_the_build(tmp_path: Path, spoilt: str) -> None:
    page, named = SPOILT[spoilt]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(MAP, encoding="utf-8")
    (tmp_path / "docs" / "one.md").write_text(page, encoding="utf-8")
    built = _build(tmp_path, tmp_path)
    assert built.returncode != 0
    assert "one.md" in built.stderr
    assert named in built.stderr


def test_a_page_on_no_map_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(MAP, encoding="utf-8")
    (tmp_path / "docs" / "one.md").write_text("# One\n", encoding="utf-8")
    assert _build(tmp_path, tmp_path).returncode == 0
    (tmp_path / "docs" / "two.md").write_text("# Two\n", encoding="utf-8")
    built = _build(tmp_path, tmp_path)
    assert built.returncode != 0
    assert "two.md" in built.stderr
