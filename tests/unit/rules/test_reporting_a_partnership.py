from datetime import timedelta

import pytest
from attrs import evolve

from ecf_core.model.partnership import Partnership
from ecf_core.model.providers import DeliveryPartner
from ecf_core.rules.reporting_a_partnership import FormNew, Promote, Report, Revive, report
from ecf_core.testing.contracts.partnerships import A_CHALLENGE, A_PARTNERSHIP, ANOTHER_ID
from ecf_core.testing.examples import (
    EAST_HUB,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
)

CHALLENGED = evolve(A_PARTNERSHIP, challenge=A_CHALLENGE)
LATER = evolve(
    CHALLENGED,
    id=ANOTHER_ID,
    delivery_partner_id=SOUTH_HUB.id,
    created_at=NOW + timedelta(days=1),
)
RELATIONSHIP = evolve(
    A_PARTNERSHIP,
    id=ANOTHER_ID,
    delivery_partner_id=EAST_HUB.id,
    relationship=True,
    challenge_deadline=None,
)
ANOTHERS = evolve(CHALLENGED, lead_provider_id=ORANGE_INSTITUTE.id)


@pytest.mark.parametrize(
    ("partnerships", "hub", "decision"),
    [
        ([], NORTH_HUB, FormNew()),
        ([ANOTHERS], NORTH_HUB, FormNew()),
        ([RELATIONSHIP], NORTH_HUB, FormNew()),
        ([RELATIONSHIP], EAST_HUB, Promote(RELATIONSHIP)),
        ([CHALLENGED], NORTH_HUB, Revive(CHALLENGED)),
        ([CHALLENGED], EAST_HUB, Revive(CHALLENGED)),
        ([CHALLENGED, RELATIONSHIP], EAST_HUB, Promote(RELATIONSHIP)),
        ([CHALLENGED, LATER], NORTH_HUB, Revive(CHALLENGED)),
        ([LATER, CHALLENGED], EAST_HUB, Revive(LATER)),
    ],
    ids=[
        "nothing there",
        "another lead provider's",
        "a relationship with another partner",
        "a relationship with that partner",
        "challenged, same partner",
        "challenged, another partner",
        "a relationship goes before a challenged one",
        "of two challenged, the one with the partner",
        "of two challenged, else the latest",
    ],
)
def test_which_partnership_a_report_is_about(
    partnerships: list[Partnership], hub: DeliveryPartner, decision: Report
) -> None:
    assert report(partnerships, PURPLE_LEARNING.id, hub.id) == decision
