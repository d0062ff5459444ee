"""The reference names what there is, and nothing else."""

import re
import runpy
from pathlib import Path
from typing import Any

import click

from ecf_adapters import settings

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
COMMANDS: Any = runpy.run_path(str(REFERENCE.parent / "write_tables.py"))["every_command"]
COMMAND = re.compile(r"^### `(ecf [a-z -]+)`$", re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]*")
VARIABLE = re.compile(r"^## `(ECF_[A-Z_]+)`$", re.MULTILINE)


def _sections() -> dict[str, str]:
    """What the page says of each command."""
    text = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    _, *parts = COMMAND.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_command_line_page_has_every_command_and_no_other() -> None:
    assert sorted(_sections()) == sorted(name for name, _ in COMMANDS())


def test_the_command_line_page_has_every_option_and_no_other() -> None:
    sections = _sections()
    for name, command in COMMANDS():
        known = {
            option
            for parameter in command.params
            if isinstance(parameter, click.Option) and not parameter.hidden
            for option in parameter.opts
        }
        assert set(OPTION.findall(sections[name])) == known, name


def test_the_configuration_page_has_every_setting_and_no_other() -> None:
    text = (REFERENCE / "configuration.md").read_text(encoding="utf-8")
    known = {
        value
        for value in vars(settings).values()
        if isinstance(value, str) and value.startswith("ECF_")
    }
    assert known
    assert set(VARIABLE.findall(text)) == known
