"""What is shown of participants in version 3, and to whom: sections 5.4 and 10 of the contract."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import insert

from ecf_adapters.sql.tables import participant_id_changes
from ecf_core.model.induction_record import InductionStatus, TrainingStatus
from ecf_core.model.participant import Enrolment
from ecf_core.model.training_state import TrainingState
from ecf_core.ports.unit_of_work import UnitOfWork
from ecf_core.testing.contracts.partnerships import A_CHALLENGE
from ecf_core.testing.contracts.trained import (
    A_DAY,
    BEFORE,
    ORANGE_2024,
    PURPLE_2020,
    PURPLE_2024,
    UNPARTNERED,
    a_mentor_too,
    a_training,
    gone_to,
    said,
)
from ecf_core.testing.examples import NORTH_HUB, NOW, ORANGE_INSTITUTE
from tests.integration.http.training import V3, change, enrol, ids, make_ready
from tests.integration.http.world import NOWHERE, World

ADA = a_training(1)
ADAS = f"{V3}/{ADA.person.id}"


@pytest.fixture(autouse=True)
def _ready(world: World) -> None:
    make_ready(world)


def shown(world: World, path: str = ADAS) -> dict[str, Any]:
    response = world.call("GET", path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/vnd.api+json"
    data: dict[str, Any] = response.json()["data"]
    return data


def enrolment(world: World) -> dict[str, Any]:
    (only,) = shown(world)["attributes"]["ecf_enrolments"]
    found: dict[str, Any] = only
    return found


def test_a_participant_is_shown_with_these_attributes_in_this_order(world: World) -> None:
    mentor = a_training(2)
    record = evolve(ADA.record, mentor_id=mentor.person.id, email="ada@greendale.example.org")
    known = evolve(ADA.training_record, trn_validated=True, eligible_for_funding=True)
    enrol(world, mentor, evolve(ADA, training_record=known, record=record))
    data = shown(world)
    assert list(data) == ["id", "type", "attributes"]
    assert list(data["attributes"].items()) == [
        ("full_name", "Teacher 1"),
        ("teacher_reference_number", "0000001"),
        ("updated_at", "2024-08-11T09:30:00Z"),
        ("ecf_enrolments", data["attributes"]["ecf_enrolments"]),
        ("participant_id_changes", []),
    ]
    assert (data["id"], data["type"]) == (str(ADA.person.id), "participant")
    assert list(enrolment(world).items()) == [
        ("training_record_id", str(known.id)),
        ("email", "ada@greendale.example.org"),
        ("mentor_id", str(mentor.person.id)),
        ("school_urn", "100001"),
        ("participant_type", "ect"),
        ("cohort", "2024"),
        ("training_status", "active"),
        ("participant_status", "active"),
        ("teacher_reference_number_validated", True),
        ("eligible_for_funding", True),
        ("pupil_premium_uplift", False),
        ("sparsity_uplift", False),
        ("schedule_identifier", "ecf-standard-september"),
        ("delivery_partner_id", str(NORTH_HUB.id)),
        ("withdrawal", None),
        ("deferral", None),
        ("created_at", "2024-08-11T09:30:00Z"),
        ("induction_end_date", None),
        ("mentor_funding_end_date", None),
        ("cohort_changed_after_payments_frozen", False),
        ("mentor_ineligible_for_funding_reason", None),
    ]
    assert world.shown(V3)[0] == data


def test_what_is_not_known_is_null(world: World) -> None:
    enrol(world, evolve(ADA, person=evolve(ADA.person, trn=None)))
    assert shown(world)["attributes"]["teacher_reference_number"] is None
    assert enrolment(world)["teacher_reference_number_validated"] is None
    assert enrolment(world)["eligible_for_funding"] is None


MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("start", "end", "induction_status", "expected"),
    [
        (BEFORE, NOW + MOMENT, InductionStatus.LEAVING, "leaving"),
        (BEFORE, NOW + MOMENT, InductionStatus.WITHDRAWN, "leaving"),
        (BEFORE, NOW, InductionStatus.LEAVING, "left"),
        (BEFORE, NOW - MOMENT, InductionStatus.ACTIVE, "left"),
        (NOW + MOMENT, None, InductionStatus.ACTIVE, "joining"),
        (NOW + MOMENT, NOW + A_DAY, InductionStatus.ACTIVE, "leaving"),
        (NOW, None, InductionStatus.ACTIVE, "active"),
        (BEFORE, None, InductionStatus.COMPLETED, "active"),
        (BEFORE, None, InductionStatus.WITHDRAWN, "withdrawn"),
        (BEFORE, NOW - A_DAY, InductionStatus.CHANGED, "left"),
        (BEFORE, None, InductionStatus.LEAVING, None),
    ],
)
def test_the_status_is_that_of_the_moment(
    world: World,
    start: datetime,
    end: datetime | None,
    induction_status: InductionStatus,
    expected: str | None,
) -> None:
    record = evolve(ADA.record, start_date=start, end_date=end, induction_status=induction_status)
    enrol(world, evolve(ADA, record=record))
    assert enrolment(world)["participant_status"] == expected
    (listed,) = world.shown(V3)[0]["attributes"]["ecf_enrolments"]
    assert listed["participant_status"] == expected


def test_the_status_changes_as_time_goes_by(world: World) -> None:
    """Nothing is written, and nothing counts as updated."""
    enrol(world, evolve(ADA, record=evolve(ADA.record, start_date=NOW + A_DAY)))
    before = shown(world)
    assert enrolment(world)["participant_status"] == "joining"
    world.clock.advance(days=2)
    assert enrolment(world)["participant_status"] == "active"
    assert shown(world)["attributes"]["updated_at"] == before["attributes"]["updated_at"]


def _add_state(state: TrainingState, work: UnitOfWork) -> None:
    work.participants.add_state(state)


@pytest.mark.parametrize(
    ("status", "of", "reason"),
    [
        (TrainingStatus.WITHDRAWN, "withdrawal", "moved-school"),
        (TrainingStatus.DEFERRED, "deferral", "career-break"),
    ],
)
def test_why_and_when_one_stopped_is_what_the_lead_provider_said_last(
    world: World, status: TrainingStatus, of: str, reason: str
) -> None:
    enrol(world, evolve(ADA, record=evolve(ADA.record, training_status=status)))
    other = "deferral" if of == "withdrawal" else "withdrawal"
    states = [
        said(1, ADA, status, ORANGE_INSTITUTE, at=NOW + A_DAY),
        said(2, ADA, status, at=NOW - A_DAY),
        said(3, ADA, status, at=NOW),
    ]
    assert (enrolment(world)[of], enrolment(world)[other]) == (None, None)
    change(world, lambda work: work.participants.add_state(states[0]))
    assert (enrolment(world)[of], enrolment(world)[other]) == (None, None)
    for state in states[1:]:
        change(world, partial(_add_state, state))
    assert enrolment(world)["training_status"] == status
    assert enrolment(world)[of] == {"reason": reason, "date": "2024-09-10T09:30:00Z"}
    assert enrolment(world)[other] is None
    goes_on = evolve(ADA.record, training_status=TrainingStatus.ACTIVE, updated_at=NOW)
    change(world, lambda work: work.participants.put_records(goes_on))
    assert (enrolment(world)[of], enrolment(world)[other]) == (None, None)


def test_a_delivery_partner_that_was_discarded_is_null(world: World) -> None:
    enrol(world, ADA)
    discarded = evolve(NORTH_HUB, discarded_at=NOW, updated_at=NOW)
    change(world, lambda work: work.providers.put_delivery_partners([discarded]))
    assert enrolment(world)["delivery_partner_id"] is None
    assert shown(world)["attributes"]["updated_at"] == "2024-09-10T09:30:00Z"


def given_up(world: World, *changes: tuple[Enrolment, datetime]) -> None:
    """Ids that were given up for Ada's, by hand."""
    with world.container.engine().begin() as connection:
        for former, at in changes:
            row = {
                "from_id": former.person.id,
                "to_id": ADA.person.id,
                "participant_id": ADA.person.id,
                "changed_at": at,
            }
            connection.execute(insert(participant_id_changes), row)
    world.container.read_tables().rebuild()


