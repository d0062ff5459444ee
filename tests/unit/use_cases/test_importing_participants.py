from typing import Any

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.model.appropriate_body import BodyType
from ecf_core.model.participant import ParticipantType
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.testing.examples import ADMINISTRATOR, GREENDALE_ID, RIVERSIDE, RIVERSIDE_ID
from ecf_core.testing.participants import NORTH_AUTHORITY, an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.import_appropriate_bodies import AppropriateBodyRow
from ecf_core.use_cases.import_participants import EnrolmentRow, ParticipantsLoaded

ADA = an_enrolment("Ada Teacher")
MO = an_enrolment("Mo Mentor", type_=ParticipantType.MENTOR)


@pytest.fixture(autouse=True)
def _chosen(storage: MemoryStorage, use_cases: UseCases) -> None:
    furnish_for_participants(storage.begin)
    request = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="school_led")
    use_cases.confirm_programme(request, by=ADMINISTRATOR)


def _load(use_cases: UseCases, *requests: EnrolmentRequest) -> ParticipantsLoaded:
    rows = [EnrolmentRow(line=line, request=r) for line, r in enumerate(requests, start=2)]
    return use_cases.import_participants(rows, by=ADMINISTRATOR)


def _counts(loaded: ParticipantsLoaded) -> tuple[int, int, int]:
    return loaded.created, loaded.unchanged, loaded.rejected


def test_a_file_is_loaded_once(use_cases: UseCases, queries: Queries) -> None:
    rows = [an_enrolment(f"Teacher {number}") for number in range(50)]
    assert _counts(_load(use_cases, *rows)) == (50, 0, 0)
    before = queries.participants.all(ParticipantsFilter())
    assert _counts(_load(use_cases, *rows)) == (0, 50, 0)
    assert queries.participants.all(ParticipantsFilter()) == before


def test_bad_rows_are_left_out_and_told_of(use_cases: UseCases, queries: Queries) -> None:
    loaded = _load(
        use_cases,
        evolve(ADA, urn="999999", email="ada"),
        MO,
        evolve(an_enrolment("Bo Teacher"), mentor_email="nobody@example.org"),
        evolve(an_enrolment("Cy Teacher"), cohort=2023),
    )
    assert _counts(loaded) == (1, 0, 3)
    assert [(p.line, p.column, p.value, p.code) for p in loaded.problems] == [
        (2, "urn", "999999", "invalid"),
        (2, "email", "ada", "invalid"),
        (4, "mentor_email", "nobody@example.org", "invalid"),
        (5, "programme_id", "", "no_programme"),
    ]
    (row,) = queries.participants.all(ParticipantsFilter())
    assert row.full_name == "Mo Mentor"


def test_a_strict_file_with_a_bad_row_is_refused(use_cases: UseCases, queries: Queries) -> None:
    rows = [
        EnrolmentRow(line=2, request=ADA),
        EnrolmentRow(line=3, request=evolve(MO, type="head")),
    ]
    with pytest.raises(RowsRefused) as refusal:
        use_cases.import_participants(rows, by=ADMINISTRATOR, strict=True)
    assert [(p.line, p.column, p.code) for p in refusal.value.problems] == [(3, "type", "invalid")]
    assert queries.participants.all(ParticipantsFilter()) == ()


def test_what_could_not_be_read_is_told_with_the_rest(use_cases: UseCases) -> None:
    unreadable = RowProblem(line=3, column="cohort", value="x", code="invalid", message="is none")
    rows = [
        EnrolmentRow(line=2, request=evolve(ADA, urn="999999")),
        EnrolmentRow(line=4, request=evolve(ADA, email="ada")),
        EnrolmentRow(line=5, request=MO),
    ]
    with pytest.raises(RowsRefused) as refusal:
        use_cases.import_participants(rows, by=ADMINISTRATOR, strict=True, unreadable=[unreadable])
    assert [p.line for p in refusal.value.problems] == [2, 3, 4]
    loaded = use_cases.import_participants(rows, by=ADMINISTRATOR, unreadable=[unreadable])
    assert _counts(loaded) == (1, 0, 3)
    assert [p.line for p in loaded.problems] == [2, 3, 4]


def test_an_ect_is_supported_by_a_mentor_of_the_same_file_wherever_it_stands(
    use_cases: UseCases, queries: Queries
) -> None:
    loaded = _load(use_cases, evolve(ADA, mentor_email="MO.mentor@example.org"), MO)
    assert _counts(loaded) == (2, 0, 0)
    rows = {row.type: row for row in queries.participants.all(ParticipantsFilter())}
    assert rows["ect"].latest.mentor_id == rows["mentor"].id


def test_rows_of_one_file_meet_one_another(use_cases: UseCases, queries: Queries) -> None:
    loaded = _load(
        use_cases,
        evolve(ADA, trn="1234567"),
        evolve(ADA, trn="1234567"),
        evolve(an_enrolment("Someone Else"), email=ADA.email),
        evolve(an_enrolment("Another Ada"), trn="RP 1234567", urn=RIVERSIDE.urn),
        evolve(ADA, type="mentor"),
    )
    assert _counts(loaded) == (2, 1, 2)
    assert [(p.line, p.code) for p in loaded.problems] == [
        (4, "taken"),
        (5, "taken"),
        (5, "no_programme"),
    ]
    shown = queries.participants.all(ParticipantsFilter())
    assert {row.type for row in shown} == {"ect", "mentor"}
    assert len({row.id for row in shown}) == 1
    assert {row.trn for row in shown} == {"1234567"}


