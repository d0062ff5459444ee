import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from httpx import Response

import ecf_http.openapi
from ecf_core.rules.profile import PROFILES
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, World, body

ASSETS = Path(ecf_http.openapi.__file__).parent / "assets"
OPERATIONS = [
    ("get", "/api/v3/partnerships/ecf"),
    ("post", "/api/v3/partnerships/ecf"),
    ("get", "/api/v3/partnerships/ecf/{id}"),
    ("put", "/api/v3/partnerships/ecf/{id}"),
    ("patch", "/api/v3/partnerships/ecf/{id}"),
    ("get", "/api/v3/schools/ecf"),
    ("get", "/api/v3/schools/ecf/{id}"),
    ("get", "/api/v3/schools/ecf/{id}/partnership-check"),
    ("get", "/api/v3/delivery-partners"),
    ("get", "/api/v3/delivery-partners/{id}"),
    ("get", "/api/v3/participants/ecf"),
    ("get", "/api/v3/participants/ecf/{id}"),
    ("get", "/api/v3/participants/ecf/transfers"),
    ("get", "/api/v3/participants/ecf/{id}/transfers"),
    ("get", "/api/v3/unfunded-mentors/ecf"),
    ("get", "/api/v3/unfunded-mentors/ecf/{id}"),
    *(
        ("get", f"/api/{version}/participants{rest}")
        for version in ("v1", "v2")
        for rest in ("/ecf", "/ecf.csv", "", ".csv", "/ecf/{id}")
    ),
    *(
        ("put", f"/api/{which}/{{id}}/{action}")
        for which in (
            "v3/participants/ecf",
            "v1/participants/ecf",
            "v1/participants",
            "v2/participants/ecf",
        )
        for action in ("defer", "withdraw", "resume", "change-schedule")
    ),
]


def document_of(world: World) -> dict[str, Any]:
    response = world.client.get("/api/openapi.json")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    document: dict[str, Any] = response.json()
    return document


