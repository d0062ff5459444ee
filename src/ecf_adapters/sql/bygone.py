from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_

_AT_ONCE: Final = 100


def let_go(connection: Connection, table: Table, bygone: ColumnElement[Any]) -> None:
    """Deletes some of the rows that are no longer needed: nobody waits for it, nor it for anybody.

    A row that another transaction has is left to the next who comes by.
    """
    key = list(table.primary_key.columns)
    some = select(*key).where(bygone).limit(_AT_ONCE).with_for_update(skip_locked=True)
    connection.execute(delete(table).where(tuple_(*key).in_(some)))
