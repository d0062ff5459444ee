"""Rows are built by position: the columns of a list are the fields of its row, in their order."""

from typing import Any

import pytest
from attrs import fields
from sqlalchemy import Select

from ecf_adapters.sql.queries import delivery_partners
from ecf_adapters.sql.read_tables.partnerships import LISTED
from ecf_adapters.sql.read_tables.schools import IN_COHORTS
from ecf_core.queries.delivery_partners import SORTABLE as OF_DELIVERY_PARTNERS
from ecf_core.queries.delivery_partners import DeliveryPartnerRow
from ecf_core.queries.partnerships import SORTABLE as OF_PARTNERSHIPS
from ecf_core.queries.partnerships import PartnershipRow
from ecf_core.queries.schools import SORTABLE as OF_SCHOOLS
from ecf_core.queries.schools import ListedSchool


@pytest.mark.parametrize(
    ("listed", "row", "sortable"),
    [
        (LISTED, PartnershipRow, OF_PARTNERSHIPS),
        (delivery_partners._LISTED, DeliveryPartnerRow, OF_DELIVERY_PARTNERS),  # noqa: SLF001
        (IN_COHORTS, ListedSchool, OF_SCHOOLS),
    ],
    ids=["partnerships", "delivery partners", "schools"],
)
def test_a_lists_columns_are_its_rows_fields(
    listed: Select[Any], row: type[Any], sortable: frozenset[str]
) -> None:
    names = [field.name for field in fields(row)]
    assert list(listed.selected_columns.keys()) == names
    assert sortable <= set(names)
