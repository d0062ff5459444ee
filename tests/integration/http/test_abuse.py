"""Requests that only somebody with a grudge would send."""

import asyncio
import json
import logging
from typing import Any

import pytest

from tests.integration.http.world import PARTNERSHIPS, World


@pytest.mark.parametrize("content", [b"&" * 5000, b"a" + b"[b]" * 100, b"a=b&" * 5000])
def test_a_form_that_nobody_fills_in_has_no_structure(settled: World, content: bytes) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    response = settled.call("POST", PARTNERSHIPS, content=content, headers=form)
    assert response.status_code == 400
    assert "json data structure" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize("query", ["&" * 5000, "filter" + "[a]" * 100 + "=1"])
def test_a_query_that_nobody_asks_is_a_bad_request(settled: World, query: str) -> None:
    response = settled.call("GET", f"{PARTNERSHIPS}?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "bad_request"


def test_a_client_that_goes_away_is_no_defect_of_ours(
    settled: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="ecf_http")
    messages = iter([{"type": "http.request", "body": b"{", "more_body": True}])
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": PARTNERSHIPS,
        "raw_path": PARTNERSHIPS.encode(),
        "query_string": b"",
        "headers": [(b"authorization", settled.authorization()["Authorization"].encode())],
        "client": None,
        "server": None,
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
        "state": {},
        "extensions": None,
        "asgi": {"version": "3.0", "spec_version": "2.0"},
    }

    async def receive() -> Any:
        return next(messages, {"type": "http.disconnect"})

    async def send(_: Any) -> None:
        pass

    asyncio.run(settled.client.app(scope, receive, send))
    lines = [json.loads(record.getMessage()) for record in caplog.records]
    assert [line["event"] for line in lines] == ["client_gone", "request"]
    assert {line["level"] for line in lines} == {"info"}
