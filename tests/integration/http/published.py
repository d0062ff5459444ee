"""The document that the Department publishes, and where it says what its service does not do."""

import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen
from httpx import Response

from ecf_core.testing.examples import ADMINISTRATOR, GREENDALE, GREENDALE_ID, NORTH_HUB
from tests.integration.http.contract import Contract
from tests.integration.http.training import act, train
from tests.integration.http.world import JSON_API, NOWHERE, PARTNERSHIPS, World, body

_FILE: Final = Path(__file__).parents[2] / "data" / "lead-provider-api-v3.json"
Document = dict[str, Any]


@frozen
class Mistake:
    """What is wrong in it, how it would be right, and a response by which it shows."""

    name: str
    reason: str
    mend: Callable[[Document], None]
    seen_in: Callable[[World], Response]


def _content_type(document: Document) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                content = response["content"]
                content[JSON_API] = content.pop("application/json")


def _not_found(document: Document) -> None:
    document["components"]["schemas"]["NotFoundResponse"] = {
        "type": "object",
        "required": ["error"],
        "properties": {"error": {"type": "string"}},
    }


def _refused(document: Document) -> None:
    text = {"type": "string"}
    document["components"]["schemas"]["ECFPartnershipRequestErrorResponse"] = {
        "type": "object",
        "required": ["errors"],
        "properties": {
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["title", "detail"],
                    "properties": {
                        "title": text,
                        "detail": text,
                        "code": text,  # ours, like the source
                        "source": {"type": "object"},
                    },
                },
            }
        },
    }


def _partnership(document: Document) -> Document:
    schemas = document["components"]["schemas"]
    properties: Document = schemas["ECFPartnershipAttributes"]["properties"]
    return properties


def _no_name(document: Document) -> None:
    _partnership(document)["delivery_partner_name"]["nullable"] = True


def _no_address(document: Document) -> None:
    _partnership(document)["induction_tutor_email"]["nullable"] = True


def _no_reason(document: Document) -> None:
    _partnership(document)["challenged_reason"]["enum"].append(None)


def _unknown(document: Document) -> None:
    schemas = document["components"]["schemas"]
    schemas["ECFParticipantAttributes"]["properties"]["teacher_reference_number"]["nullable"] = True
    enrolment = schemas["ECFEnrolment"]["properties"]
    enrolment["teacher_reference_number_validated"]["nullable"] = True
    enrolment["mentor_ineligible_for_funding_reason"]["enum"].append(None)
    for stop in ("withdrawal", "deferral"):
        enrolment[stop]["anyOf"].append({"type": "null"})


def _patch(document: Document) -> None:
    path = document["paths"]["/api/v3/partnerships/ecf/{id}"]
    path["patch"] = path["put"]


def _of_a_discarded_partner(world: World) -> Response:
    id_ = world.formed()["id"]
    world.container.use_cases().discard_delivery_partner(NORTH_HUB.id, by=ADMINISTRATOR)
    return world.call("GET", f"{PARTNERSHIPS}/{id_}")


def _of_a_school_without_an_address(world: World) -> Response:
    with world.container.storage().begin() as work:
        work.schools.load(
            [(GREENDALE_ID, evolve(GREENDALE, primary_contact_email=""))], at=world.clock.now()
        )
        work.commit()
    return world.create()


def _of_a_participant_without_a_number(world: World) -> Response:
    return act(world, "defer", train(world))


def _changed_by_patch(world: World) -> Response:
    path = f"{PARTNERSHIPS}/{world.formed()['id']}"
    return world.call("PATCH", path, json=body({"delivery_partner_id": str(NORTH_HUB.id)}))


MISTAKES: Final = (
    Mistake(
        "application/json",
        "The content type is application/vnd.api+json.",
        _content_type,
        World.index,
    ),
    Mistake(
        "404 has errors",
        'The body is {"error": "Resource not Found"}, as it has been since December 2021.',
        _not_found,
        lambda world: world.call("GET", f"{PARTNERSHIPS}/{NOWHERE}"),
    ),
    Mistake(
        "422 has the key error, and titles that nobody sends",
        "The key is errors, and a title is the name of the attribute.",
        _refused,
        lambda world: world.create(cohort=""),
    ),
    Mistake(
        "delivery_partner_name is always there",
        "It is null once the delivery partner has been discarded.",
        _no_name,
        _of_a_discarded_partner,
    ),
    Mistake(
        "induction_tutor_email is always there",
        "It is null where the school has neither a tutor nor an address.",
        _no_address,
        _of_a_school_without_an_address,
    ),
    Mistake(
        "challenged_reason is nullable, but its values leave null out",
        "It is null unless the partnership has been challenged.",
        _no_reason,
        World.create,
    ),
    Mistake(
        "what is not known of a participant is always there",
        "It is null: the number, whether it is valid, and what has not been said.",
        _unknown,
        _of_a_participant_without_a_number,
    ),
    Mistake(
        "there is no PATCH",
        "The service takes PATCH for PUT.",
        _patch,
        _changed_by_patch,
    ),
)
"""Statuses that the document leaves out, and its examples, are not judged."""


def published(mistakes: Iterable[Mistake] = MISTAKES) -> Contract:
    """The document as it would be without these mistakes."""
    document = deepcopy(_read())
    for mistake in mistakes:
        mistake.mend(document)
    return Contract(document)


@cache
def _read() -> Document:
    read: Document = json.loads(_FILE.read_text())
    return read