def test_changes_of_id_are_shown_newest_first_and_found_by(world: World) -> None:
    first, second = a_training(7, UNPARTNERED), a_training(8, UNPARTNERED)
    enrol(world, ADA, first, second, a_training(3))
    given_up(world, (first, NOW - A_DAY), (second, NOW))
    assert shown(world)["attributes"]["participant_id_changes"] == [
        {
            "from_participant_id": str(former.person.id),
            "to_participant_id": str(ADA.person.id),
            "changed_at": at,
        }
        for former, at in ((second, "2024-09-10T09:30:00Z"), (first, "2024-09-09T09:30:00Z"))
    ]
    for former in (str(first.person.id), str(second.person.id).upper().replace("-", "")):
        assert ids(world, f"filter[from_participant_id]={former}") == [str(ADA.person.id)]
        assert shown(world, f"{ADAS}?filter[from_participant_id]={former}")["id"]
    for unknown in (str(ADA.person.id), NOWHERE, "abc"):
        assert ids(world, f"filter[from_participant_id]={unknown}") == []
    assert len(ids(world, "filter[from_participant_id]=")) == 2
    assert world.call("GET", f"{V3}/{first.person.id}").status_code == 404
    world.container.read_tables().check()


def test_a_person_who_trains_twice_is_shown_once_with_both(world: World) -> None:
    enrol(world, ADA, a_mentor_too(ADA, 9))
    (data,) = world.shown(V3)
    types = [each["participant_type"] for each in data["attributes"]["ecf_enrolments"]]
    assert types == ["ect", "mentor"]
    assert shown(world) == data


