from attrs import frozen

from ecf_core.errors import NotFound, Refused, Violation
from ecf_core.events import InductionTutorSet
from ecf_core.model.actor import Actor
from ecf_core.model.email_address import is_email
from ecf_core.model.ids import SchoolId
from ecf_core.model.providers import squished
from ecf_core.model.school import InductionTutor
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.transaction import in_transaction


def _problems(name: str, email: str) -> list[Violation]:
    return [
        *([] if name else [Violation("name", "blank", "Enter a '#/name'.")]),
        *([] if email else [Violation("email", "blank", "Enter an '#/email'.")]),
        *(
            []
            if is_email(email) or not email
            else [Violation("email", "invalid", "The '#/email' is not an e-mail address.")]
        ),
    ]


@frozen(kw_only=True)
class SetInductionTutor:
    """A school says who looks after induction there.

    Raises :class:`~ecf_core.errors.NotFound` and :class:`~ecf_core.errors.Refused`.
    """

    begin: Begin
    clock: Clock

    def __call__(self, school_id: SchoolId, *, name: str, email: str, by: Actor) -> InductionTutor:
        name, email = squished(name), email.strip()

        def decide(work: UnitOfWork) -> InductionTutor:
            school = work.schools.find(school_id)
            if school is None:
                raise NotFound(Violation("urn", "invalid", "There is no school with this URN."))
            if problems := _problems(name, email):
                raise Refused(*problems)
            before = school.induction_tutor
            if before is not None and (before.name, before.email) == (name, email):
                return before
            now = self.clock.now()
            tutor = InductionTutor(
                name=name,
                email=email,
                updated_at=max(now, before.updated_at) if before else now,
            )
            work.schools.set_induction_tutor(school_id, tutor)
            set_ = InductionTutorSet(school_id=school_id, replaced=before is not None)
            work.record(set_, by=by, at=now)
            return tutor

        return in_transaction(self.begin, decide)
