"""Whatever a file holds, reading it ends in rows or in a refusal: never in anything else."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ecf_adapters.csv.providers import read_organisations, read_provider_relationships
from ecf_adapters.csv.register import establishments, opened_extract, read_school_ids
from ecf_core.errors import EcfError, RowProblem

Read = Callable[[Path], Any]


def read_extract(file: Path) -> object:
    problems: list[RowProblem] = []
    with opened_extract(file) as extract:
        return list(establishments(extract, problems.append)), problems


HEADERS: dict[Read, str] = {
    read_organisations: "name,id",
    read_provider_relationships: "delivery_partner_id,lead_provider_name",
    read_school_ids: "urn,id",
    read_extract: "URN,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),"
    "EstablishmentStatus (code),EstablishmentStatus (name),OpenDate,CloseDate,"
    "PhaseOfEducation (code),PhaseOfEducation (name),UKPRN,Street,Locality,Address3,Town,"
    "Postcode,SchoolWebsite,MainEmail,AlternativeEmail,Section41Approved (name),"
    "DistrictAdministrative (code),DistrictAdministrative (name)",
}
READERS = [pytest.param(read, id=read.__name__) for read in HEADERS]


def ends_well(read: Read, name: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        with suppress(EcfError):
            read(file)


@pytest.mark.parametrize("read", READERS)
@given(content=st.binary(max_size=200), headed=st.booleans())
@example(content=b"\0", headed=True)
@example(content=b"\xff\xfe", headed=True)
@example(content=b'"', headed=True)
@example(content=b"\n" * 50, headed=True)
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_read_or_refused(read: Read, content: bytes, *, headed: bool) -> None:
    ends_well(read, "file.csv", HEADERS[read].encode() + b"\n" + content if headed else content)


@pytest.mark.parametrize("read", READERS)
@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=8), max_size=4))
@settings(deadline=None, max_examples=60)
def test_any_cells_are_read_or_refused(read: Read, rows: list[list[str]]) -> None:
    lines = [HEADERS[read], *(",".join(row) for row in rows)]
    ends_well(read, "file.csv", "\n".join(lines).encode("utf-8", "replace"))


@pytest.mark.parametrize("name", ["file.csv.gz", "file.zip"])
@given(
    content=st.binary(max_size=200),
    magic=st.sampled_from([b"\x1f\x8b\x08\x00", b"PK\x03\x04", b""]),
)
@settings(deadline=None, max_examples=100)
def test_any_archive_is_read_or_refused(name: str, content: bytes, magic: bytes) -> None:
    ends_well(read_extract, name, magic + content)
