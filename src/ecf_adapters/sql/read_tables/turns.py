from sqlalchemy import Connection, text

from ecf_adapters.sql.tables import read_enrolments


def take_turn(connection: Connection) -> None:
    """Whoever else takes a turn waits until the unit of work ends; whoever reads does not.

    What several facts together decide is written in turn, so that nobody writes what was so before
    someone else's change. It comes when all other locks have been taken, and right before the
    read tables are written: who has the turn waits for nobody who waits for it.
    """
    if connection.dialect.name == "postgresql":
        table = read_enrolments.name
        connection.execute(text(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))