def test_who_has_moved_to_another_address_is_met_there(
    use_cases: UseCases, queries: Queries
) -> None:
    """The second row names the address that the first one has given up."""
    known = evolve(ADA, trn="1234567")
    _load(use_cases, known)
    loaded = _load(
        use_cases,
        evolve(known, type="mentor", email="ada.new@example.org"),
        evolve(known, type="mentor", trn=None),
    )
    assert _counts(loaded) == (1, 0, 1)
    assert [(p.line, p.column, p.code) for p in loaded.problems] == [(3, "email", "not_recorded")]
    shown = queries.participants.all(ParticipantsFilter())
    assert {row.email for row in shown} == {"ada.new@example.org"}


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"email": "ada.new@example.org"}, [("email", "ada.new@example.org", "not_recorded")]),
        ({"email": "ada"}, [("email", "ada", "invalid")]),
        ({"email": "MO.mentor@example.org"}, [("email", "MO.mentor@example.org", "taken")]),
        ({"trn": "7654321"}, [("email", "ada.teacher@example.org", "taken")]),
        ({"trn": "12"}, [("trn", "12", "invalid")]),
        ({"urn": RIVERSIDE.urn}, [("email", "ada.teacher@example.org", "already_enrolled")]),
        ({"cohort": 2023}, [("email", "ada.teacher@example.org", "already_enrolled")]),
        ({"mentor_email": "nobody@example.org", "trn": None}, []),
        ({"email": "ADA.TEACHER@example.org", "trn": "RP/1234567"}, []),
    ],
)
def test_a_row_that_contradicts_what_is_recorded_is_told_of(
    use_cases: UseCases,
    queries: Queries,
    changes: dict[str, Any],
    problems: list[tuple[str, str, str]],
) -> None:
    known = evolve(ADA, trn="1234567")
    for school in (GREENDALE_ID, RIVERSIDE_ID):
        for cohort in (2023, 2024):
            use_cases.confirm_programme(
                ProgrammeRequest(school_id=school, cohort=cohort, programme="school_led"),
                by=ADMINISTRATOR,
            )
    _load(use_cases, known, MO)
    before = queries.participants.all(ParticipantsFilter())
    loaded = _load(use_cases, evolve(known, **changes))
    assert [(p.column, p.value, p.code) for p in loaded.problems] == problems
    assert _counts(loaded) == (0, 0 if problems else 1, len(problems))
    assert queries.participants.all(ParticipantsFilter()) == before


def test_a_trn_that_is_not_recorded_is_not_lost_in_silence(use_cases: UseCases) -> None:
    _load(use_cases, ADA)
    loaded = _load(use_cases, evolve(ADA, trn="1234567"))
    assert [(p.column, p.value, p.code) for p in loaded.problems] == [
        ("trn", "1234567", "not_recorded")
    ]


def test_a_file_is_one_event(use_cases: UseCases, storage: MemoryStorage) -> None:
    before = len(storage.state.events)
    _load(use_cases, ADA, MO, evolve(ADA, urn="nowhere"))
    (happened,) = storage.state.events[before:]
    assert happened.event.name == "participants_imported"
    _load(use_cases, ADA)
    assert len(storage.state.events) == before + 1


def _body(line: int, name: str, type_: str) -> AppropriateBodyRow:
    return AppropriateBodyRow(line=line, name=name, type=type_)


def test_appropriate_bodies_are_added_and_change_their_type(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    rows = [
        _body(2, NORTH_AUTHORITY.name, "national"),
        _body(3, "  A   Hub ", "teaching_school_hub"),
    ]
    loaded = use_cases.import_appropriate_bodies(rows, by=ADMINISTRATOR)
    assert (loaded.created, loaded.updated, loaded.unchanged) == (1, 1, 0)
    again = use_cases.import_appropriate_bodies(rows, by=ADMINISTRATOR)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    with storage.begin() as work:
        hub, north = work.appropriate_bodies.all()
    assert (hub.name, hub.type) == ("A Hub", BodyType.TEACHING_SCHOOL_HUB)
    assert (north.id, north.type) == (NORTH_AUTHORITY.id, BodyType.NATIONAL)


def test_a_file_of_appropriate_bodies_is_refused_with_everything_wrong_in_it(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    rows = [
        _body(2, "", "national"),
        _body(3, "A Hub", "hub"),
        _body(4, "B Hub", "national"),
        _body(5, "B  Hub", "national"),
        _body(6, "x" * 501, "national"),
    ]
    with pytest.raises(RowsRefused) as refusal:
        use_cases.import_appropriate_bodies(rows, by=ADMINISTRATOR)
    assert [(p.line, p.column, p.code) for p in refusal.value.problems] == [
        (2, "name", "blank"),
        (3, "type", "invalid"),
        (5, "name", "duplicate"),
        (6, "name", "too_long"),
    ]
    with storage.begin() as work:
        assert work.appropriate_bodies.all() == (NORTH_AUTHORITY,)