def operations_of(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def query_of(operation: dict[str, Any]) -> set[str]:
    return {p["name"] for p in operation["parameters"] if p["in"] == "query"}


def test_every_operation_is_documented_under_an_id_of_its_own(settled: World) -> None:
    operations = operations_of(document_of(settled))
    assert [(method, path) for method, path, _ in operations] == OPERATIONS
    assert len({operation["operationId"] for *_, operation in operations}) == len(OPERATIONS)


def test_no_token_is_needed_and_what_one_has_is_not_sent_again(settled: World) -> None:
    for path in ("/api/openapi.json", "/api/docs"):
        assert settled.client.get(path).status_code == 200
    tag = settled.client.get("/api/openapi.json").headers["etag"]
    again = settled.client.get("/api/openapi.json", headers={"If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_parameter_is_read_if_and_only_if_it_is_documented(
    settled: World, method: str, path: str
) -> None:
    """A NUL byte is no value of any parameter that is read, but for the order of a list."""
    document = document_of(settled)
    everywhere = {name for *_, operation in operations_of(document) for name in query_of(operation)}
    documented = query_of(document["paths"][path][method])
    sound = {"filter[cohort]": "2024"}
    shown = path.replace("{id}", NOWHERE)
    refused = set()
    for name in everywhere - {"sort"}:
        response = settled.call(method, shown, params={**sound, name: "\0"}, json=body({}))
        if response.status_code == 400:
            assert response.json()["errors"][0]["source"] == {"parameter": name}
            refused.add(name)
    assert refused == documented - {"sort"}


@pytest.mark.parametrize(
    "path",
    [
        path
        for method, path in OPERATIONS
        if method == "get"
        and path.startswith("/api/v3")
        and "{id}" not in path
        and not path.endswith("/transfers")  # they have one order
    ],
)
def test_a_list_is_sorted_by_every_column_that_is_documented(settled: World, path: str) -> None:
    (sort,) = (
        parameter
        for parameter in document_of(settled)["paths"][path]["get"]["parameters"]
        if parameter["name"] == "sort"
    )
    columns = re.findall(r"`(\w+)`", sort["description"].partition("Any of")[2])
    assert len(columns) >= 3
    for column in columns:
        query = {"filter[cohort]": "2024", "sort": f"-{column}"}
        assert settled.call("GET", path, params=query).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch"])
def test_an_attribute_is_read_if_and_only_if_it_is_documented(world: World, method: str) -> None:
    path = PARTNERSHIPS if method == "post" else f"{PARTNERSHIPS}/{{id}}"
    at = path.replace("{id}", world.formed()["id"])
    operation = document_of(world)["paths"][path][method]
    schema = operation["requestBody"]["content"]["application/vnd.api+json"]["schema"]
    documented = schema["properties"]["data"]["properties"]["attributes"]["properties"]
    every = {"cohort", "school_id", "delivery_partner_id", "lead_provider_id", "status", "urn"}
    refused = {
        name for name in every if world.call(method, at, json=body({name: "\0"})).status_code == 400
    }
    assert refused == set(documented)


@pytest.mark.parametrize("method", ["post", "put"])
def test_every_rule_about_what_is_sent_is_among_the_examples(settled: World, method: str) -> None:
    path = PARTNERSHIPS if method == "post" else f"{PARTNERSHIPS}/{{id}}"
    refusal = document_of(settled)["paths"][path][method]["responses"]["422"]
    examples = refusal["content"]["application/vnd.api+json"]["examples"].values()
    shown = [
        (error["title"], error["code"], error["detail"])
        for example in examples
        for error in example["value"]["errors"]
    ]
    for profile in PROFILES.values():
        act = "creating_a_partnership" if method == "post" else "updating_a_partnership"
        rules = [(rule.field, rule.code, rule.message) for rule in getattr(profile, act)]
        assert shown == [r for r in rules if r[0] not in {"lead_provider_id", "partnership"}]


@pytest.mark.parametrize(
    ("action", "act"),
    [
        ("defer", "deferring_training"),
        ("withdraw", "withdrawing_training"),
        ("resume", "resuming_training"),
        ("change-schedule", "changing_a_schedule"),
    ],
)
def test_every_rule_of_an_action_is_documented(settled: World, action: str, act: str) -> None:
    """And there is no 404 for whom it names."""
    operation = document_of(settled)["paths"][f"/api/v3/participants/ecf/{{id}}/{action}"]["put"]
    assert "404" not in operation["responses"]
    content = operation["responses"]["422"]["content"]["application/vnd.api+json"]
    shown = [
        (error["title"].replace("Invalid action", "action"), error["code"], error["detail"])
        for example in content["examples"].values()
        for error in example["value"]["errors"]
    ]
    for profile in PROFILES.values():
        assert shown == [(r.field, r.code, r.message) for r in getattr(profile, act)]


def test_every_example_is_as_the_document_says(settled: World) -> None:
    document = document_of(settled)
    looked_at = 0
    for *_, operation in operations_of(document):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for content in (c for body_ in bodies for c in body_.get("content", {}).values()):
            schema = {"components": document["components"], **content["schema"]}
            values = [e["value"] for e in content.get("examples", {}).values()]
            for value in [*values, *([content["example"]] if "example" in content else [])]:
                jsonschema_rs.validator_for(schema, validate_formats=True).validate(value)
                looked_at += 1
        for parameter in operation["parameters"]:
            if "example" in parameter:
                jsonschema_rs.validate(parameter["schema"], parameter["example"])
    assert looked_at > 100


class Addresses(HTMLParser):
    """Everything that a page fetches."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"link": "href", "script": "src", "img": "src"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value]


def policy(response: Response) -> dict[str, list[str]]:
    """What its Content-Security-Policy admits."""
    directives = response.headers["content-security-policy"].split(";")
    return {words[0]: words[1:] for words in map(str.split, directives)}


def test_the_page_asks_no_other_host(settled: World) -> None:
    page = settled.client.get("/api/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    addresses = Addresses()
    addresses.feed(page.text)
    asked = [address for address in addresses.found if not address.startswith("data:")]
    assert len(asked) == 3
    for address in asked:
        assert address.startswith("/api/docs/")
        assert settled.client.get(address).status_code == 200
    admitted = policy(page)
    assert admitted.pop("default-src") == ["'none'"]
    assert {source for sources in admitted.values() for source in sources} == {
        "'self'",
        "'none'",
        "data:",
    }
    assert admitted["script-src"] == ["'self'"]


def test_everything_else_may_show_nothing(settled: World) -> None:
    for path in ("/api/openapi.json", PARTNERSHIPS, "/api/docs/nothing"):
        admitted = policy(settled.client.get(path))
        assert admitted == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}


def test_what_is_not_ours_is_as_its_readme_says() -> None:
    sums = re.findall(r"^([0-9a-f]{64})  (\S+)$", (ASSETS / "README.md").read_text(), re.MULTILINE)
    assert [name for _, name in sums] == ["swagger-ui.css", "swagger-ui-bundle.js"]
    for expected, name in sums:
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == expected


@pytest.mark.parametrize("name", ["%00", "a" * 3000, "..%2f__init__.py", "document.py", "x/y"])
def test_nothing_but_the_page_is_looked_for(settled: World, name: str) -> None:
    assert settled.client.get(f"/api/docs/{name}").status_code == 404
