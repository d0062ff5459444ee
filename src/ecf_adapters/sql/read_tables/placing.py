from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Select, Table

from ecf_adapters.sql.tables import read_enrolments, read_partnerships, read_schools

_AS_LISTED: Final[Mapping[Table, tuple[str, ...]]] = {
    read_partnerships: ("lead_provider_id", "created_at", "id"),
    read_schools: ("cohort", "created_at", "id"),
    read_enrolments: ("lead_provider_id", "created_at", "id", "training_record_id"),
}


def in_place(table: Table, rows: Select[Any]) -> Select[Any]:
    """The rows in the order in which lists go through them.

    Many that are written so stand beside one another: a page of 3,000 lies all over the table
    otherwise, and PostgreSQL rather reads the whole of it and sorts.
    """
    return rows.order_by(*(rows.selected_columns[name] for name in _AS_LISTED[table]))
