from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ecf_core.model.establishment import CIP_ONLY_TYPES, ELIGIBLE_TYPES, Establishment
from ecf_core.testing.examples import GREENDALE

ELIGIBLE, CIP_ONLY, NEITHER = 34, 11, 29

establishments = st.builds(
    evolve,
    st.just(GREENDALE),
    type_code=st.sampled_from([*ELIGIBLE_TYPES, *CIP_ONLY_TYPES, NEITHER, 99]),
    status_code=st.sampled_from([1, 2, 3, 4]),
    district_code=st.sampled_from(["E09000001", "e0", "W06000001", "9999", "99991", ""]),
    section_41_approved=st.booleans(),
)


def _expected(*, open_: bool, type_: int, england: bool, section_41: bool) -> tuple[bool, bool]:
    """Eligible and CIP only, as the guide and decision D-08 have it."""
    eligible = open_ and england and (type_ == ELIGIBLE or section_41)
    return eligible, open_ and type_ == CIP_ONLY and not eligible


@pytest.mark.parametrize(
    ("open_", "type_", "england", "section_41"),
    list(product([True, False], [ELIGIBLE, CIP_ONLY, NEITHER], [True, False], [True, False])),
)
def test_who_is_eligible_and_who_is_cip_only(
    *, open_: bool, type_: int, england: bool, section_41: bool
) -> None:
    entry = evolve(
        GREENDALE,
        type_code=type_,
        status_code=1 if open_ else 2,
        district_code="E06000001" if england else "W06000001",
        section_41_approved=section_41,
    )
    assert (entry.eligible, entry.cip_only) == _expected(
        open_=open_, type_=type_, england=england, section_41=section_41
    )


@pytest.mark.parametrize(("code", "is_open"), [(1, True), (2, False), (3, True), (4, False)])
def test_which_statuses_are_open(code: int, *, is_open: bool) -> None:
    assert evolve(GREENDALE, status_code=code).is_open is is_open


@pytest.mark.parametrize(
    ("district", "in_england"),
    [
        ("E09000001", True),
        ("e09000001", True),
        ("9999", True),
        ("99991", False),
        ("W06000015", False),
        ("", False),
    ],
)
def test_which_districts_are_in_england(district: str, *, in_england: bool) -> None:
    assert evolve(GREENDALE, district_code=district).in_england is in_england


def test_no_type_is_both_eligible_and_cip_only() -> None:
    assert not ELIGIBLE_TYPES & CIP_ONLY_TYPES
    assert (len(ELIGIBLE_TYPES), len(CIP_ONLY_TYPES)) == (30, 4)


@given(establishments)
def test_nobody_is_both_and_who_is_not_open_is_neither(entry: Establishment) -> None:
    assert not (entry.eligible and entry.cip_only)
    if not entry.is_open:
        assert not entry.eligible
        assert not entry.cip_only
