"""Files as text: unpacked, and known to be sound before the first line of them is used."""

import gzip
import io
import re
import struct
import zlib
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from lzma import LZMAError
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final, Protocol
from zipfile import BadZipFile, ZipFile

from attrs import define, field, frozen

from ecf_adapters.csv.refusals import FileUnreadable

_CHUNK: Final = 1 << 20
_IN_MEMORY: Final = 1 << 25
_LARGEST: Final = 1 << 29
"""Bytes, unpacked: the whole register has a fiftieth of it."""
_LONGEST_LINE: Final = 1 << 20
_NOT_CP1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_CORRUPT: Final = (
    BadZipFile,
    EOFError,
    LZMAError,
    RuntimeError,  # encrypted, or packed in a way that is not known here
    ValueError,
    gzip.BadGzipFile,
    struct.error,
    zlib.error,
)


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


@frozen
class Text:
    """A file's text, and how many ends of line it has."""

    file: Path
    stream: IO[str]
    lines: int


@define
class _Inspection:
    """Looks through the bytes of a file for what no text has."""

    file: Path
    lines: int = 0
    _bytes: int = 0
    _begun: int = 0
    _not_utf8_on: int | None = None
    _not_cp1252_on: int | None = None
    _decoder: IncrementalDecoder = field(factory=getincrementaldecoder("utf-8"))

    def see(self, chunk: bytes, *, last: bool = False) -> None:
        self._refuse_giants(chunk)
        if (nul := chunk.find(b"\0")) >= 0:
            line = self._line(chunk, nul)
            raise FileUnreadable(self.file, "not_text", "has NUL bytes: it is no text", line)
        if self._not_utf8_on is None:
            try:
                self._decoder.decode(chunk, last)
            except UnicodeDecodeError as error:
                self._not_utf8_on = self._line(error.object, error.start)
        if self._not_cp1252_on is None and (match := _NOT_CP1252.search(chunk)):
            self._not_cp1252_on = self._line(chunk, match.start())
        self.lines += chunk.count(b"\n")

    def _refuse_giants(self, chunk: bytes) -> None:
        """Nobody writes such files, but they can be packed into very little."""
        self._bytes += len(chunk)
        if self._bytes > _LARGEST:
            raise FileUnreadable(self.file, "too_large", f"is larger than {_LARGEST >> 20} MB")
        end = chunk.find(b"\n")
        if self._begun + (len(chunk) if end < 0 else end) > _LONGEST_LINE:
            message = f"has a line of more than {_LONGEST_LINE >> 20} MB"
            raise FileUnreadable(self.file, "too_large", message, self.lines + 1)
        self._begun = self._begun + len(chunk) if end < 0 else len(chunk) - chunk.rfind(b"\n") - 1

    def _line(self, chunk: bytes, position: int) -> int:
        return self.lines + chunk.count(b"\n", 0, position) + 1

    def encoding(self, *, cp1252_too: bool) -> str:
        if self._not_utf8_on is None:
            return "utf-8-sig"
        if not cp1252_too:
            raise FileUnreadable(self.file, "encoding", "is not UTF-8", self._not_utf8_on)
        if self._not_cp1252_on is not None:
            message = "is neither UTF-8 nor cp1252"
            raise FileUnreadable(self.file, "encoding", message, self._not_cp1252_on)
        return "cp1252"


@contextmanager
def opened(file: Path, *, packed: bool = False, cp1252_too: bool = False) -> Iterator[Text]:
    """A file of text; where ``packed``, its name says how: ``.gz``, ``.zip``, or not at all.

    The whole of it is copied aside first, so that it is known to be sound, and stays what it
    was, while it is read. Raises :class:`FileUnreadable`.
    """
    inspection = _Inspection(file)
    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        with _readable(file), ExitStack() as closing:
            source: _Source = closing.enter_context(_unpacked(file) if packed else file.open("rb"))
            while chunk := source.read(_CHUNK):
                inspection.see(chunk)
                copy.write(chunk)
            inspection.see(b"", last=True)
        encoding = inspection.encoding(cp1252_too=cp1252_too)
        if not copy.tell():
            raise FileUnreadable(file, "empty", "is empty")
        copy.seek(0)
        with io.TextIOWrapper(copy, encoding, newline="") as stream:
            yield Text(file, stream, inspection.lines)


@contextmanager
def _unpacked(file: Path) -> Iterator[_Source]:
    match file.suffix.lower():
        case ".gz":
            with gzip.open(file) as source:
                yield source
        case ".zip":
            with ZipFile(file) as archive:
                members = [name for name in archive.namelist() if name.lower().endswith(".csv")]
                if len(members) != 1:
                    message = f"has {len(members)} CSV files in it, not exactly one"
                    raise FileUnreadable(file, "not_one_file", message)
                with archive.open(members[0]) as source:
                    yield source
        case _:
            with file.open("rb") as source:
                yield source


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except _CORRUPT as error:
        raise FileUnreadable(file, "corrupt", f"is corrupt ({error})") from error
    except FileNotFoundError as error:
        raise FileUnreadable(file, "not_found", "there is no such file") from error
    except IsADirectoryError as error:
        raise FileUnreadable(file, "directory", "is a directory, not a file") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileUnreadable(file, "unreadable", f"cannot be read: {reason}") from error
