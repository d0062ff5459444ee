"""The document that the Department publishes, and where it says what its service does not do."""

import json
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen
from httpx import Response

from ecf_core.model.induction_record import InductionStatus
from ecf_core.testing.contracts.trained import a_training
from ecf_core.testing.examples import ADMINISTRATOR, GREENDALE, GREENDALE_ID, NORTH_HUB
from tests.integration.http.contract import Contract
from tests.integration.http.training import V3, enrol, make_ready
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


def _changed_by_patch(world: World) -> Response:
    path = f"{PARTNERSHIPS}/{world.formed()['id']}"
    return world.call("PATCH", path, json=body({"delivery_partner_id": str(NORTH_HUB.id)}))


def _enrolment(document: Document) -> Document:
    properties: Document = document["components"]["schemas"]["ECFEnrolment"]["properties"]
    return properties


def _no_number(document: Document) -> None:
    schemas = document["components"]["schemas"]
    number = schemas["ECFParticipantAttributes"]["properties"]["teacher_reference_number"]
    number["nullable"] = True
    _enrolment(document)["teacher_reference_number_validated"]["nullable"] = True


def _no_partner(document: Document) -> None:
    _enrolment(document)["delivery_partner_id"]["nullable"] = True


def _no_status(document: Document) -> None:
    status = _enrolment(document)["participant_status"]
    status["nullable"] = True
    status["enum"].append(None)


def _no_end(document: Document) -> None:
    _enrolment(document)["mentor_ineligible_for_funding_reason"]["enum"].append(None)


def _of_a_participant(
    world: World, person: Mapping[str, Any] | None = None, record: Mapping[str, Any] | None = None
) -> Response:
    make_ready(world)
    made = a_training(1)
    enrol(
        world,
        evolve(
            made,
            person=evolve(made.person, **(person or {})),
            record=evolve(made.record, **(record or {})),
        ),
    )
    return world.call("GET", V3)


def _trained_with_a_discarded_partner(world: World) -> Response:
    _of_a_participant(world)
    world.container.use_cases().discard_delivery_partner(NORTH_HUB.id, by=ADMINISTRATOR)
    return world.call("GET", V3)


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
        "there is no PATCH",
        "The service takes PATCH for PUT.",
        _patch,
        _changed_by_patch,
    ),
    Mistake(
        "teacher_reference_number is always there, and either validated or not",
        "Both are null where the number is not known.",
        _no_number,
        lambda world: _of_a_participant(world, person={"trn": None}),
    ),
    Mistake(
        "delivery_partner_id is always there",
        "It is null once the delivery partner has been discarded.",
        _no_partner,
        _trained_with_a_discarded_partner,
    ),
    Mistake(
        "participant_status is always there",
        "It is null for whoever is leaving, nobody knows when.",
        _no_status,
        lambda world: _of_a_participant(
            world, record={"induction_status": InductionStatus.LEAVING}
        ),
    ),
    Mistake(
        "mentor_ineligible_for_funding_reason is nullable, but its values leave null out",
        "It is null as long as funding has not ended.",
        _no_end,
        _of_a_participant,
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
