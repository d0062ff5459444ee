from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = """\
URN,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),\
EstablishmentStatus (code),EstablishmentStatus (name),OpenDate,CloseDate,PhaseOfEducation (code),\
PhaseOfEducation (name),UKPRN,Street,Locality,Address3,Town,County (name),Postcode,SchoolWebsite,\
MainEmail,AlternativeEmail,Section41Approved (name),DistrictAdministrative (code),\
DistrictAdministrative (name)"""
NAMES = HEADER.split(",")
SOUND = dict.fromkeys(NAMES, "") | {
    "URN": "100000",
    "EstablishmentName": "The Aldgate School",
    "TypeOfEstablishment (code)": "2",
    "EstablishmentStatus (code)": "1",
    "Section41Approved (name)": "Not applicable",
    "DistrictAdministrative (code)": "E09000001",
}


def extract_of(*rows: dict[str, str], header: list[str] | None = None) -> str:
    names = header or NAMES
    return "".join(
        ",".join(cells) + "\r\n"
        for cells in (names, *([(SOUND | row)[n] for n in names] for row in rows))
    )


@pytest.fixture(name="extract_of")
def _extract_of() -> Callable[..., str]:
    """The text of an extract of the register: each row says what is other than usual in it."""
    return extract_of


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file."""

    def write(name: str, content: str | bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write
