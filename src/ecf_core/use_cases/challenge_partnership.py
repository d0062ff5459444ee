from datetime import datetime

from attrs import evolve, frozen

from ecf_core.errors import NotFound, Refused
from ecf_core.events import PartnershipChallenged, PartnershipTerms, ProgrammeTerms
from ecf_core.model.actor import Actor
from ecf_core.model.partnership import Agreement, ChallengeReason, Partnership
from ecf_core.model.school_cohort import ProgrammeChoice, SchoolCohort
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.challenging_a_partnership import ChallengeRequest, ProposedChallenge
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.rule import violations
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class ChallengePartnership:
    """A school says that a partnership is not right; an administrator records it.

    That it has no early career teachers (``no_ects``) is also the school's choice for the cohort
    from then on. Raises :class:`~ecf_core.errors.NotFound` and
    :class:`~ecf_core.errors.Refused`. Guide: "Clarifying terms".
    """

    begin: Begin
    clock: Clock
    rules: RuleProfile

    def __call__(self, request: ChallengeRequest, *, by: Actor) -> Agreement:
        def decide(work: UnitOfWork) -> Agreement:
            proposed = work.facts.proposed_challenge(request)
            now = self.clock.now()
            before, reason = self._judge(proposed)
            partnership = before.partnership.challenged(reason, at=now)
            after = evolve(before, partnership=before.changed_to(partnership, at=now))
            work.partnerships.save(after.partnership)
            standing = proposed.school_cohort
            after_it = _school_cohort_after(standing, before.partnership, reason, at=now)
            if after_it is not None and after_it is not standing:
                work.school_cohorts.save(after_it)
            challenged = PartnershipChallenged(
                partnership_id=before.partnership.id,
                reason=reason,
                before=PartnershipTerms.of(before.partnership),
                after=PartnershipTerms.of(after.partnership),
                programme_before=ProgrammeTerms.of(standing),
                programme_after=ProgrammeTerms.of(after_it),
            )
            work.record(challenged, by=by, at=now)
            return after

        return in_transaction(self.begin, decide)

    def _judge(self, proposed: ProposedChallenge) -> tuple[Agreement, ChallengeReason]:
        broken = violations(self.rules.challenging_a_partnership, proposed)
        if proposed.agreement is None:
            raise NotFound(*broken)
        if broken:
            raise Refused(*broken)
        return proposed.agreement, ChallengeReason(proposed.request.reason or "")


def _school_cohort_after(
    school_cohort: SchoolCohort | None,
    partnership: Partnership,
    reason: ChallengeReason,
    *,
    at: datetime,
) -> SchoolCohort | None:
    """The school's standing once its partnership is challenged.

    A relationship partnership is one participant's: challenging it says nothing of the school.
    """
    if school_cohort is None or partnership.relationship:
        return school_cohort
    if reason is ChallengeReason.NO_ECTS:
        return school_cohort.confirmed(ProgrammeChoice.NO_ECTS, None, at=at)
    return school_cohort.touched(at=at)
