from datetime import timedelta

import pytest
from attrs import evolve

from ecf_core.model.partnership import Agreement
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
    SOUTH_HUB,
    TUTOR,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases


class PartnershipQueriesContract(FurnishedContract):
    """How a partnership is shown."""

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
