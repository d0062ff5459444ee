import json
import logging
from typing import Any

import pytest

from ecf_core.testing.examples import PURPLE_LEARNING
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, World


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(record.getMessage()) for record in caplog.records]


@pytest.fixture(autouse=True)
def _listening(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="ecf_http")


def test_a_request_is_one_line(settled: World, caplog: pytest.LogCaptureFixture) -> None:
    settled.call("GET", PARTNERSHIPS, headers={"X-Request-Id": "abc"})
    [line] = logged(caplog)
    assert line.pop("duration_ms") >= 0
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "request",
        "request_id": "abc",
        "method": "GET",
        "path": PARTNERSHIPS,
        "status": 200,
        "lead_provider": PURPLE_LEARNING.name,
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("OPTIONS", PARTNERSHIPS, 404),
        ("GET", f"{PARTNERSHIPS}.csv", 401),
        ("GET", "/healthz", 200),
    ],
)
def test_so_is_one_of_nobody_in_particular(
    settled: World, caplog: pytest.LogCaptureFixture, method: str, path: str, status: int
) -> None:
    settled.client.request(method, path)
    [line] = logged(caplog)
    assert (line["method"], line["path"], line["status"]) == (method, path, status)
    assert line["lead_provider"] is None


def test_neither_token_nor_query_nor_body_is_told(
    settled: World, caplog: pytest.LogCaptureFixture
) -> None:
    settled.call("GET", f"{PARTNERSHIPS}?filter[cohort]=hunter2&page[page]=hunter2")
    settled.call("POST", PARTNERSHIPS, json={"data": {"attributes": {"cohort": "hunter2"}}})
    settled.client.get(f"{PARTNERSHIPS}/{NOWHERE}", headers={"Authorization": "Bearer hunter2"})
    assert len(logged(caplog)) == 3
    assert "hunter2" not in caplog.text
    assert settled.tokens[PURPLE_LEARNING.name] not in caplog.text
