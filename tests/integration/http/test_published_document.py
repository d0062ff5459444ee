"""Every answer in these tests is held against the published document; here, its mistakes are."""

import pytest

from tests.integration.http.published import MISTAKES, Mistake, published
from tests.integration.http.world import World


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_one_as_long_as_it_shows(world: World, mistake: Mistake) -> None:
    response = mistake.seen_in(world)
    others = [other for other in MISTAKES if other is not mistake]
    assert list(published(others).broken_by(response))
    assert not list(published().broken_by(response))
