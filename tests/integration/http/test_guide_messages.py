"""Every message of the guide, as lead providers get it.

The guide's lists are copied here to the letter. Three of the messages are about what a request
cannot say over HTTP, or what HTTP answers otherwise:

=============================  ========================================================
Lead provider not specified    the lead provider is the token's: without a token, 401
Lead provider not found        a posted ``lead_provider_id`` is ignored
Partnership not found          404, decided before the body is read
=============================  ========================================================
"""

# ruff: noqa: E501 - the messages stand here as they stand in the guide

from typing import Any, Final

import pytest

from ecf_core.rules.profile import DOCUMENTED, ECF1
from ecf_core.testing.examples import (
    CLOSED_ID,
    COHORT_2023,
    IDLE_HUB,
    INDEPENDENT_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    RIVERSIDE_ID,
    SOUTH_HUB,
)
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, SOUND, World, body

CREATING: Final = {
    "Cohort not specified": "Enter a '#/cohort'.",
    "Cohort not found": "The '#/cohort' you have entered is invalid. Check cohort details and try again.",
    "School not specified": "Enter a '#/school_id'.",
    "School not found": "The '#/school_id' you have entered is invalid. Check school details and try again. Contact the DfE for support if you are unable to find the '#/school_id'.",
    "School is CIP only": "The school you have entered has not registered to deliver DfE-funded training. Contact the school for more information.",
    "School is not eligible": "The school you have entered is currently ineligible for DfE funding. Contact the school for more information.",
    "Partnership already exists with school and lead provider": "You are already in a confirmed partnership with this school for the entered cohort.",
    "Partnership already exists with school and different lead provider": "Another provider is in a confirmed partnership with the school for the cohort you entered. Contact the school for more information.",
    "School has not specified funding type for academic year": "The school you have entered has not yet confirmed they will deliver DfE-funded training. Contact the school for more information.",
    "Lead provider not specified": "Enter a '#/lead_provider_id'.",
    "Lead provider not found": "Enter a valid '#/lead_provider_id'.",
    "Delivery partner not specified": "Enter a '#/delivery_partner_id'.",
    "Delivery partner not found": "The '#/delivery_partner_id' you have entered is invalid. Check delivery partner details and try again.",
    "Delivery partner not setup for cohort": "The entered delivery partner is not recognised to be working in partnership with you for the given cohort. Contact the DfE for more information.",
}
UPDATING: Final = {
    "Delivery partner not specified": "Enter a '#/delivery_partner_id'.",
    "Delivery partner not found": "The '#/delivery_partner_id' you have entered is invalid. Check delivery partner details and try again.",
    "Delivery partner not setup for cohort": "The entered delivery partner is not recognised to be working in partnership with you for the given cohort. Contact the DfE for more information.",
    "Partnership not found": "Enter a '#/partnership'.",
    "Partnership is currently challenged": "Your update cannot be made as this partnership has been challenged by the school. If this partnership has been challenged in error, submit a new partnership confirmation using the endpoint POST /api/v3/partnerships/ecf.",
    "Lead provider already has a relationship partnership with the school and delivery partner": "We are unable to process this request. You are already confirmed to be in partnership with the entered delivery partner. Contact the DfE for support.",
}
both_profiles = pytest.mark.parametrize(
    "rules", [DOCUMENTED, ECF1], indirect=True, ids=lambda profile: profile.name
)
as_ecf1 = pytest.mark.parametrize("rules", [ECF1], indirect=True, ids=["ecf1"])


def refusal(title: str, detail: str, code: str) -> dict[str, Any]:
    """A refusal for one attribute, whole."""
    problem = {
        "title": title,
        "detail": detail,
        "code": code,
        "source": {"pointer": f"/data/attributes/{title}"},
    }
    return {"errors": [problem]}


def assert_refused_to_create(
    world: World, message: str, code: str, *, title: str, **attributes: Any
) -> None:
    before = world.stored()
    response = world.create(**attributes)
    assert response.status_code == 422
    assert response.json() == refusal(title, CREATING[message], code)
    assert world.stored() == before


def test_cohort_not_specified(world: World) -> None:
    assert_refused_to_create(world, "Cohort not specified", "blank", title="cohort", cohort=None)


def test_cohort_not_found(world: World) -> None:
    assert_refused_to_create(world, "Cohort not found", "invalid", title="cohort", cohort="1999")


def test_school_not_specified(world: World) -> None:
    assert_refused_to_create(
        world, "School not specified", "blank", title="school_id", school_id=None
    )


def test_school_not_found(world: World) -> None:
    assert_refused_to_create(
        world, "School not found", "invalid", title="school_id", school_id=NOWHERE
    )


def test_school_is_cip_only(world: World) -> None:
    assert_refused_to_create(
        world,
        "School is CIP only",
        "funding_error",
        title="school_id",
        school_id=str(INDEPENDENT_ID),
    )


def test_school_is_not_eligible(world: World) -> None:
    assert_refused_to_create(
        world,
        "School is not eligible",
        "ineligible_error",
        title="school_id",
        school_id=str(CLOSED_ID),
    )


@both_profiles
def test_partnership_already_exists_with_school_and_lead_provider(world: World) -> None:
    world.formed()
    assert_refused_to_create(
        world,
        "Partnership already exists with school and lead provider",
        "already_confirmed",
        title="school_id",
        delivery_partner_id=str(SOUTH_HUB.id),
    )


@both_profiles
def test_partnership_already_exists_with_school_and_different_lead_provider(world: World) -> None:
    world.formed(by=ORANGE_INSTITUTE)
    assert_refused_to_create(
        world,
        "Partnership already exists with school and different lead provider",
        "recruited_by_other_provider",
        title="school_id",
    )


