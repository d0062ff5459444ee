from collections.abc import Sequence
from typing import Final

from attrs import define, evolve, field, frozen

from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.events import ParticipantsImported
from ecf_core.model.actor import Actor
from ecf_core.model.ids import ParticipantId
from ecf_core.model.participant import Enrolment, ParticipantType, email_key
from ecf_core.model.trn import trn_from
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.naming_a_participant import MEETING_A_PARTICIPANT_AGAIN
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, Known, Place, ProposedEnrolment
from ecf_core.rules.rule import violations
from ecf_core.use_cases.enrol_participant import enrolment_of
from ecf_core.use_cases.transaction import in_transaction

_COLUMNS: Final = {
    "mentor": "mentor_email",
    "participant": "email",
    "programme": "programme_id",
}


@frozen(kw_only=True)
class EnrolmentRow:
    """A line of a file of participants."""

    line: int
    request: EnrolmentRequest


@frozen(kw_only=True)
class ParticipantsLoaded:
    """What loading participants did, in rows."""

    created: int
    unchanged: int
    problems: tuple[RowProblem, ...]

    @property
    def rejected(self) -> int:
        return len({problem.line for problem in self.problems})


@frozen(kw_only=True)
class ImportParticipants:
    """On-boards the participants of a file: everything is looked up at once, and written at once.

    Rows that are refused are left out and told of; ``strict`` refuses the file for them. Mentors
    come before those whom they support, wherever they are in the file. Who is enrolled at that
    school in that cohort already is left as is, and a row that says otherwise of them is refused.
    What could not be read of the file is told of with the rest. Raises
    :class:`~ecf_core.errors.RowsRefused`.
    """

    begin: Begin
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(
        self,
        rows: Sequence[EnrolmentRow],
        *,
        by: Actor,
        strict: bool = False,
        unreadable: Sequence[RowProblem] = (),
    ) -> ParticipantsLoaded:
        def decide(work: UnitOfWork) -> ParticipantsLoaded:
            now = self.clock.now()
            proposals = work.facts.proposed_enrolments([row.request for row in rows], at=now)
            so_far = _SoFar()
            unchanged = 0
            problems = list(unreadable)
            for row, stored in sorted(
                zip(rows, proposals, strict=True), key=lambda each: _is_mentor(each[0].request)
            ):
                proposed = so_far.seen_by(stored)
                again = proposed.met_again
                rules = MEETING_A_PARTICIPANT_AGAIN if again else self.rules.enrolling_a_participant
                if broken := violations(rules, proposed):
                    problems += [
                        RowProblem(
                            line=row.line,
                            column=_COLUMNS.get(v.field, v.field),
                            value=_value(row.request, v.field),
                            code=v.code,
                            message=v.message,
                        )
                        for v in broken
                    ]
                elif again:
                    unchanged += 1
                else:
                    so_far.enrol(proposed, enrolment_of(proposed, self.new_id, at=now))
            loaded = ParticipantsLoaded(
                created=len(so_far.enrolments),
                unchanged=unchanged,
                problems=tuple(sorted(problems, key=lambda problem: problem.line)),
            )
            if problems and strict:
                raise RowsRefused(*loaded.problems)
            if so_far.enrolments:
                work.participants.enrol(so_far.enrolments)
                imported = ParticipantsImported(
                    created=loaded.created, unchanged=unchanged, rejected=loaded.rejected
                )
                work.record(imported, by=by, at=now)
            return loaded

        return in_transaction(self.begin, decide)


def _is_mentor(request: EnrolmentRequest) -> bool:
    """Sorts mentors first: false comes before true."""
    return request.type != ParticipantType.MENTOR


def _value(request: EnrolmentRequest, field_: str) -> str:
    value = getattr(request, _COLUMNS.get(field_, field_), None)
    return "" if value is None else str(value)


@define
class _SoFar:
    """Whom the rows before have enrolled: the rows after meet them."""

    enrolments: list[Enrolment] = field(factory=list)
    _people: dict[ParticipantId, Known] = field(factory=dict)
    _with_trn: dict[str, Known] = field(factory=dict)
    _with_email: dict[str, Known] = field(factory=dict)

    def seen_by(self, proposed: ProposedEnrolment) -> ProposedEnrolment:
        """The facts, with whom the rows before have enrolled."""
        request = proposed.request
        mentor = self._with_email.get(email_key(request.mentor_email or ""), proposed.named_mentor)
        with_trn = self._with_trn.get(trn_from(request.trn or "") or "", proposed.with_trn)
        with_email = self._with_email.get(email_key(request.email or ""), proposed.with_email)
        return evolve(
            proposed,
            with_trn=self._as_now(with_trn),
            with_email=self._as_now(with_email),
            named_mentor=self._as_now(mentor),
        )

    def _as_now(self, stored: Known | None) -> Known | None:
        """Whoever was enrolled by a row before, perhaps at another address, is so now."""
        return self._people.get(stored.person.id, stored) if stored else None

    def enrol(self, proposed: ProposedEnrolment, enrolment: Enrolment) -> None:
        person, type_ = enrolment.person, enrolment.training_record.type
        if proposed.school is None or proposed.cohort is None:
            raise AssertionError(proposed)
        place = Place(
            type=type_,
            school_id=proposed.school.id,
            cohort=proposed.cohort.start_year,
            since=enrolment.record.start_date,
        )
        before = proposed.known.places if proposed.known else ()
        formerly = proposed.known.formerly if proposed.known else ()
        known = Known(person=person, places=(*before, place), formerly=formerly)
        self.enrolments.append(enrolment)
        self._people[person.id] = known
        self._with_email[person.email_key] = known
        if person.trn:
            self._with_trn[person.trn] = known
