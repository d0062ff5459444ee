"""Participants in versions 1 and 2, also as CSV: sections 5.5 and 5.10 of the contract."""

import csv
from io import StringIO
from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.induction_record import InductionStatus, TrainingStatus
from ecf_core.testing.contracts.trained import (
    A_DAY,
    BEFORE,
    PURPLE_2020,
    PURPLE_2023,
    PURPLE_2024,
    a_mentor_too,
    a_training,
    gone_to,
)
from ecf_core.testing.examples import NOW, ORANGE_INSTITUTE
from tests.integration.http.training import FLAT, V1, V3, change, enrol, make_ready
from tests.integration.http.world import NOWHERE, World

ADA = a_training(1)
KEYS = [
    "email",
    "full_name",
    "mentor_id",
    "school_urn",
    "participant_type",
    "cohort",
    "status",
    "teacher_reference_number",
    "teacher_reference_number_validated",
    "eligible_for_funding",
    "pupil_premium_uplift",
    "sparsity_uplift",
    "training_status",
    "training_record_id",
    "schedule_identifier",
    "updated_at",
]


@pytest.fixture(autouse=True)
def _ready(world: World) -> None:
    make_ready(world)


def listed(world: World, query: str = "", path: str = V1) -> list[tuple[str, str]]:
    return [
        (each["id"], each["attributes"]["participant_type"])
        for each in world.shown(f"{path}?{query}")
    ]


@pytest.mark.parametrize("path", FLAT)
def test_a_training_is_shown_flat(world: World, path: str) -> None:
    enrol(world, ADA)
    (data,) = world.shown(path)
    assert (data["id"], data["type"]) == (str(ADA.person.id), "participant")
    assert list(data["attributes"]) == KEYS
    assert list(data["attributes"].values()) == [
        "teacher.1@example.org",
        "Teacher 1",
        None,
        "100001",
        "ect",
        "2024",
        "active",
        "0000001",
        False,
        None,
        False,
        False,
        "active",
        str(ADA.training_record.id),
        "ecf-standard-september",
        "2024-08-11T09:30:00Z",
    ]
    shown = world.call("GET", f"{path.removesuffix('/ecf')}/ecf/{ADA.person.id}")
    assert shown.json() == {"data": data}


@pytest.mark.parametrize("induction_status", InductionStatus)
def test_the_status_is_the_schools_whatever_the_dates(
    world: World, induction_status: InductionStatus
) -> None:
    record = evolve(ADA.record, induction_status=induction_status, end_date=NOW)
    enrol(world, evolve(ADA, record=record))
    gone = induction_status in {InductionStatus.WITHDRAWN, InductionStatus.CHANGED}
    (data,) = world.shown(V1)
    assert data["attributes"]["status"] == ("withdrawn" if gone else "active")


def test_who_trains_twice_is_listed_twice_and_shown_as_a_teacher(world: World) -> None:
    enrol(world, a_mentor_too(ADA, 9), a_training(3))
    enrol(world, evolve(ADA, person=ADA.person))
    id_ = str(ADA.person.id)
    assert sorted(listed(world)) == [
        (id_, "ect"),
        (id_, "mentor"),
        (str(a_training(3).person.id), "ect"),
    ]
    shown = world.call("GET", f"{V1}/{id_}").json()["data"]
    assert shown["attributes"]["participant_type"] == "ect"


def test_who_changed_cohort_is_listed_under_both(world: World) -> None:
    old = a_training(1, PURPLE_2023)
    enrol(world, old)
    change(world, lambda work: work.participants.put_records(*gone_to(old, 11, PURPLE_2024)))

    def cohorts(query: str) -> list[str]:
        return [each["attributes"]["cohort"] for each in world.shown(f"{V1}?{query}")]

    assert cohorts("") == ["2024"]
    assert cohorts("filter[cohort]=2023") == ["2023"]
    assert cohorts("filter[cohort]=2024") == ["2024"]
    assert cohorts("filter[cohort]=2023,2024") == ["2024"]
    shown = world.call("GET", f"{V1}/{old.person.id}?filter[cohort]=2023")
    assert shown.json()["data"]["attributes"]["cohort"] == "2023"
    assert world.shown(f"{V3}?filter[cohort]=2023") == []


def several(world: World) -> list[str]:
    """In the order in which they came; the first of them has changed last."""
    trainings = [a_training(50 - number, at=BEFORE + number * A_DAY) for number in range(5)]
    changed = evolve(trainings[0].person, updated_at=NOW)
    enrol(world, evolve(trainings[0], person=changed), *trainings[1:])
    return [str(each.person.id) for each in trainings]


