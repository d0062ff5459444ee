from datetime import datetime
from typing import Final

from attrs import frozen

from ecf_adapters.event_payloads import payload
from ecf_adapters.memory.state import State
from ecf_adapters.memory.storage import MemoryStorage
from ecf_core.events import subject_id
from ecf_core.model.ids import LeadProviderId, PartnershipId, SchoolId
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries import Queries
from ecf_core.queries.cohorts import CohortRow
from ecf_core.queries.partnerships import HistoryEntry, PartnershipRow, PartnershipsFilter
from ecf_core.queries.schools import InductionProgrammeRow, SchoolCohortRow, SchoolRow
from ecf_core.queries.tokens import Caller, TokenRow
from ecf_core.queries.window import Window

_FIRST_COHORT_SHOWN: Final = 2021


@frozen
class _Reads:
    _storage: MemoryStorage

    @property
    def state(self) -> State:
        return self._storage.state


@frozen
class MemoryPartnershipQueries(_Reads):
    def of_lead_provider(
        self, lead_provider_id: LeadProviderId, cohorts: frozenset[int] | None, window: Window
    ) -> tuple[PartnershipRow, ...]:
        rows = [
            row
            for row in self.all(
                PartnershipsFilter(cohorts=cohorts, lead_provider_id=lead_provider_id)
            )
            if not row.relationship and (cohorts is not None or row.cohort >= _FIRST_COHORT_SHOWN)
        ]
        return tuple(rows[window.offset : window.offset + window.per_page])

    def one_of_lead_provider(
        self, lead_provider_id: LeadProviderId, partnership_id: PartnershipId
    ) -> PartnershipRow | None:
        row = self.one(partnership_id)
        mine = row and row.lead_provider_id == lead_provider_id and not row.relationship
        return row if mine else None

    def all(self, wanted: PartnershipsFilter) -> tuple[PartnershipRow, ...]:
        return tuple(
            PartnershipRow.of(self.state.agreement(p))
            for p in sorted(self.state.partnerships.values(), key=lambda p: (p.created_at, p.id))
            if (wanted.cohorts is None or p.cohort in wanted.cohorts)
            and wanted.lead_provider_id in {None, p.lead_provider_id}
        )

    def one(self, partnership_id: PartnershipId) -> PartnershipRow | None:
        partnership = self.state.partnerships.get(partnership_id)
        return PartnershipRow.of(self.state.agreement(partnership)) if partnership else None

    def history(self, partnership_id: PartnershipId) -> tuple[HistoryEntry, ...]:
        return tuple(
            HistoryEntry(
                event=happened.event.name,
                happened_at=happened.at,
                actor=happened.actor,
                details=payload(happened.event),
            )
            for happened in self.state.events
            if subject_id(happened.event) == partnership_id
        )


@frozen
class MemorySchoolQueries(_Reads):
    def id_of(self, urn: str) -> SchoolId | None:
        return self.state.school_ids.get(urn)

    def one(self, urn: str, cohort: int | None) -> SchoolRow | None:
        school_id = self.id_of(urn)
        if school_id is None:
            return None
        school = self.state.schools[school_id]
        year = cohort or 0
        return SchoolRow(
            id=school.id,
            urn=school.urn,
            name=school.establishment.name,
            eligible=school.eligible,
            cip_only=school.cip_only,
            programme=self.cohort(school_id, year).programme,
            in_partnership=any(p.current for p in self.state.partnerships_of(school_id, year)),
        )

    def cohort(self, school_id: SchoolId, cohort: int) -> SchoolCohortRow:
        key = (school_id, cohort)
        school_cohort = self.state.school_cohorts.get(key)
        if school_cohort is None:
            return SchoolCohortRow(
                programme=ProgrammeChoice.NOT_YET_KNOWN.value, induction_programmes=()
            )
        default = school_cohort.default_programme
        return SchoolCohortRow(
            programme=school_cohort.choice.value,
            induction_programmes=tuple(
                InductionProgrammeRow(
                    id=programme.id,
                    training_programme=programme.training_programme.value,
                    partnership_id=programme.partnership_id,
                    default=default is not None and programme.id == default.id,
                )
                for programme in self.state.programmes.get(key, {}).values()
            ),
        )

    def cohort_exists(self, start_year: int) -> bool:
        return start_year in self.state.cohorts


@frozen
class MemoryCohortQueries(_Reads):
    def one(self, start_year: int) -> CohortRow | None:
        with self._storage.look() as facts:
            return CohortRow.of(facts.cohort_standing(start_year))


@frozen
class MemoryProviderQueries(_Reads):
    def lead_providers(self) -> tuple[LeadProvider, ...]:
        return tuple(sorted(self.state.lead_providers.values(), key=lambda lp: lp.name))

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        kept = (dp for dp in self.state.delivery_partners.values() if dp.discarded_at is None)
        return tuple(sorted(kept, key=lambda dp: dp.name))


@frozen
class MemoryTokenQueries(_Reads):
    def caller(self, token_hash: str, *, at: datetime) -> Caller | None:
        for token in self.state.tokens.values():
            if token.hash == token_hash and token.valid(at):
                lead_provider = self.state.lead_providers[token.lead_provider_id]
                return Caller(
                    lead_provider_id=lead_provider.id,
                    lead_provider=lead_provider.name,
                    token_id=token.id,
                    last_used_at=token.last_used_at,
                )
        return None

    def all(self) -> tuple[TokenRow, ...]:
        return tuple(
            TokenRow(
                id=token.id,
                lead_provider=self.state.lead_providers[token.lead_provider_id].name,
                created_at=token.created_at,
                last_used_at=token.last_used_at,
                expires_at=token.expires_at,
                revoked_at=token.revoked_at,
            )
            for token in sorted(self.state.tokens.values(), key=lambda t: (t.created_at, t.id))
        )


def memory_queries(storage: MemoryStorage) -> Queries:
    return Queries(
        partnerships=MemoryPartnershipQueries(storage),
        cohorts=MemoryCohortQueries(storage),
        schools=MemorySchoolQueries(storage),
        providers=MemoryProviderQueries(storage),
        tokens=MemoryTokenQueries(storage),
    )
