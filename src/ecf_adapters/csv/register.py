"""Extracts of the register of establishments (GIAS), as the register offers them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from ecf_adapters.csv.cells import (
    Column,
    code,
    identifier,
    one_of,
    optional,
    register_date,
    required,
    urn,
)
from ecf_adapters.csv.table import Layout, Report
from ecf_adapters.csv.text import Text, opened
from ecf_core.model.establishment import Establishment
from ecf_core.use_cases.import_schools import SchoolIdRow

_STATUSES: Final = {str(status): status for status in (1, 2, 3, 4)}
_SECTION_41: Final = {"Approved": True, "Not approved": False, "Not applicable": False, "": False}

_EXTRACT: Final = Layout(
    row=Establishment,
    columns={
        "urn": Column(header="URN", reads=required(urn), unique=True),
        "name": Column(header="EstablishmentName", reads=required()),
        "type_code": Column(header="TypeOfEstablishment (code)", reads=required(code)),
        "type_name": Column(header="TypeOfEstablishment (name)"),
        "status_code": Column(
            header="EstablishmentStatus (code)", reads=required(one_of(_STATUSES))
        ),
        "status_name": Column(header="EstablishmentStatus (name)"),
        "phase_code": Column(header="PhaseOfEducation (code)", reads=optional(code)),
        "phase_name": Column(header="PhaseOfEducation (name)"),
        "district_code": Column(header="DistrictAdministrative (code)"),
        "district_name": Column(header="DistrictAdministrative (name)"),
        "section_41_approved": Column(header="Section41Approved (name)", reads=one_of(_SECTION_41)),
        "ukprn": Column(header="UKPRN"),
        "street": Column(header="Street"),
        "locality": Column(header="Locality"),
        "address3": Column(header="Address3"),
        "town": Column(header="Town"),
        # The extract that the Department for Education's own services read is without it.
        "county": Column(header="County (name)", needed=False),
        "postcode": Column(header="Postcode"),
        "website": Column(header="SchoolWebsite"),
        "primary_contact_email": Column(header="MainEmail"),
        "secondary_contact_email": Column(header="AlternativeEmail"),
        "opened_on": Column(header="OpenDate", reads=optional(register_date)),
        "closed_on": Column(header="CloseDate", reads=optional(register_date)),
    },
)


_IDS: Final = Layout(
    row=SchoolIdRow,
    columns={
        "urn": Column(header="urn", reads=required(urn), unique=True),
        "id": Column(header="id", reads=required(identifier), unique=True),
    },
    others_ignored=False,
)


def opened_extract(file: Path) -> AbstractContextManager[Text]:
    """An extract as it was downloaded: ``.csv``, ``.csv.gz`` or ``.zip``, UTF-8 or cp1252."""
    return opened(file, packed=True, cp1252_too=True)


def establishments(extract: Text, report: Report) -> Iterator[Establishment]:
    """The schools of an extract, as they are read; rows with problems are left out."""
    return _EXTRACT.rows(extract, report)


def read_school_ids(file: Path) -> tuple[SchoolIdRow, ...]:
    """The ids that lead providers already hold: header ``urn,id`` (decision D-22)."""
    with opened(file) as text:
        return _IDS.all_rows(text)
