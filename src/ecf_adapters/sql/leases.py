from attrs import define, field
from sqlalchemy import Engine, case

from ecf_adapters.sql.bygone import let_go
from ecf_adapters.sql.engine import connected_to_write
from ecf_adapters.sql.tables import leased_requests
from ecf_adapters.sql.upsert import insert_into


@define
class SqlLeases:
    """Requests are leased from one row for each bucket and window, by one statement."""

    _engine: Engine
    _windows: tuple[int, int] = field(default=(0, 0), init=False)

    def take(self, bucket: str, *, window_began: int, wanted: int, limit: int) -> int:
        c = leased_requests.c
        first = min(wanted, limit)
        left = limit - c.leased
        lease = case((left < wanted, left), else_=wanted)
        with connected_to_write(self._engine) as connection:
            insert = insert_into(connection, leased_requests).values(
                bucket=bucket, window_began=window_began, leased=first, latest=first
            )
            # What is set is reckoned with the row as it was, and nothing where nothing is left.
            taken = connection.scalar(
                insert.on_conflict_do_update(
                    index_elements=list(leased_requests.primary_key.columns),
                    set_={"leased": c.leased + lease, "latest": lease},
                    where=c.leased < limit,
                ).returning(c.latest)
            )
            let_go(connection, leased_requests, c.window_began < self._before(window_began))
            connection.commit()
        return int(taken or 0)

    def _before(self, window_began: int) -> int:
        """The window before this one, where another worker may still be for a moment."""
        if window_began > self._windows[1]:
            self._windows = (self._windows[1], window_began)
        return self._windows[0]
