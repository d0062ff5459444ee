"""The data that are shipped; README.md and LICENCE.md beside them say whence they are."""

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def shipped(name: str) -> AbstractContextManager[Path]:
    """A shipped file, by its path below this folder; it can be read while it is open."""
    return as_file(files(__name__).joinpath(*name.split("/")))
