from threading import Lock

from attrs import define, field


@define
class MemoryLeases:
    """Requests are leased within one process."""

    _leased: dict[tuple[str, int], int] = field(factory=dict)
    _one_at_a_time: Lock = field(factory=Lock)

    def take(self, bucket: str, *, window_began: int, wanted: int, limit: int) -> int:
        with self._one_at_a_time:
            leased = self._leased.get((bucket, window_began), 0)
            taken = min(wanted, limit - leased)
            self._leased[bucket, window_began] = leased + taken
            return taken