@pytest.mark.parametrize("induction_status", InductionStatus)
@pytest.mark.parametrize("training_status", TrainingStatus)
def test_whatever_the_status_a_participant_is_seen(
    world: World, induction_status: InductionStatus, training_status: TrainingStatus
) -> None:
    record = evolve(
        ADA.record,
        induction_status=induction_status,
        training_status=training_status,
        end_date=NOW,
    )
    enrol(world, evolve(ADA, record=record))
    assert shown(world)["id"] == str(ADA.person.id)


def test_who_is_not_trained_by_the_lead_provider_is_not_seen(world: World) -> None:
    assert ORANGE_2024.partnership is not None
    others = (a_training(2, ORANGE_2024), a_training(3, UNPARTNERED))
    enrol(world, *others)
    assert ids(world) == []
    for other in others:
        assert world.call("GET", f"{V3}/{other.person.id}").status_code == 404
    assert len(world.shown(V3, ORANGE_INSTITUTE)) == 1


def test_participants_of_a_challenged_partnership_are_not_seen(world: World) -> None:
    assert PURPLE_2024.partnership is not None
    enrol(world, ADA)
    challenged = evolve(PURPLE_2024.partnership, challenge=A_CHALLENGE, updated_at=NOW)
    change(world, lambda work: work.partnerships.save(challenged))
    assert ids(world) == []
    response = world.call("GET", ADAS)
    assert (response.status_code, response.json()) == (404, {"error": "Resource not Found"})


def test_a_lead_provider_keeps_seeing_who_has_left_as_it_was(world: World) -> None:
    enrol(world, ADA)
    change(world, lambda work: work.participants.put_records(*gone_to(ADA, 11, ORANGE_2024)))
    assert enrolment(world)["participant_status"] == "left"
    assert enrolment(world)["school_urn"] == "100001"
    (data,) = world.shown(V3, ORANGE_INSTITUTE)
    (joined,) = data["attributes"]["ecf_enrolments"]
    assert (joined["participant_status"], joined["cohort"]) == ("active", "2024")


def test_ids_are_taken_in_any_spelling_and_nothing_else_is_one(world: World) -> None:
    enrol(world, ADA)
    id_ = str(ADA.person.id)
    for spelt in (id_.upper(), id_.replace("-", ""), f"{id_}.csv", f"{id_}.json"):
        assert shown(world, f"{V3}/{spelt}")["id"] == id_
    for none in (NOWHERE, "abc", str(ADA.training_record.id)):
        assert world.call("GET", f"{V3}/{none}").status_code == 404


def test_cohort_2020_has_to_be_asked_for(world: World) -> None:
    first = a_training(2, PURPLE_2020)
    enrol(world, first)
    path = f"{V3}/{first.person.id}"
    assert ids(world) == []
    assert world.call("GET", path).status_code == 404
    assert ids(world, "filter[cohort]=2020") == [str(first.person.id)]
    assert shown(world, f"{path}?filter[cohort]=2020")["id"] == str(first.person.id)


def test_the_extension_says_nothing(world: World) -> None:
    enrol(world, ADA)
    for extension in (".csv", ".json", ".xml"):
        response = world.call("GET", f"{V3}{extension}")
        assert response.headers["content-type"] == "application/vnd.api+json"
        assert len(response.json()["data"]) == 1


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_but_get_is_there(world: World, verb: str) -> None:
    for path in (V3, ADAS, "/api/v3/participants", "/api/v1/participants/ecf"):
        assert world.call(verb, path).status_code == 404


def test_there_are_no_participants_without_ecf(world: World) -> None:
    assert world.call("GET", "/api/v3/participants").status_code == 404
