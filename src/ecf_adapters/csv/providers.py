"""Files of lead providers, delivery partners, and who works with whom."""

from pathlib import Path
from typing import Final

from ecf_adapters.csv.cells import Column, identifier, optional, required
from ecf_adapters.csv.table import Layout
from ecf_adapters.csv.text import opened
from ecf_core.use_cases.import_providers import NamedRow
from ecf_core.use_cases.provider_relationships import RelationshipRow

_ORGANISATIONS: Final = Layout(
    row=NamedRow,
    columns={
        "name": Column(header="name", reads=required()),
        "id": Column(header="id", reads=optional(identifier), needed=False),
    },
)

_RELATIONSHIPS: Final = Layout(
    row=RelationshipRow,
    columns={
        "delivery_partner_id": Column(header="delivery_partner_id", reads=required(identifier)),
        "lead_provider_name": Column(header="lead_provider_name", reads=required()),
    },
)


def read_organisations(file: Path) -> tuple[NamedRow, ...]:
    """Lead providers or delivery partners: header ``name``, optional ``id``."""
    with opened(file) as text:
        return _ORGANISATIONS.all_rows(text)


def read_provider_relationships(file: Path) -> tuple[RelationshipRow, ...]:
    """Header ``delivery_partner_id,lead_provider_name``."""
    with opened(file) as text:
        return _RELATIONSHIPS.all_rows(text)
