from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Agreement, Partnership
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.queries.schools import InductionProgrammeRow, SchoolCohortRow, SchoolRow
from ecf_core.queries.window import Window
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.profile import DOCUMENTED
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2023,
    GREENDALE,
    GREENDALE_ID,
    INDEPENDENT,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
    TUTOR,
    a_request,
    furnish,
)
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_core.use_cases import UseCases

ALL = Window(per_page=3000)


class QueriesContract:
    """What every storage shows of what was stored."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture
    def clock(self) -> SettableClock:
        return SettableClock()

    @pytest.fixture
    def use_cases(self, storage: Storage, clock: SettableClock) -> UseCases:
        return UseCases.over(
            begin=storage.begin,
            look=storage.look,
            clock=clock,
            new_id=SequentialIds(),
            new_secret=SequentialSecrets(),
            rules=DOCUMENTED,
        )

    @pytest.mark.parametrize("changed", ["partnership", "school", "delivery partner", "tutor"])
    def test_a_partnership_is_shown_as_the_model_has_it(
        self, storage: Storage, queries: Queries, changed: str
    ) -> None:
        """Whichever of its parties changed last, it is as recent as that."""
        latest = {changed: NOW + timedelta(days=3)}
        partnership = evolve(
            A_PARTNERSHIP,
            challenge=A_CHALLENGE,
            updated_at=latest.get("partnership", NOW),
        )
        hub = NORTH_HUB.renamed("Northern Hub", at=latest.get("delivery partner", NOW))
        with storage.begin() as work:
            work.partnerships.add(partnership)
            work.providers.put_delivery_partners([hub])
            work.schools.load(
                [(GREENDALE_ID, evolve(GREENDALE, town="Leeds"))], at=latest.get("school", NOW)
            )
            work.schools.set_induction_tutor(
                GREENDALE_ID, evolve(TUTOR, updated_at=latest.get("tutor", NOW))
            )
            work.commit()
        with storage.begin() as work:
            school = work.schools.find(GREENDALE_ID)
        assert school is not None
        expected = PartnershipRow.of(
            Agreement(
                partnership=partnership,
                school=school,
                lead_provider=PURPLE_LEARNING,
                delivery_partner=hub,
            )
        )
        assert expected.updated_at == NOW + timedelta(days=3)
        assert queries.partnerships.one(partnership.id) == expected
        assert queries.partnerships.all(PartnershipsFilter()) == (expected,)
        mine = queries.partnerships.one_of_lead_provider(PURPLE_LEARNING.id, partnership.id)
        assert mine == expected

    @pytest.mark.parametrize(
        ("primary", "secondary", "shown"),
        [("a@x.org", "b@x.org", "a@x.org"), ("", "b@x.org", "b@x.org"), ("", "", None)],
    )
    def test_without_a_tutor_the_school_office_is_shown(
        self,
        storage: Storage,
        queries: Queries,
        primary: str,
        secondary: str,
        shown: str | None,
    ) -> None:
        entry = evolve(GREENDALE, primary_contact_email=primary, secondary_contact_email=secondary)
        with storage.begin() as work:
            work.schools.load([(GREENDALE_ID, entry)], at=NOW)
            work.partnerships.add(A_PARTNERSHIP)
            work.commit()
        row = queries.partnerships.one(A_PARTNERSHIP.id)
        assert row is not None
        assert row.induction_tutor_name is None
        assert row.induction_tutor_email == shown

    def test_a_lead_provider_sees_its_own_default_partnerships_alone(
        self, storage: Storage, queries: Queries
    ) -> None:
        others = evolve(
            A_PARTNERSHIP,
            id=ANOTHER_ID,
            school_id=RIVERSIDE_ID,
            lead_provider_id=ORANGE_INSTITUTE.id,
        )
        relationship = evolve(
            A_PARTNERSHIP,
            id=_id(3),
            school_id=RIVERSIDE_ID,
            relationship=True,
            challenge_deadline=None,
        )
        with storage.begin() as work:
            for partnership in (A_PARTNERSHIP, others, relationship):
                work.partnerships.add(partnership)
            work.commit()
        listed = queries.partnerships.of_lead_provider(PURPLE_LEARNING.id, None, ALL)
        assert [row.id for row in listed] == [A_PARTNERSHIP.id]
        one = queries.partnerships.one_of_lead_provider
        assert one(PURPLE_LEARNING.id, others.id) is None
        assert one(PURPLE_LEARNING.id, relationship.id) is None
        assert one(ORANGE_INSTITUTE.id, others.id) is not None
        everything = queries.partnerships.all(PartnershipsFilter())
        assert {row.id for row in everything} == {A_PARTNERSHIP.id, others.id, relationship.id}

    def test_lists_are_in_order_and_cut_into_pages(
        self, storage: Storage, queries: Queries
    ) -> None:
        made = [
            evolve(
                A_PARTNERSHIP,
                id=_id(100 - number),
                school_id=(GREENDALE_ID, RIVERSIDE_ID)[number % 2],
                challenge=A_CHALLENGE,
                delivery_partner_id=(NORTH_HUB, SOUTH_HUB)[number // 2 % 2].id,
                cohort=2023 + number // 4,
                created_at=NOW + timedelta(seconds=number // 3),
            )
            for number in range(8)
        ]
        with storage.begin() as work:
            for partnership in made:
                work.partnerships.add(partnership)
            work.commit()
        in_order = [p.id for p in sorted(made, key=_oldest_first)]
        pages = [
            [
                row.id
                for row in queries.partnerships.of_lead_provider(
                    PURPLE_LEARNING.id, None, Window(page=page, per_page=3)
                )
            ]
            for page in (1, 2, 3, 4)
        ]
        assert pages == [in_order[:3], in_order[3:6], in_order[6:], []]
        of_2023 = queries.partnerships.of_lead_provider(PURPLE_LEARNING.id, frozenset({2023}), ALL)
        assert {row.cohort for row in of_2023} == {2023}
        nobodys = queries.partnerships.all(
            PartnershipsFilter(cohorts=frozenset({2023}), lead_provider_id=ORANGE_INSTITUTE.id)
        )
        assert nobodys == ()

    def test_cohorts_before_2021_are_shown_when_asked_for(
        self, storage: Storage, queries: Queries
    ) -> None:
        with storage.begin() as work:
            work.cohorts.put(evolve(COHORT_2023, start_year=2020), at=NOW)
            work.partnerships.add(evolve(A_PARTNERSHIP, cohort=2020))
            work.commit()
        listed = queries.partnerships.of_lead_provider
        assert listed(PURPLE_LEARNING.id, None, ALL) == ()
        assert len(listed(PURPLE_LEARNING.id, frozenset({2020}), ALL)) == 1
        assert listed(PURPLE_LEARNING.id, frozenset({10**30, -5}), ALL) == ()

    def test_a_discarded_delivery_partner_is_marked(
        self, storage: Storage, queries: Queries
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.providers.put_delivery_partners([NORTH_HUB.discarded(at=NOW)])
            work.commit()
        row = queries.partnerships.one(A_PARTNERSHIP.id)
        assert row is not None
        assert row.delivery_partner_discarded is True
        assert NORTH_HUB.id not in {dp.id for dp in queries.providers.delivery_partners()}

    def test_a_schools_standing_in_a_cohort(self, storage: Storage, queries: Queries) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.school_cohorts.add(
                evolve(
                    A_SCHOOL_COHORT,
                    default_programme=evolve(A_PROGRAMME, partnership_id=A_PARTNERSHIP.id),
                )
            )
            work.commit()
        greendale = SchoolRow(
            id=GREENDALE_ID,
            urn=GREENDALE.urn,
            name=GREENDALE.name,
            eligible=True,
            cip_only=False,
            programme="provider_led",
            in_partnership=True,
        )
        not_known = evolve(greendale, programme="not_yet_known", in_partnership=False)
        assert queries.schools.one(GREENDALE.urn, 2024) == greendale
        assert queries.schools.one(GREENDALE.urn, 2023) == not_known
        assert queries.schools.one(GREENDALE.urn, None) == not_known
        assert queries.schools.one("nonsense", 2024) is None
        independent = queries.schools.one(INDEPENDENT.urn, None)
        assert independent is not None
        assert (independent.eligible, independent.cip_only) == (False, True)
        assert queries.schools.id_of(GREENDALE.urn) == GREENDALE_ID
        assert queries.schools.id_of("nonsense") is None
        assert queries.schools.cohort_exists(2024) is True
        assert queries.schools.cohort_exists(1999) is False

    def test_only_current_partnerships_count_for_a_school(
        self, storage: Storage, queries: Queries
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(evolve(A_PARTNERSHIP, challenge=A_CHALLENGE))
            work.partnerships.add(
                evolve(
                    A_PARTNERSHIP,
                    id=ANOTHER_ID,
                    delivery_partner_id=SOUTH_HUB.id,
                    relationship=True,
                    challenge_deadline=None,
                )
            )
            work.commit()
        row = queries.schools.one(GREENDALE.urn, 2024)
        assert row is not None
        assert row.in_partnership is False

    def test_the_programmes_of_a_school_cohort_are_all_shown(
        self, use_cases: UseCases, clock: SettableClock, queries: Queries
    ) -> None:
        for choice in ("provider_led", "school_led", "no_early_career_teachers"):
            use_cases.confirm_programme(
                ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme=choice),
                by=ADMINISTRATOR,
            )
            clock.advance(hours=1)
            assert queries.schools.cohort(GREENDALE_ID, 2024).programme == choice
        shown = queries.schools.cohort(GREENDALE_ID, 2024)
        assert [p.training_programme for p in shown.induction_programmes] == [
            "provider_led",
            "school_led",
        ]
        assert [p.default for p in shown.induction_programmes] == [False, False]
        assert shown.default_programme_id is None
        assert queries.schools.cohort(GREENDALE_ID, 2023) == SchoolCohortRow(
            programme=ProgrammeChoice.NOT_YET_KNOWN.value, induction_programmes=()
        )

    def test_the_default_programme_shows_its_partnership(
        self, use_cases: UseCases, queries: Queries
    ) -> None:
        use_cases.confirm_programme(
            ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led"),
            by=ADMINISTRATOR,
        )
        formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        (programme,) = queries.schools.cohort(GREENDALE_ID, 2024).induction_programmes
        assert programme == InductionProgrammeRow(
            id=programme.id,
            training_programme="provider_led",
            partnership_id=formed.partnership.id,
            default=True,
        )

    def test_the_history_tells_who_did_what_and_when(
        self, use_cases: UseCases, clock: SettableClock, queries: Queries
    ) -> None:
        use_cases.confirm_programme(
            ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led"),
            by=ADMINISTRATOR,
        )
        made = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership.id
        clock.advance(days=1)
        update = UpdateRequest(
            partnership_id=made, lead_provider_id=None, delivery_partner_id=SOUTH_HUB.id
        )
        use_cases.update_partnership(update, by=ADMINISTRATOR)
        clock.advance(days=1)
        use_cases.challenge_partnership(
            ChallengeRequest(partnership_id=made, reason="mistake"), by=ADMINISTRATOR
        )
        clock.advance(days=1)
        again = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        assert again.partnership.id == made
        history = queries.partnerships.history(made)
        assert [(entry.event, entry.happened_at) for entry in history] == [
            ("partnership_reported", NOW),
            ("partnership_updated", NOW + timedelta(days=1)),
            ("partnership_challenged", NOW + timedelta(days=2)),
            ("challenge_lifted", NOW + timedelta(days=3)),
            ("partnership_reported", NOW + timedelta(days=3)),
        ]
        assert {entry.actor for entry in history} == {"administrator: examiner"}
        updated, lifted = history[1].details, history[3].details
        assert updated["before"]["delivery_partner_id"] == str(NORTH_HUB.id)
        assert updated["after"]["delivery_partner_id"] == str(SOUTH_HUB.id)
        assert lifted["reason"] == "mistake"
        assert lifted["challenged_at"] == "2024-09-12T09:30:00Z"
        assert queries.partnerships.history(ANOTHER_ID) == ()

    def test_a_key_opens_for_its_lead_provider_until_it_ends(
        self, use_cases: UseCases, clock: SettableClock, queries: Queries
    ) -> None:
        issue = use_cases.issue_token
        forever = issue(PURPLE_LEARNING.id, expires=None, by=ADMINISTRATOR).token
        today = issue(ORANGE_INSTITUTE.id, expires=NOW.date(), by=ADMINISTRATOR).token
        caller = queries.tokens.caller
        midnight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
        second = timedelta(seconds=1)
        found = caller(today.hash, at=midnight - second)
        assert found is not None
        assert (found.lead_provider_id, found.lead_provider) == (
            ORANGE_INSTITUTE.id,
            ORANGE_INSTITUTE.name,
        )
        assert caller(today.hash, at=midnight) is None
        assert caller("no such hash", at=NOW) is None
        clock.advance(hours=1)
        use_cases.note_token_use(forever.id)
        noted = caller(forever.hash, at=NOW)
        assert noted is not None
        assert noted.last_used_at == NOW + timedelta(hours=1)
        use_cases.revoke_token(forever.id, by=ADMINISTRATOR)
        assert caller(forever.hash, at=NOW) is None
        rows = {row.id: row for row in queries.tokens.all()}
        assert rows[forever.id].revoked_at == NOW + timedelta(hours=1)
        assert rows[today.id].expires_at == midnight


def _oldest_first(partnership: Partnership) -> tuple[object, str]:
    return partnership.created_at, str(partnership.id)


def _id(number: int) -> PartnershipId:
    return PartnershipId(UUID(int=number))