@pytest.mark.parametrize(
    "programme", [None, "not_yet_known", "school_led", "no_early_career_teachers"]
)
def test_school_has_not_specified_funding_type_for_academic_year(
    world: World, programme: str | None
) -> None:
    if programme:
        world.confirm(RIVERSIDE_ID, programme=programme)
    assert_refused_to_create(
        world,
        "School has not specified funding type for academic year",
        "school_programme_not_yet_confirmed",
        title="school_id",
        school_id=str(RIVERSIDE_ID),
    )


@as_ecf1
def test_under_ecf1_a_school_partnered_last_year_has_to_specify_its_funding_type(
    world: World,
) -> None:
    world.confirm(RIVERSIDE_ID, COHORT_2023)
    world.formed(school_id=str(RIVERSIDE_ID), cohort="2023")
    assert_refused_to_create(
        world,
        "School has not specified funding type for academic year",
        "school_programme_not_yet_confirmed",
        title="school_id",
        school_id=str(RIVERSIDE_ID),
    )


@as_ecf1
def test_under_ecf1_a_school_new_to_the_training_need_not_specify_its_funding_type(
    world: World,
) -> None:
    assert world.create(school_id=str(RIVERSIDE_ID)).status_code == 200


@as_ecf1
@pytest.mark.parametrize("programme", ["school_led", "no_early_career_teachers"])
def test_under_ecf1_a_school_that_chose_otherwise_becomes_provider_led(
    world: World, programme: str
) -> None:
    world.confirm(RIVERSIDE_ID, programme=programme)
    assert world.create(school_id=str(RIVERSIDE_ID)).status_code == 200
    standing = world.container.queries().schools.cohort(RIVERSIDE_ID, 2024, at=NOW)
    assert standing.programme == "provider_led"


def test_lead_provider_not_specified_is_a_missing_token(world: World) -> None:
    assert world.client.post(PARTNERSHIPS, json=body(SOUND)).status_code == 401


@pytest.mark.parametrize("lead_provider_id", [NOWHERE, None, str(ORANGE_INSTITUTE.id)])
def test_lead_provider_not_found_cannot_be_since_the_token_says_who_it_is(
    world: World, lead_provider_id: str | None
) -> None:
    formed = world.formed(lead_provider_id=lead_provider_id)
    assert [row["id"] for row in world.index().json()["data"]] == [formed["id"]]


def test_delivery_partner_not_specified(world: World) -> None:
    assert_refused_to_create(
        world,
        "Delivery partner not specified",
        "blank",
        title="delivery_partner_id",
        delivery_partner_id=None,
    )


def test_delivery_partner_not_found(world: World) -> None:
    assert_refused_to_create(
        world,
        "Delivery partner not found",
        "invalid",
        title="delivery_partner_id",
        delivery_partner_id=NOWHERE,
    )


def test_delivery_partner_not_set_up_for_the_cohort(world: World) -> None:
    assert_refused_to_create(
        world,
        "Delivery partner not setup for cohort",
        "no_relationship",
        title="delivery_partner_id",
        delivery_partner_id=str(IDLE_HUB.id),
    )


def assert_refused_to_update(
    world: World, id_: str, message: str, code: str, *, delivery_partner_id: str | None
) -> None:
    before = world.stored()
    response = world.update(id_, delivery_partner_id=delivery_partner_id)
    assert response.status_code == 422
    assert response.json() == refusal("delivery_partner_id", UPDATING[message], code)
    assert world.stored() == before


def test_update_delivery_partner_not_specified(world: World) -> None:
    assert_refused_to_update(
        world,
        world.formed()["id"],
        "Delivery partner not specified",
        "blank",
        delivery_partner_id=None,
    )


def test_update_delivery_partner_not_found(world: World) -> None:
    assert_refused_to_update(
        world,
        world.formed()["id"],
        "Delivery partner not found",
        "invalid",
        delivery_partner_id=NOWHERE,
    )


def test_update_delivery_partner_not_set_up_for_the_cohort(world: World) -> None:
    assert_refused_to_update(
        world,
        world.formed()["id"],
        "Delivery partner not setup for cohort",
        "no_relationship",
        delivery_partner_id=str(IDLE_HUB.id),
    )


def test_update_partnership_not_found_is_404(world: World) -> None:
    response = world.update(NOWHERE, delivery_partner_id=str(SOUTH_HUB.id))
    assert response.status_code == 404
    assert response.json() == {"error": "Resource not Found"}


@pytest.mark.parametrize("delivery_partner", [NORTH_HUB, SOUTH_HUB], ids=["same", "other"])
def test_update_partnership_is_currently_challenged(world: World, delivery_partner: Any) -> None:
    id_ = world.formed()["id"]
    world.challenge(id_)
    assert_refused_to_update(
        world,
        id_,
        "Partnership is currently challenged",
        "partnership_challenged",
        delivery_partner_id=str(delivery_partner.id),
    )


def test_update_lead_provider_already_has_a_relationship_partnership(world: World) -> None:
    id_ = world.formed()["id"]
    world.seed(relationship=True, delivery_partner_id=SOUTH_HUB.id)
    assert_refused_to_update(
        world,
        id_,
        "Lead provider already has a relationship partnership with the school and delivery partner",
        "duplicate_delivery_partner",
        delivery_partner_id=str(SOUTH_HUB.id),
    )


def test_the_rule_tables_hold_the_guides_messages_and_no_others() -> None:
    for profile in (DOCUMENTED, ECF1):
        assert [rule.message for rule in profile.creating_a_partnership] == list(CREATING.values())
        told = [rule.message for rule in profile.updating_a_partnership]
        assert sorted(told) == sorted(UPDATING.values())
