from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import DateTime, Dialect, Numeric, SmallInteger, String
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on the way in, aware and in UTC on the way out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive instant: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class ShownInstant(TypeDecorator[datetime]):
    """An instant as the lists show it, to the microsecond: as a text it is ordered as in time."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(byte_by_byte().dialect_impl(dialect))

    def process_bind_param(self, value: datetime | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        if not isinstance(value, datetime):
            return value
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def byte_by_byte() -> String:
    """A text that is compared as its bytes are, in every database and under every locale."""
    return String().with_variant(String(collation="C"), "postgresql")


_NO_YEAR: Final = 0
_LAST_YEAR: Final = 9999


class Year(TypeDecorator[int]):
    """The year in which a cohort starts; a number that is no year is that of no cohort."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        if value is None:
            return None
        return value if 0 < value <= _LAST_YEAR else _NO_YEAR


class Exact(TypeDecorator[Decimal]):
    """A decimal number, to the last digit; SQLite, which has none but floats, keeps its text."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String())
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return format(value, "f")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        if value is None or dialect.name != "sqlite":
            return value
        return Decimal(value)
