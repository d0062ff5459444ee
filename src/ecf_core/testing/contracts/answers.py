from collections.abc import Callable
from functools import partial

import pytest
from attrs import evolve

from ecf_core.errors import AlreadyAnswered, KeyReused, Refused
from ecf_core.model.partnership import Agreement
from ecf_core.ports.answers import AnswerKey
from ecf_core.ports.storage import Storage
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.racing import (
    PROVIDER_LED,
    THREADS,
    RacingContract,
    at_once,
    use_cases_over,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.once import Once

KEY = AnswerKey(lead_provider_id=PURPLE_LEARNING.id, operation="form", name="a key")


def _id_of(agreement: Agreement) -> bytes:
    return agreement.partnership.id.bytes


ONCE = Once(key=KEY, fingerprint="north", answer=_id_of)


class AnswersContract(RacingContract):
    """A command that is sent twice happens once, and gets the answer that it got."""

    @pytest.fixture
    def time(self) -> SettableClock:
        return SettableClock(NOW)

    @pytest.fixture
    def do(self, storage: Storage, time: SettableClock) -> UseCases:
        use_cases = use_cases_over(storage, clock=time)
        use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)
        return use_cases

    def test_sent_again_it_gets_the_answer_that_it_got(self, do: UseCases) -> None:
        formed = _form(do, ONCE)
        for _ in range(2):
            with pytest.raises(AlreadyAnswered) as answered:
                _form(do, ONCE)
            assert answered.value.content == _id_of(formed)

    def test_without_a_key_it_is_another_command(self, do: UseCases) -> None:
        _form(do, ONCE)
        with pytest.raises(Refused) as refusal:
            _form(do, None)
        assert refusal.value.violations[0].code == "already_confirmed"

    def test_an_update_is_answered_again_whatever_came_after_it(self, do: UseCases) -> None:
        made = _form(do, None).partnership
        to_south = UpdateRequest(
            partnership_id=made.id,
            lead_provider_id=PURPLE_LEARNING.id,
            delivery_partner_id=SOUTH_HUB.id,
        )
        to_north = evolve(to_south, delivery_partner_id=NORTH_HUB.id)
        updated = do.update_partnership(to_south, by=ADMINISTRATOR, once=ONCE)
        assert updated.delivery_partner == SOUTH_HUB
        do.update_partnership(to_north, by=ADMINISTRATOR)
        with pytest.raises(AlreadyAnswered):
            do.update_partnership(to_south, by=ADMINISTRATOR, once=ONCE)
        unchanged = do.update_partnership(to_north, by=ADMINISTRATOR)
        assert unchanged.delivery_partner == NORTH_HUB

    def test_a_key_stands_for_one_command(self, do: UseCases) -> None:
        _form(do, ONCE)
        with pytest.raises(KeyReused) as refusal:
            _form(do, evolve(ONCE, fingerprint="south"))
        assert [v.code for v in refusal.value.violations] == ["idempotency_key_reused"]

    @pytest.mark.parametrize(
        "other",
        [
            evolve(KEY, name="another key"),
            evolve(KEY, operation="update"),
            evolve(KEY, lead_provider_id=ORANGE_INSTITUTE.id),
        ],
    )
    def test_another_key_operation_or_lead_provider_is_another_command(
        self, do: UseCases, other: AnswerKey
    ) -> None:
        _form(do, ONCE)
        with pytest.raises(Refused) as refusal:
            _form(do, evolve(ONCE, key=other, fingerprint="south"))
        assert refusal.value.violations[0].code == "already_confirmed"

    def test_a_refusal_is_not_kept(self, storage: Storage, do: UseCases) -> None:
        formed = _form(do, None)
        for _ in range(2):
            with pytest.raises(Refused):
                _form(do, ONCE)
        with storage.begin() as work:
            claimed = work.answers.claim(KEY, "south", at=NOW, expired=NOW)
        assert claimed is None
        assert formed.partnership.current

    def test_work_whose_answer_fails_is_not_done(self, storage: Storage, do: UseCases) -> None:
        def no_answer(_: Agreement) -> bytes:
            raise ArithmeticError

        with pytest.raises(ArithmeticError):
            _form(do, evolve(ONCE, answer=no_answer))
        with storage.look() as facts:
            assert facts.proposal(a_request()).partnerships == ()
        assert _form(do, ONCE).partnership.current

    def test_a_dry_run_keeps_nothing_and_knows_no_key(self, do: UseCases) -> None:
        for once in (ONCE, evolve(ONCE, fingerprint="south")):
            do.create_partnership(a_request(), by=ADMINISTRATOR, dry_run=True, once=once)
        assert _form(do, ONCE).partnership.current

    def test_after_a_day_a_key_is_as_good_as_new(self, do: UseCases, time: SettableClock) -> None:
        formed = _form(do, ONCE)
        time.advance(hours=24, microseconds=-1000)
        with pytest.raises(AlreadyAnswered):
            _form(do, ONCE)
        time.advance(microseconds=1000)
        update = UpdateRequest(
            partnership_id=formed.partnership.id,
            lead_provider_id=PURPLE_LEARNING.id,
            delivery_partner_id=SOUTH_HUB.id,
        )
        south = evolve(ONCE, fingerprint="south")
        do.update_partnership(update, by=ADMINISTRATOR, once=south)
        with pytest.raises(AlreadyAnswered):
            do.update_partnership(update, by=ADMINISTRATOR, once=south)

    def test_of_those_at_once_one_works_and_the_others_get_its_answer(self, do: UseCases) -> None:
        outcomes = at_once(*[partial(_content, partial(_form, do, ONCE))] * THREADS)
        (formed,) = [outcome for outcome in outcomes if isinstance(outcome, Agreement)]
        assert [o for o in outcomes if o is not formed] == [_id_of(formed)] * (THREADS - 1)

    def test_of_different_ones_at_once_one_gets_the_key(self, do: UseCases) -> None:
        acts = [
            partial(_content, partial(_form, do, evolve(ONCE, fingerprint=str(number % 2))))
            for number in range(THREADS)
        ]
        outcomes = at_once(*acts)
        assert len([o for o in outcomes if isinstance(o, Agreement)]) == 1
        assert len([o for o in outcomes if isinstance(o, bytes)]) == THREADS // 2 - 1
        assert outcomes.count("idempotency_key_reused") == THREADS // 2

    def test_different_keys_at_once_after_a_day_do_not_hinder_one_another(
        self, do: UseCases, time: SettableClock
    ) -> None:
        """Though each takes its own key anew and lets go of those of the others."""
        made = _form(do, None).partnership
        update = UpdateRequest(
            partnership_id=made.id,
            lead_provider_id=PURPLE_LEARNING.id,
            delivery_partner_id=NORTH_HUB.id,
        )
        acts = [
            partial(
                do.update_partnership,
                update,
                by=ADMINISTRATOR,
                once=evolve(ONCE, key=evolve(KEY, name=str(number))),
            )
            for number in range(THREADS)
        ]
        for _ in range(3):
            assert all(isinstance(outcome, Agreement) for outcome in at_once(*acts))
            time.advance(hours=24)


def _form(do: UseCases, once: Once[Agreement] | None) -> Agreement:
    return do.create_partnership(a_request(), by=ADMINISTRATOR, once=once)


def _content(act: Callable[[], Agreement]) -> Agreement | bytes:
    """What it came to, or what it had come to."""
    try:
        return act()
    except AlreadyAnswered as answered:
        return answered.content