def test_who_was_there_first_comes_first_or_who_changed_first(world: World) -> None:
    first, *others = several(world)

    def ids(query: str) -> list[str]:
        return [id_ for id_, _ in listed(world, query)]

    assert ids("") == [first, *others]
    assert ids("sort=-created_at") == [first, *others]
    assert ids("filter[training_status]=x&filter[from_participant_id]=y") == [first, *others]
    assert ids("filter[updated_since]=2020-01-01T00:00:00Z") == [*others, first]
    assert ids("filter[updated_since]=2024-09-10T09:30:00Z") == [first]
    assert ids("page[per_page]=2&page[page]=2") == others[1:3]


@pytest.mark.parametrize("query", ["", "filter[updated_since]=2020-01-01T00:00:00Z"])
def test_links_lead_through_the_whole_list(world: World, query: str) -> None:
    several(world)
    enrol(world, a_mentor_too(a_training(49, at=BEFORE + A_DAY), 9))
    everyone = listed(world, query)
    walked: list[tuple[str, str]] = []
    following: str | None = f"{V1}?{query}&page[per_page]=2"
    while following:
        response = world.call("GET", following)
        walked += [
            (each["id"], each["attributes"]["participant_type"]) for each in response.json()["data"]
        ]
        following = response.links.get("next", {}).get("url")
    assert len(walked) == 6
    assert walked == everyone


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("filter=abc", "Filter must be a hash"),
        (
            "filter[updated_since]=abc",
            "The filter '#/updated_since' must be a valid RCF3339 date",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(world: World, query: str, detail: str) -> None:
    for path in (*FLAT, f"{V1}/{NOWHERE}", f"{V1}.csv"):
        response = world.call("GET", f"{path}?{query}")
        assert response.status_code == 400
        assert response.json()["errors"][0]["detail"] == detail


@pytest.mark.parametrize("id_", [NOWHERE, "abc", str(ADA.training_record.id)])
def test_what_is_not_there_is_not_found(world: World, id_: str) -> None:
    enrol(world, ADA)
    for version in ("v1", "v2"):
        response = world.call("GET", f"/api/{version}/participants/ecf/{id_}")
        assert (response.status_code, response.json()) == (404, {"error": "Resource not Found"})
        assert world.call("GET", f"/api/{version}/participants/{ADA.person.id}").status_code == 404
    assert world.call("GET", f"{V1}/{ADA.person.id}", ORANGE_INSTITUTE).status_code == 404


def test_cohort_2020_has_to_be_asked_for(world: World) -> None:
    first = a_training(2, PURPLE_2020)
    enrol(world, first)
    assert listed(world) == []
    assert world.call("GET", f"{V1}/{first.person.id}").status_code == 404
    assert len(listed(world, "filter[cohort]=2020")) == 1


@pytest.mark.parametrize("path", FLAT)
def test_the_list_is_had_as_csv_too(world: World, path: str) -> None:
    awkward = evolve(ADA.person, full_name='Ada "A", Lovelace', trn=None)
    withdrawn = evolve(ADA.record, training_status=TrainingStatus.WITHDRAWN)
    enrol(world, evolve(ADA, person=awkward, record=withdrawn), a_training(2))
    response = world.call("GET", f"{path}.csv")
    assert response.headers["content-type"] == "text/csv"
    header, first, _ = response.text.splitlines()
    assert header == ",".join(["id", *KEYS])
    assert first == (
        f'{ADA.person.id},teacher.1@example.org,"Ada ""A"", Lovelace","",100001,ect,2024,active,'
        f'"","","",false,false,withdrawn,{ADA.training_record.id},ecf-standard-september,'
        "2024-08-11T09:30:00Z"
    )
    assert response.text.endswith("Z\n")
    assert "\r" not in response.text
    rows = list(csv.DictReader(StringIO(response.text)))
    assert [row["id"] for row in rows] == [id_ for id_, _ in listed(world, path=path)]


def test_csv_has_every_page_of_what_is_wanted(world: World) -> None:
    everyone = several(world)

    def ids(query: str) -> list[Any]:
        text = world.call("GET", f"{V1}.csv?{query}").text
        return [row["id"] for row in csv.DictReader(StringIO(text))]

    for query in ("", "page[per_page]=1", "page[page]=2", "page[page]=0", "page=x"):
        assert ids(query) == everyone
    assert ids("filter[updated_since]=2024-09-10T09:30:00Z") == everyone[:1]
    assert ids("filter[cohort]=2024") == everyone


def test_csv_of_nobody_is_empty(world: World) -> None:
    response = world.call("GET", f"{V1}.csv")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"] == "text/csv"


@pytest.mark.parametrize("path", FLAT)
def test_there_is_no_other_format(world: World, path: str) -> None:
    for extension in (".xml", ".html"):
        response = world.call("GET", f"{path}{extension}")
        assert (response.status_code, response.content) == (406, b"")
    accepting = world.call("GET", path, headers={"Accept": "text/csv"})
    for response in (accepting, world.call("GET", f"{path}.json")):
        assert response.headers["content-type"] == "application/vnd.api+json"
        assert response.json() == {"data": []}
    assert world.call("GET", f"{path}.xml?filter=x").status_code == 400
