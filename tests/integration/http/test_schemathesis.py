"""Requests made up from the document, sound and unsound, are answered as it says."""

from typing import Any, Final

import pytest
import schemathesis
from schemathesis import Case, CheckContext, HookContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.engine import events, from_schema

from ecf_http.app import create_app
from ecf_http.paging import AFTER
from tests.integration.http.conftest import lists_of
from tests.integration.http.world import World

CONFIG: Final[dict[str, Any]] = {
    "seed": 2024,
    "generation": {"max-examples": 10, "deterministic": True, "database": "none"},
    "checks": {
        # By contract a wrong verb is 404, not 405, and there is no Allow header:
        # ``a_verb_that_is_not_documented_is_not_found`` below stands for both.
        "unsupported_method": {"enabled": False},
        "allow_header_conformance": {"enabled": False},
    },
    "operations": [
        {
            "include-method": ["POST", "PUT", "PATCH"],
            # That ids name something, and no rule is broken, is more than a schema can say.
            "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}},
        }
    ],
}


@schemathesis.hook
def map_query(_: HookContext, query: dict[str, Any] | None) -> dict[str, Any] | None:
    """Nobody makes up a cursor: it comes from a ``Link`` header."""
    return query and {name: value for name, value in query.items() if name != AFTER.name}


@schemathesis.check
def a_verb_that_is_not_documented_is_not_found(
    _: CheckContext, response: Response, case: Case[Any]
) -> None:
    documented = case.operation.schema.raw_schema["paths"][case.operation.path]
    if case.method.lower() not in documented:
        assert response.status_code in {401, 404}


def findings(event: events.EngineEvent) -> list[str]:
    """What it found wrong, each with the request that shows it."""
    if isinstance(event, events.FatalError):
        return [repr(event.exception)]
    if isinstance(event, events.NonFatalError):
        return [f"{event.label}: {event.value!r}"]
    if not isinstance(event, events.ScenarioFinished):
        return []
    return [
        f"{event.recorder.label}: {check.name}: {check.failure_info.failure.message}\n"
        f"{check.failure_info.code_sample}"
        for checks in event.recorder.checks.values()
        for check in checks
        if check.failure_info
    ]


def statuses(event: events.EngineEvent) -> list[int]:
    if not isinstance(event, events.ScenarioFinished):
        return []
    answered = (sent.response for sent in event.recorder.interactions.values())
    return [response.status_code for response in answered if response]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_schemathesis_finds_nothing(world: World) -> None:
    world.formed()
    container = world.container
    app = create_app(
        container.use_cases(),
        container.queries(),
        lists=lists_of(container),
        clock=world.clock,
        check_database=container.schema().check,
    )
    config = SchemathesisConfig.from_dict({**CONFIG, "headers": world.authorization()})
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, config=config)
    schema.validate()
    told = list(from_schema(schema).execute())
    found = [finding for event in told for finding in findings(event)]
    assert not found, "\n\n".join(found)
    # It went everywhere: what was sound, what was not, and what nobody may see.
    assert {200, 304, 400, 401, 404, 422} <= {s for event in told for s in statuses(event)}
