"""The walk through the code goes as the page says: a real request is followed, call by call."""

import re
import threading
from types import FrameType
from typing import Any

import pytest
from litestar.testing import TestClient

from ecf_adapters.memory import MemoryStorage, memory_queries
from ecf_core import DOCUMENTED, ProgrammeRequest, UseCases
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE_ID,
    NORTH_HUB,
    PURPLE_LEARNING,
    furnish,
)
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_http.app import create_app
from tests.integration.docs.transcript import DOCS, ROOT

PAGE = DOCS / "explanation" / "a-request-through-the-code.md"
STEP = re.compile(r"^\| \[([\w/.]+)\]\(\.\./\.\./src/([\w/.]+)\) \| `([\w.]+)` \|", re.MULTILINE)
DECIDES = ("ecf_core/use_cases/", "ecf_core/rules/")
AFTERWARDS = {"ecf_core/use_cases/tokens.py"}
"""What is called when the answer is on its way: that the token was used is noted."""
TWO_SCREENS = 60
Call = tuple[str, str]


def _steps() -> list[Call]:
    found = STEP.findall(PAGE.read_text(encoding="utf-8"))
    assert all(shown == linked for shown, linked, _ in found)
    return [(file, name) for file, _, name in found]


@pytest.fixture(scope="module")
def calls() -> list[Call]:
    """What of ours is called by the request, in order, in whatever thread."""
    made: list[Call] = []
    sources = f"{ROOT / 'src'}/"

    def note(frame: FrameType, event: str, _: Any) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(sources):
            made.append((file.removeprefix(sources), frame.f_code.co_qualname))

    before = threading.getprofile()
    threading.setprofile(note)  # the client's threads begin below, and are followed from there
    try:
        _form_a_partnership(made)
    finally:
        threading.setprofile(before)
    return made


def _form_a_partnership(made: list[Call]) -> None:
    storage, clock = MemoryStorage(), SettableClock()
    furnish(storage.begin)
    use_cases = UseCases.over(
        begin=storage.begin,
        look=storage.look,
        clock=clock,
        new_id=SequentialIds(),
        new_secret=SequentialSecrets(),
        rules=DOCUMENTED,
    )
    choice = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led")
    use_cases.confirm_programme(choice, by=ADMINISTRATOR)
    token = use_cases.issue_token(PURPLE_LEARNING.id, expires=None, by=ADMINISTRATOR)
    app = create_app(use_cases, memory_queries(storage), clock=clock, check_database=lambda: None)
    attributes = {
        "cohort": "2024",
        "school_id": str(GREENDALE_ID),
        "delivery_partner_id": str(NORTH_HUB.id),
    }
    with TestClient(app) as client:
        made.clear()
        answer = client.post(
            "/api/v3/partnerships/ecf",
            headers={"Authorization": f"Bearer {token.secret}"},
            json={"data": {"type": "ecf-partnership", "attributes": attributes}},
        )
    assert answer.status_code == 200


def test_every_step_is_called_in_this_order(calls: list[Call]) -> None:
    steps = _steps()
    assert len(steps) > 20
    at = -1
    for step in steps:
        assert step in calls, f"{step} is not called"
        first = calls.index(step)
        assert first > at, f"{step} is called before the step above it"
        at = first


def test_no_file_that_decides_is_left_out(calls: list[Call]) -> None:
    called = {file for file, _ in calls if file.startswith(DECIDES)} - AFTERWARDS
    assert called == {file for file, _ in _steps() if file.startswith(DECIDES)}


def test_it_is_read_on_two_screens() -> None:
    assert len(PAGE.read_text(encoding="utf-8").splitlines()) <= TWO_SCREENS
