from datetime import date, timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import NotFound, Refused, RowsRefused
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import NOTHING, DeliveryPartnerId, LeadProviderId, SchoolId, TokenId
from ecf_core.model.providers import ProviderRelationship
from ecf_core.queries import Queries
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    CLOSED,
    EAST_HUB,
    ESTABLISHMENTS,
    GREENDALE,
    GREENDALE_ID,
    IDLE_HUB,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
    SOUTH_HUB,
    put_cohort,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.import_providers import Imported, NamedRow
from ecf_core.use_cases.import_schools import SchoolIdRow
from ecf_core.use_cases.provider_relationships import RelationshipRow
from ecf_core.use_cases.set_up_delivery_partner import WorksWith

AN_ID = UUID("70000000-0000-4000-8000-000000000001")


def _rows(*names: str) -> list[NamedRow]:
    return [NamedRow(line=2 + number, name=name) for number, name in enumerate(names)]


def _events(storage: MemoryStorage) -> list[str]:
    return [happened.event.name for happened in storage.state.events]


def test_lead_providers_are_added_renamed_and_left_alone(
    use_cases: UseCases, queries: Queries, storage: MemoryStorage
) -> None:
    rows = [
        NamedRow(line=2, name="Violet  Learning", id=PURPLE_LEARNING.id),
        NamedRow(line=3, name="Grey Academy"),
        NamedRow(line=4, name="Newcomer", id=AN_ID),
    ]
    assert use_cases.import_lead_providers(rows, by=ADMINISTRATOR) == Imported(
        created=1, updated=1, unchanged=1
    )
    names = {lp.id: lp.name for lp in queries.providers.lead_providers()}
    assert names[PURPLE_LEARNING.id] == "Violet Learning"
    assert names[LeadProviderId(AN_ID)] == "Newcomer"
    again = use_cases.import_lead_providers(rows, by=ADMINISTRATOR)
    assert again == Imported(created=0, updated=0, unchanged=3)
    assert _events(storage) == ["lead_providers_imported"]


