from datetime import UTC, datetime

import pytest

from ecf_adapters.settings import RateLimit, WrongSettings, read_settings
from ecf_core.rules.profile import DOCUMENTED, ECF1


def test_without_any_variable_the_defaults_hold() -> None:
    settings = read_settings({})
    assert settings.database_url == "sqlite:///ecf.db"
    assert settings.rules is DOCUMENTED
    assert settings.replica_url is None
    assert settings.sandbox is False
    assert settings.now is None
    assert settings.rate_limit == RateLimit(1000, 300)


def test_every_variable_is_read() -> None:
    settings = read_settings(
        {
            "ECF_DATABASE_URL": "postgresql+psycopg://ecf@host/ecf",
            "ECF_REPLICA_URL": "postgresql+psycopg://ecf@copy/ecf",
            "ECF_RULES": "ecf1",
            "ECF_SANDBOX": "1",
            "ECF_NOW": "2024-09-01T10:00:00+01:00",
            "ECF_RATE_LIMIT": "off",
        }
    )
    assert settings.database_url == "postgresql+psycopg://ecf@host/ecf"
    assert settings.replica_url == "postgresql+psycopg://ecf@copy/ecf"
    assert settings.rules is ECF1
    assert settings.now == datetime(2024, 9, 1, 9, tzinfo=UTC)
    assert settings.rate_limit is None


def test_outside_a_sandbox_the_time_is_the_machines() -> None:
    assert read_settings({"ECF_NOW": "2024-09-01T10:00:00Z"}).now is None
    assert read_settings({"ECF_NOW": "nonsense"}).now is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ECF_DATABASE_URL", "nonsense"),
        ("ECF_DATABASE_URL", "mysql://host/ecf"),
        ("ECF_DATABASE_URL", "sqlite://"),
        ("ECF_DATABASE_URL", "sqlite:///:memory:"),
        ("ECF_DATABASE_URL", "sqlite:///file:ecf.db?mode=ro&uri=true"),
        ("ECF_DATABASE_URL", "sqlite:///ecf.db?timeout=5"),
        ("ECF_DATABASE_URL", "postgresql+psycopg://u:secret@host:port/ecf"),
        ("ECF_RULES", "ecf2"),
        ("ECF_SANDBOX", "yes"),
        ("ECF_NOW", "2024-09-01"),
        ("ECF_NOW", "2024-09-01T10:00:00"),
        ("ECF_NOW", "0001-01-01T00:00:00+14:00"),
        ("ECF_RATE_LIMIT", "1000"),
        ("ECF_RATE_LIMIT", "0/300"),
        ("ECF_RATE_LIMIT", "-1/300"),
    ],
)
def test_a_wrong_value_is_told_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(WrongSettings) as wrong:
        read_settings({"ECF_SANDBOX": "1", name: value})
    assert list(wrong.value.problems) == [name]
    assert "secret" not in str(wrong.value)


def test_all_wrong_values_are_told_at_once() -> None:
    with pytest.raises(WrongSettings) as wrong:
        read_settings({"ECF_RULES": "x", "ECF_RATE_LIMIT": "x", "ECF_DATABASE_URL": "x"})
    assert set(wrong.value.problems) == {"ECF_RULES", "ECF_RATE_LIMIT", "ECF_DATABASE_URL"}
