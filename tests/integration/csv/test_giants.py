import gzip
from pathlib import Path

import pytest

from ecf_adapters.csv import text
from ecf_adapters.csv.refusals import FileUnreadable
from ecf_adapters.csv.register import opened_extract


def _packed(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content, mtime=0))
    return path


def test_a_line_that_nobody_writes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = _packed(tmp_path / "one-line.csv.gz", b"URN\n" + b"1," * (1 << 20))
    with (
        pytest.raises(FileUnreadable, match="a line of more than 1 MB") as refused,
        opened_extract(file),
    ):
        pass
    assert (refused.value.code, refused.value.line) == ("too_large", 2)


def test_a_long_line_that_still_is_one_is_read(tmp_path: Path) -> None:
    file = _packed(tmp_path / "long.csv.gz", b"URN\n" + b"1," * 500_000 + b"\nx\n")
    with opened_extract(file) as extract:
        assert extract.lines == 3


def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "_LARGEST", 1 << 20)
    file = _packed(tmp_path / "bomb.csv.gz", b"\n" * (1 << 22))
    with pytest.raises(FileUnreadable, match="is larger than 1 MB"), opened_extract(file):
        pass
