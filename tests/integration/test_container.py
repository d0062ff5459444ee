"""mypy cannot see into the container; this does."""

from datetime import UTC, datetime

import pytest

from ecf_adapters.container import Container, close
from ecf_adapters.settings import read_settings
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.rules.profile import PROFILES
from ecf_core.use_cases.import_providers import NamedRow

SOMEBODY = Actor(ActorKind.SYSTEM, "test")


@pytest.mark.parametrize("rules", PROFILES)
@pytest.mark.parametrize("sandbox", ["", "1"])
def test_whatever_the_settings_everything_is_there_and_works(
    database_url: str, rules: str, sandbox: str
) -> None:
    settings = read_settings(
        {
            "ECF_DATABASE_URL": database_url,
            "ECF_RULES": rules,
            "ECF_SANDBOX": sandbox,
            "ECF_NOW": "2024-09-01T09:00:00Z",
        }
    )
    container = Container(settings=settings)
    container.schema().check()
    use_cases, queries = container.use_cases(), container.queries()
    assert use_cases.create_partnership.rules is PROFILES[rules]
    use_cases.import_lead_providers([NamedRow(line=2, name="Purple")], by=SOMEBODY)
    (lead_provider,) = queries.providers.lead_providers()
    issued = use_cases.issue_token(lead_provider.id, expires=None, by=SOMEBODY)
    in_sandbox = datetime(2024, 9, 1, 9, tzinfo=UTC)
    assert (issued.token.created_at == in_sandbox) is (sandbox == "1")
    assert len(issued.secret) == 43
    close(container)


def test_a_container_makes_everything_once(database_url: str) -> None:
    container = Container(settings=read_settings({"ECF_DATABASE_URL": database_url}))
    assert container.use_cases() is container.use_cases()
    assert container.engine() is container.engine()
    close(container)