def test_everything_wrong_with_a_file_of_names_is_reported_and_nothing_stored(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    before = storage.state
    rows = [
        *_rows("New One", " ", "New One"),
        NamedRow(line=5, name=NORTH_HUB.name, id=AN_ID),
        NamedRow(line=6, name="Other", id=SOUTH_HUB.id),
        NamedRow(line=7, name="Another", id=SOUTH_HUB.id),
    ]
    with pytest.raises(RowsRefused) as refusal:
        use_cases.import_delivery_partners(rows, by=ADMINISTRATOR)
    assert [(p.line, p.column, p.code) for p in refusal.value.problems] == [
        (3, "name", "blank"),
        (4, "name", "duplicate"),
        (5, "id", "conflict"),
        (7, "name", "duplicate"),
    ]
    assert storage.state is before


def test_a_name_that_is_no_name_is_refused(use_cases: UseCases) -> None:
    endless = "Hub" * 200
    with pytest.raises(RowsRefused) as refused_rows:
        use_cases.import_lead_providers(_rows(endless), by=ADMINISTRATOR)
    assert [p.code for p in refused_rows.value.problems] == ["too_long"]
    with pytest.raises(Refused) as refused:
        use_cases.set_up_delivery_partner(endless, id=None, works_with=[], by=ADMINISTRATOR)
    assert [v.code for v in refused.value.violations] == ["too_long"]


def test_delivery_partners_swap_names_only_one_at_a_time(use_cases: UseCases) -> None:
    rows = [NamedRow(line=2, name=SOUTH_HUB.name, id=NORTH_HUB.id)]
    with pytest.raises(RowsRefused) as refusal:
        use_cases.import_delivery_partners(rows, by=ADMINISTRATOR)
    assert refusal.value.problems[0].code == "conflict"


def test_a_discarded_delivery_partner_is_revived_by_a_file_that_names_it(
    use_cases: UseCases, queries: Queries
) -> None:
    use_cases.discard_delivery_partner(NORTH_HUB.id, by=ADMINISTRATOR)
    assert NORTH_HUB.id not in {dp.id for dp in queries.providers.delivery_partners()}
    imported = use_cases.import_delivery_partners(
        _rows(NORTH_HUB.name, SOUTH_HUB.name), by=ADMINISTRATOR
    )
    assert imported == Imported(created=0, updated=1, unchanged=1)
    assert NORTH_HUB.id in {dp.id for dp in queries.providers.delivery_partners()}


def test_the_administrators_form_adds_a_delivery_partner_with_its_relationships(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    pairs = [WorksWith("Purple Learning", 2024), WorksWith("Grey Academy", 2025)]
    ready = use_cases.set_up_delivery_partner(
        " West  Hub ", id=DeliveryPartnerId(AN_ID), works_with=pairs, by=ADMINISTRATOR
    )
    assert (ready.delivery_partner.name, ready.delivery_partner.id) == ("West Hub", AN_ID)
    assert ready.provider_relationships == 2
    more = use_cases.set_up_delivery_partner(
        "West Hub",
        id=None,
        works_with=[*pairs, WorksWith("Purple Learning", 2025)],
        by=ADMINISTRATOR,
    )
    assert more.delivery_partner == ready.delivery_partner
    assert more.provider_relationships == 3
    again = use_cases.set_up_delivery_partner(
        "West Hub", id=None, works_with=pairs, by=ADMINISTRATOR
    )
    assert again.provider_relationships == 3
    assert _events(storage) == ["delivery_partner_set_up"] * 2


def test_what_is_wrong_with_the_administrators_form_is_reported_together(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    before = storage.state
    with pytest.raises(Refused) as refusal:
        use_cases.set_up_delivery_partner(
            "",
            id=None,
            works_with=[WorksWith("Nobody", 2024), WorksWith("Purple Learning", 1999)],
            by=ADMINISTRATOR,
        )
    assert [(v.field, v.code) for v in refusal.value.violations] == [
        ("name", "blank"),
        ("works_with", "invalid"),
        ("works_with", "invalid"),
    ]
    for name, id_ in (("Other", NORTH_HUB.id), (NORTH_HUB.name, DeliveryPartnerId(AN_ID))):
        with pytest.raises(Refused) as refusal:
            use_cases.set_up_delivery_partner(name, id=id_, works_with=[], by=ADMINISTRATOR)
        assert [v.code for v in refusal.value.violations] == ["conflict"]
    assert storage.state is before


def test_a_lead_provider_that_is_not_in_the_cohort_works_with_nobody_there(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    put_cohort(storage.begin, Cohort(start_year=2026), [PURPLE_LEARNING])
    with pytest.raises(Refused) as refusal:
        use_cases.set_up_delivery_partner(
            "Hub", id=None, works_with=[WorksWith("Grey Academy", 2026)], by=ADMINISTRATOR
        )
    assert [v.code for v in refusal.value.violations] == ["not_in_cohort"]


def test_relationships_are_imported_and_imported_again(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    rows = [
        RelationshipRow(
            line=2 + n, delivery_partner_id=hub.id, lead_provider_name="Purple Learning"
        )
        for n, hub in enumerate((IDLE_HUB, NORTH_HUB))
    ]
    imported = use_cases.import_provider_relationships(rows, cohort=2024, by=ADMINISTRATOR)
    assert imported == Imported(created=1, updated=0, unchanged=1)
    again = use_cases.import_provider_relationships(rows, cohort=2024, by=ADMINISTRATOR)
    assert again == Imported(created=0, updated=0, unchanged=2)
    assert _events(storage) == ["provider_relationships_imported"]


def test_everything_wrong_with_a_file_of_relationships_is_reported(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    use_cases.discard_delivery_partner(EAST_HUB.id, by=ADMINISTRATOR)
    put_cohort(storage.begin, Cohort(start_year=2026), [PURPLE_LEARNING])
    before = storage.state
    named = [
        (EAST_HUB.id, "Purple Learning"),
        (NORTH_HUB.id, "Nobody"),
        (NORTH_HUB.id, "Grey Academy"),
        (NORTH_HUB.id, "Purple Learning"),
        (NORTH_HUB.id, "Purple Learning"),
    ]
    rows = [
        RelationshipRow(line=2 + n, delivery_partner_id=hub, lead_provider_name=name)
        for n, (hub, name) in enumerate(named)
    ]
    with pytest.raises(RowsRefused) as refusal:
        use_cases.import_provider_relationships(rows, cohort=2026, by=ADMINISTRATOR)
    assert [(p.line, p.column, p.code) for p in refusal.value.problems] == [
        (2, "delivery_partner_id", "invalid"),
        (3, "lead_provider_name", "invalid"),
        (4, "lead_provider_name", "not_in_cohort"),
        (6, "lead_provider_name", "duplicate"),
    ]
    with pytest.raises(Refused) as unknown:
        use_cases.import_provider_relationships(rows, cohort=1999, by=ADMINISTRATOR)
    assert [v.field for v in unknown.value.violations] == ["cohort"]
    assert storage.state is before


def test_discarding_a_delivery_partner_ends_all_of_its_relationships(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    assert use_cases.discard_delivery_partner(NORTH_HUB.id, by=ADMINISTRATOR) == 9
    with storage.begin() as work:
        assert work.providers.relationships(delivery_partner_id=NORTH_HUB.id) == frozenset()
    for unknown in (NORTH_HUB.id, DeliveryPartnerId(NOTHING)):
        with pytest.raises(NotFound):
            use_cases.discard_delivery_partner(unknown, by=ADMINISTRATOR)


def test_a_relationship_is_discarded_once(use_cases: UseCases) -> None:
    ended = ProviderRelationship(
        lead_provider_id=PURPLE_LEARNING.id, delivery_partner_id=NORTH_HUB.id, cohort=2024
    )
    assert use_cases.discard_provider_relationship(ended, by=ADMINISTRATOR) == 1
    with pytest.raises(NotFound):
        use_cases.discard_provider_relationship(ended, by=ADMINISTRATOR)


def test_an_import_of_schools_tells_whose_eligibility_changed(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    use_cases.import_schools(ESTABLISHMENTS, by=ADMINISTRATOR)
    assert _events(storage) == []
    changed = [evolve(GREENDALE, status_code=2), evolve(CLOSED, status_code=1)]
    loaded = use_cases.import_schools(changed, by=ADMINISTRATOR)
    assert (loaded.created, loaded.updated, loaded.unchanged) == (0, 2, 0)
    assert _events(storage) == ["schools_imported", *["school_eligibility_changed"] * 2]


def test_a_school_keeps_the_id_that_lead_providers_hold(
    use_cases: UseCases, queries: Queries
) -> None:
    held = SchoolId(AN_ID)
    new = evolve(GREENDALE, urn="100099")
    use_cases.import_schools(
        [new], ids=[SchoolIdRow(line=2, urn="100099", id=held)], by=ADMINISTRATOR
    )
    assert queries.schools.id_of("100099") == held


def test_ids_that_a_school_cannot_have_are_refused(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    before = storage.state
    rows = [
        SchoolIdRow(line=2, urn=GREENDALE.urn, id=SchoolId(AN_ID)),
        SchoolIdRow(line=3, urn="100099", id=GREENDALE_ID),
        SchoolIdRow(line=4, urn=GREENDALE.urn, id=GREENDALE_ID),
    ]
    with pytest.raises(RowsRefused) as refusal:
        use_cases.import_schools([evolve(GREENDALE, urn="100099")], ids=rows, by=ADMINISTRATOR)
    assert [(p.line, p.code) for p in refusal.value.problems] == [(2, "conflict"), (3, "conflict")]
    assert storage.state is before


def test_a_tutor_is_set_and_set_again(
    use_cases: UseCases, clock: SettableClock, storage: MemoryStorage
) -> None:
    first = use_cases.set_induction_tutor(
        GREENDALE_ID, name=" Ada  Tutor ", email="ada@example.org ", by=ADMINISTRATOR
    )
    assert (first.name, first.email) == ("Ada Tutor", "ada@example.org")
    clock.advance(days=1)
    same = use_cases.set_induction_tutor(
        GREENDALE_ID, name="Ada Tutor", email="ada@example.org", by=ADMINISTRATOR
    )
    assert same == first
    other = use_cases.set_induction_tutor(
        GREENDALE_ID, name="Bob Tutor", email="bob@example.org", by=ADMINISTRATOR
    )
    assert other.updated_at == NOW + timedelta(days=1)
    assert _events(storage) == ["induction_tutor_set"] * 2


@pytest.mark.parametrize(
    ("name", "email", "codes"),
    [
        ("", "", ["blank", "blank"]),
        ("Ada", "ada", ["invalid"]),
        ("Ada", "ada@host", ["invalid"]),
        ("Ada", "ada@.org", ["invalid"]),
        ("Ada", "a da@example.org", ["invalid"]),
        ("Ada", "@example.org", ["invalid"]),
        ("Ada", f"{'a' * 320}@example.org", ["invalid"]),
        ("Ada", "ada\0@example.org", ["invalid"]),
    ],
)
def test_tutors_that_are_refused(
    use_cases: UseCases, name: str, email: str, codes: list[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        use_cases.set_induction_tutor(GREENDALE_ID, name=name, email=email, by=ADMINISTRATOR)
    assert [v.code for v in refusal.value.violations] == codes


def test_nobody_is_the_tutor_of_a_school_that_is_not_there(use_cases: UseCases) -> None:
    with pytest.raises(NotFound):
        use_cases.set_induction_tutor(
            SchoolId(NOTHING), name="Ada", email="ada@example.org", by=ADMINISTRATOR
        )


def test_a_key_for_nobody_or_for_a_day_gone_by_is_refused(use_cases: UseCases) -> None:
    with pytest.raises(Refused) as refusal:
        use_cases.issue_token(
            PURPLE_LEARNING.id, expires=NOW.date() - timedelta(days=1), by=ADMINISTRATOR
        )
    assert refusal.value.violations[0].field == "expires"
    with pytest.raises(Refused) as refusal:
        use_cases.issue_token(LeadProviderId(NOTHING), expires=None, by=ADMINISTRATOR)
    assert refusal.value.violations[0].message == "Enter a valid '#/lead_provider_id'."


def test_a_key_may_last_to_the_end_of_the_calendar(use_cases: UseCases) -> None:
    issued = use_cases.issue_token(PURPLE_LEARNING.id, expires=date.max, by=ADMINISTRATOR)
    assert issued.token.valid(NOW)


def test_revoking_twice_is_revoking_once(use_cases: UseCases, storage: MemoryStorage) -> None:
    token = use_cases.issue_token(PURPLE_LEARNING.id, expires=None, by=ADMINISTRATOR).token
    use_cases.revoke_token(token.id, by=ADMINISTRATOR)
    use_cases.revoke_token(token.id, by=ADMINISTRATOR)
    assert _events(storage) == ["token_issued", "token_revoked"]
    with pytest.raises(NotFound):
        use_cases.revoke_token(TokenId(NOTHING), by=ADMINISTRATOR)


def test_only_a_hash_of_a_key_is_stored(use_cases: UseCases, storage: MemoryStorage) -> None:
    issued = use_cases.issue_token(PURPLE_LEARNING.id, expires=None, by=ADMINISTRATOR)
    assert issued.secret not in repr(storage.state)
