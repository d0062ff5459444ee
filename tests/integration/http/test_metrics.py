"""What operators can see of the requests, and what they cannot."""

import re

from ecf_core.testing.examples import ORANGE_INSTITUTE, PURPLE_LEARNING
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, SCHOOLS, World, body

ROUTE = "/api/v3/partnerships/ecf"


def numbers(world: World) -> dict[str, float]:
    response = world.client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    samples = (line.rpartition(" ") for line in response.text.splitlines() if line[0] != "#")
    return {name: float(value) for name, _, value in samples}


def answered(method: str, route: str, status: int) -> str:
    return f'ecf_http_requests_total{{method="{method}",route="{route}",status="{status}"}}'


def test_requests_are_counted_by_method_route_and_status(world: World) -> None:
    id_ = world.formed()["id"]
    for _ in range(2):
        world.call("GET", f"{PARTNERSHIPS}/{id_}")
    world.call("GET", f"{PARTNERSHIPS}/{NOWHERE}")
    world.call("POST", PARTNERSHIPS, json=body({}))
    world.client.get(SCHOOLS)
    counted = numbers(world)
    one = f"{ROUTE}/{{partnership_id}}"
    assert counted[answered("POST", ROUTE, 200)] == 1
    assert counted[answered("POST", ROUTE, 422)] == 1
    assert counted[answered("GET", one, 200)] == 2
    assert counted[answered("GET", one, 404)] == 1
    assert counted[answered("GET", SCHOOLS, 401)] == 1
    assert counted[f'ecf_http_request_duration_seconds_count{{method="GET",route="{one}"}}'] == 3


def test_what_anybody_can_make_up_is_no_label(world: World) -> None:
    for number in range(3):
        world.call("GET", f"/nothing/{number}")
        world.call(f"VERB{number}", PARTNERSHIPS)
    world.call("OPTIONS", PARTNERSHIPS)
    world.call("GET", f"{PARTNERSHIPS}/{NOWHERE}?filter[cohort]=2024", by=ORANGE_INSTITUTE)
    counted = numbers(world)
    assert counted[answered("GET", "other", 404)] == 3
    assert counted[answered("other", "other", 404)] == 3
    assert counted[answered("OPTIONS", "other", 404)] == 1
    shown = "\n".join(counted)
    assert not re.search(r"nothing|VERB|2024", shown)
    for told in (NOWHERE, PURPLE_LEARNING.name, ORANGE_INSTITUTE.name, *world.tokens.values()):
        assert told not in shown


def test_requests_in_flight_are_those_that_are_not_answered_yet(world: World) -> None:
    world.call("GET", "/nothing")
    assert numbers(world)["ecf_http_requests_in_flight"] == 1  # the one that asks
