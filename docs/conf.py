"""How the documentation is built as a site: ``make docs``.

The source is the repository, so that links between the pages, README.md, CONTRIBUTING.md,
CHANGELOG.md and the code are followed, and every one of them is checked.
"""

import re
from collections.abc import Iterator
from typing import Final

from pygments.lexers.special import TextLexer  # type: ignore[import-untyped] # it has no types
from sphinx.application import Sphinx

project = "ecf"
extensions = ["myst_parser"]
include_patterns = ["*.md", "benchmarks/README.md", "docs/**", "src/ecf_adapters/data/LICENCE.md"]
exclude_patterns = [".*", "dist", "tests"]
root_doc = "docs/index"
templates_path = ["_templates"]
myst_heading_anchors = 6

html_theme = "furo"
html_title = "ecf"
html_copy_source = False
html_show_copyright = False
html_additional_pages = {"index": "to-the-documentation.html"}

_HEADING: Final = re.compile(r"^## (.+)$", re.MULTILINE)
_PAGE: Final = re.compile(r"\]\(([\w./-]+)\.md\)")
_MAPS: Final = ("docs/index", "docs/adr/index")
"""Pages that list others, section by section."""


def _navigation(text: str) -> Iterator[str]:
    """A table of contents for each section of a map: what it links to, under its heading."""
    opening, *sections = _HEADING.split(text)
    captions = ["", *(f":caption: {heading}" for heading in sections[::2])]
    for caption, section in zip(captions, [opening, *sections[1::2]], strict=True):
        if found := dict.fromkeys(_PAGE.findall(section)):
            yield "\n".join(("```{toctree}", ":hidden:", caption, "", *found, "```\n"))


def _with_navigation(_: Sphinx, page: str, source: list[str]) -> None:
    """The navigation of the site is the map that readers of the sources have."""
    if page in _MAPS:
        source[0] = "\n".join((source[0], *_navigation(source[0])))


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _with_navigation)
    app.add_lexer("csv", TextLexer)
