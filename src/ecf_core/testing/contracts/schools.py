from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import SchoolId, school_id_of
from ecf_core.model.school import School
from ecf_core.ports.schools import SchoolsLoaded
from ecf_core.ports.storage import Storage
from ecf_core.testing.examples import (
    CLOSED,
    CLOSED_ID,
    ESTABLISHMENTS,
    FURNISHED_AT,
    GREENDALE,
    GREENDALE_ID,
    NOW,
    RIVERSIDE,
    TUTOR,
    furnish,
)

LATER = NOW + timedelta(days=1)
A_NEW_ONE = evolve(
    GREENDALE, urn="100099", name="New School", phase_code=None, opened_on=None, closed_on=None
)
HELD_ID = SchoolId(UUID("60000000-0000-4000-8000-000000000001"))


class SchoolsContract:
    """How the register's schools are kept."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    def test_every_field_of_a_school_survives(self, storage: Storage) -> None:
        with storage.begin() as work:
            assert work.schools.find(GREENDALE_ID) == School(
                id=GREENDALE_ID,
                establishment=GREENDALE,
                created_at=FURNISHED_AT,
                updated_at=FURNISHED_AT,
            )
            assert work.schools.find(HELD_ID) is None

    def test_loading_again_changes_nothing(self, storage: Storage) -> None:
        with storage.begin() as work:
            loaded = work.schools.load(((school_id_of(e.urn), e) for e in ESTABLISHMENTS), at=LATER)
            work.commit()
        assert loaded == SchoolsLoaded(created=0, updated=0, unchanged=len(ESTABLISHMENTS))
        with storage.begin() as work:
            school = work.schools.find(GREENDALE_ID)
            assert school is not None
            assert school.updated_at == FURNISHED_AT

    def test_loading_adds_what_is_new_and_changes_what_is_different(self, storage: Storage) -> None:
        moved = evolve(RIVERSIDE, postcode="AB1 2CD")
        with storage.begin() as work:
            loaded = work.schools.load(
                [(HELD_ID, A_NEW_ONE), (HELD_ID, moved), (GREENDALE_ID, GREENDALE)], at=LATER
            )
            work.commit()
        assert loaded == SchoolsLoaded(created=1, updated=1, unchanged=1)
        with storage.begin() as work:
            new = work.schools.find(HELD_ID)
            riverside = work.schools.find(school_id_of(RIVERSIDE.urn))
            ids = work.schools.ids()
        assert new is not None
        assert (new.establishment, new.created_at) == (A_NEW_ONE, LATER)
        assert riverside is not None
        assert riverside.establishment == moved
        assert (riverside.created_at, riverside.updated_at) == (FURNISHED_AT, LATER)
        assert ids[A_NEW_ONE.urn] == HELD_ID
        assert ids[RIVERSIDE.urn] == school_id_of(RIVERSIDE.urn)

    def test_loading_tells_whose_eligibility_changed(self, storage: Storage) -> None:
        with storage.begin() as work:
            loaded = work.schools.load(
                [
                    (GREENDALE_ID, evolve(GREENDALE, status_code=2)),
                    (CLOSED_ID, evolve(CLOSED, status_code=3)),
                    (HELD_ID, A_NEW_ONE),
                ],
                at=LATER,
            )
        assert loaded.no_longer_eligible == (GREENDALE_ID,)
        assert loaded.now_eligible == (CLOSED_ID,)

    def test_a_school_never_goes_back_in_time(self, storage: Storage) -> None:
        with storage.begin() as work:
            work.schools.load([(GREENDALE_ID, evolve(GREENDALE, town="Leeds"))], at=LATER)
            work.schools.load([(GREENDALE_ID, evolve(GREENDALE, town="York"))], at=NOW)
            school = work.schools.find(GREENDALE_ID)
        assert school is not None
        assert school.establishment.town == "York"
        assert school.updated_at == LATER

    def test_without_a_commit_no_school_is_loaded(self, storage: Storage) -> None:
        with storage.begin() as work:
            work.schools.load([(HELD_ID, A_NEW_ONE)], at=LATER)
        with storage.begin() as work:
            assert work.schools.find(HELD_ID) is None
            assert A_NEW_ONE.urn not in work.schools.ids()

    def test_the_induction_tutor_stays_with_the_school(self, storage: Storage) -> None:
        newer = evolve(TUTOR, name="Bob Tutor", updated_at=LATER)
        with storage.begin() as work:
            work.schools.set_induction_tutor(GREENDALE_ID, TUTOR)
            work.schools.set_induction_tutor(GREENDALE_ID, newer)
            work.schools.load([(GREENDALE_ID, evolve(GREENDALE, town="Leeds"))], at=LATER)
            work.commit()
        with storage.begin() as work:
            school = work.schools.find(GREENDALE_ID)
        assert school is not None
        assert school.induction_tutor == newer
