from attrs import frozen

from ecf_adapters.memory.induction_facts import MemoryInductionFacts
from ecf_adapters.memory.state import State
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId
from ecf_core.model.providers import DeliveryPartner, ProviderRelationship
from ecf_core.rules.challenging_a_partnership import ChallengeRequest, ProposedChallenge
from ecf_core.rules.confirming_a_programme import ProgrammeRequest, ProposedProgramme
from ecf_core.rules.creating_a_partnership import PartnershipRequest, Proposal
from ecf_core.rules.opening_a_cohort import CohortStanding
from ecf_core.rules.updating_a_partnership import ProposedUpdate, UpdateRequest


@frozen
class MemoryFacts(MemoryInductionFacts):
    _state: State

    def proposal(self, request: PartnershipRequest) -> Proposal:
        state = self._state
        cohort = state.cohorts.get(request.cohort or 0)
        school = state.schools.get(request.school_id) if request.school_id else None
        lead_provider = (
            state.lead_providers.get(request.lead_provider_id) if request.lead_provider_id else None
        )
        delivery_partner = self._delivery_partner(request.delivery_partner_id)
        known = (school.id, cohort.start_year) if school and cohort else None
        return Proposal(
            request=request,
            cohort=cohort,
            school=school,
            lead_provider=lead_provider,
            delivery_partner=delivery_partner,
            provider_relationship=self._related(
                request.lead_provider_id, request.delivery_partner_id, request.cohort
            ),
            partnerships=tuple(state.partnerships_of(*known)) if known else (),
            partnered_last_year=school is not None
            and request.cohort is not None
            and any(p.current for p in state.partnerships_of(school.id, request.cohort - 1)),
            school_cohort=state.school_cohorts.get(known) if known else None,
            programmes=tuple(state.programmes.get(known, {}).values()) if known else (),
        )

    def proposed_update(self, request: UpdateRequest) -> ProposedUpdate:
        state = self._state
        partnership = (
            state.partnerships.get(request.partnership_id) if request.partnership_id else None
        )
        if partnership is not None and (
            partnership.relationship
            or request.lead_provider_id not in {None, partnership.lead_provider_id}
        ):
            partnership = None
        delivery_partner = self._delivery_partner(request.delivery_partner_id)
        if partnership is None:
            return ProposedUpdate(
                request=request,
                agreement=None,
                cohort=None,
                delivery_partner=delivery_partner,
                provider_relationship=False,
                held_by_another=False,
            )
        known = (partnership.school_id, partnership.cohort)
        return ProposedUpdate(
            request=request,
            agreement=state.agreement(partnership),
            partnerships=tuple(state.partnerships_of(*known)),
            school_cohort=state.school_cohorts.get(known),
            programmes=tuple(state.programmes.get(known, {}).values()),
            cohort=state.cohorts[partnership.cohort],
            delivery_partner=delivery_partner,
            provider_relationship=self._related(
                partnership.lead_provider_id, request.delivery_partner_id, partnership.cohort
            ),
            held_by_another=any(
                other.id != partnership.id
                and other.lead_provider_id == partnership.lead_provider_id
                and other.delivery_partner_id == request.delivery_partner_id
                for other in state.partnerships_of(partnership.school_id, partnership.cohort)
            ),
        )

    def proposed_challenge(self, request: ChallengeRequest) -> ProposedChallenge:
        state = self._state
        partnership = (
            state.partnerships.get(request.partnership_id) if request.partnership_id else None
        )
        if partnership is None:
            return ProposedChallenge(request=request, agreement=None, school_cohort=None)
        return ProposedChallenge(
            request=request,
            agreement=state.agreement(partnership),
            school_cohort=state.school_cohorts.get((partnership.school_id, partnership.cohort)),
        )

    def proposed_programme(self, request: ProgrammeRequest) -> ProposedProgramme:
        state = self._state
        cohort = state.cohorts.get(request.cohort or 0)
        school = state.schools.get(request.school_id) if request.school_id else None
        known = (school.id, cohort.start_year) if school and cohort else None
        return ProposedProgramme(
            request=request,
            cohort=cohort,
            school=school,
            school_cohort=state.school_cohorts.get(known) if known else None,
            current_partnership=next((p for p in state.partnerships_of(*known) if p.current), None)
            if known
            else None,
        )

    def cohort_standing(self, start_year: int) -> CohortStanding:
        state = self._state
        return CohortStanding(
            lead_providers=tuple(sorted(state.lead_providers.values(), key=lambda lp: lp.name)),
            cohort=state.cohorts.get(start_year),
            admitted=frozenset(lp for year, lp in state.admitted if year == start_year),
            contracts=tuple(
                sorted(
                    (c for c in state.contracts.values() if c.cohort == start_year),
                    key=lambda c: c.lead_provider_id,
                )
            ),
            mentor_contracts=tuple(
                sorted(
                    (c for c in state.mentor_contracts.values() if c.cohort == start_year),
                    key=lambda c: c.lead_provider_id,
                )
            ),
            schedules=tuple(
                sorted(
                    (s for s in state.schedules.values() if s.cohort == start_year),
                    key=lambda s: s.identifier,
                )
            ),
            statements=tuple(
                sorted(
                    (s for s in state.statements.values() if s.cohort == start_year),
                    key=lambda s: (s.payment_date, s.lead_provider_id),
                )
            ),
        )

    def _delivery_partner(self, id_: DeliveryPartnerId | None) -> DeliveryPartner | None:
        partner = self._state.delivery_partners.get(id_) if id_ else None
        return partner if partner and partner.discarded_at is None else None

    def _related(
        self,
        lead_provider: LeadProviderId | None,
        delivery_partner: DeliveryPartnerId | None,
        cohort: int | None,
    ) -> bool:
        if lead_provider is None or delivery_partner is None or cohort is None:
            return False
        return (
            ProviderRelationship(
                lead_provider_id=lead_provider,
                delivery_partner_id=delivery_partner,
                cohort=cohort,
            )
            in self._state.relationships
        )
