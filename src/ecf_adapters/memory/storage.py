from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from attrs import define, evolve, field

from ecf_adapters.memory.facts import MemoryFacts
from ecf_adapters.memory.state import Happened, State
from ecf_core.errors import StaleWrite
from ecf_core.events import Event
from ecf_core.model.actor import Actor
from ecf_core.model.cohort import Cohort
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, PartnershipId, SchoolId, TokenId
from ecf_core.model.partnership import Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship
from ecf_core.model.school import InductionTutor, School
from ecf_core.model.school_cohort import SchoolCohort
from ecf_core.model.token import ApiToken
from ecf_core.ports.schools import SchoolsLoaded


@define
class MemoryCohorts:
    _state: State

    def find(self, start_year: int) -> Cohort | None:
        return self._state.cohorts.get(start_year)

    def put(self, cohort: Cohort, *, at: datetime) -> None:  # noqa: ARG002 - the port's
        self._state.cohorts[cohort.start_year] = cohort

    def lead_providers(self, start_year: int) -> frozenset[LeadProviderId]:
        return frozenset(lp for year, lp in self._state.admitted if year == start_year)

    def admit(
        self,
        start_year: int,
        lead_providers: Iterable[LeadProviderId],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        self._state.admitted |= {(start_year, lp) for lp in lead_providers}


@define
class MemoryProviders:
    _state: State

    def lead_providers(self) -> tuple[LeadProvider, ...]:
        return tuple(sorted(self._state.lead_providers.values(), key=lambda lp: lp.name))

    def put_lead_providers(
        self,
        lead_providers: Iterable[LeadProvider],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        known = self._state.lead_providers
        known |= {lp.id: lp for lp in lead_providers}
        _each_name_once(lp.name for lp in known.values())

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        return tuple(sorted(self._state.delivery_partners.values(), key=lambda dp: dp.name))

    def put_delivery_partners(self, delivery_partners: Iterable[DeliveryPartner]) -> None:
        known = self._state.delivery_partners
        known |= {dp.id: dp for dp in delivery_partners}
        _each_name_once(dp.name for dp in known.values())

    def relationships(
        self, *, cohort: int | None = None, delivery_partner_id: DeliveryPartnerId | None = None
    ) -> frozenset[ProviderRelationship]:
        return frozenset(
            r
            for r in self._state.relationships
            if cohort in {None, r.cohort} and delivery_partner_id in {None, r.delivery_partner_id}
        )

    def relate(
        self,
        relationships: Iterable[ProviderRelationship],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        self._state.relationships |= set(relationships)

    def discard(
        self,
        relationships: Iterable[ProviderRelationship],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        self._state.relationships -= set(relationships)


def _each_name_once(names: Iterable[str]) -> None:
    listed = list(names)
    if len(set(listed)) != len(listed):
        raise StaleWrite("a name is taken")


@define
class MemorySchools:
    _state: State

    def find(self, school_id: SchoolId) -> School | None:
        return self._state.schools.get(school_id)

    def ids(self) -> Mapping[str, SchoolId]:
        return dict(self._state.school_ids)

    def load(
        self, entries: Iterable[tuple[SchoolId, Establishment]], *, at: datetime
    ) -> SchoolsLoaded:
        created = updated = unchanged = 0
        moved: dict[bool, list[SchoolId]] = {True: [], False: []}
        for fresh_id, entry in entries:
            known = self._state.school_ids.get(entry.urn)
            if known is None:
                created += 1
                self._state.school_ids[entry.urn] = fresh_id
                self._state.schools[fresh_id] = School(
                    id=fresh_id, establishment=entry, created_at=at, updated_at=at
                )
                continue
            before = self._state.schools[known]
            if before.establishment == entry:
                unchanged += 1
                continue
            updated += 1
            if before.eligible != entry.eligible:
                moved[entry.eligible].append(known)
            self._state.schools[known] = evolve(
                before, establishment=entry, updated_at=max(before.updated_at, at)
            )
        return SchoolsLoaded(
            created=created,
            updated=updated,
            unchanged=unchanged,
            now_eligible=tuple(moved[True]),
            no_longer_eligible=tuple(moved[False]),
        )

    def set_induction_tutor(self, school_id: SchoolId, tutor: InductionTutor) -> None:
        schools = self._state.schools
        schools[school_id] = evolve(schools[school_id], induction_tutor=tutor)


@define
class MemoryPartnerships:
    _state: State

    def find(self, partnership_id: PartnershipId) -> Partnership | None:
        return self._state.partnerships.get(partnership_id)

    def add(self, partnership: Partnership) -> None:
        if partnership.id in self._state.partnerships:
            raise StaleWrite(f"partnership {partnership.id}")
        self._put(partnership)

    def save(self, partnership: Partnership) -> None:
        stored = self._state.partnerships.get(partnership.id)
        if stored is None or stored.version != partnership.version:
            raise StaleWrite(f"partnership {partnership.id}, version {partnership.version}")
        self._put(evolve(partnership, version=partnership.version + 1))

    def _put(self, partnership: Partnership) -> None:
        """What the unique indexes of a database guarantee."""
        for other in self._state.partnerships_of(partnership.school_id, partnership.cohort):
            if other.id == partnership.id:
                continue
            same_parties = (other.lead_provider_id, other.delivery_partner_id) == (
                partnership.lead_provider_id,
                partnership.delivery_partner_id,
            )
            if same_parties or (other.current and partnership.current):
                raise StaleWrite(f"partnership {other.id} is there already")
        self._state.put_partnership(partnership)


@define
class MemorySchoolCohorts:
    _state: State

    def find(self, school_id: SchoolId, cohort: int) -> SchoolCohort | None:
        return self._state.school_cohorts.get((school_id, cohort))

    def add(self, school_cohort: SchoolCohort) -> None:
        if self.find(school_cohort.school_id, school_cohort.cohort) is not None:
            raise StaleWrite("the school has a choice for the cohort")
        self._put(school_cohort)

    def save(self, school_cohort: SchoolCohort) -> None:
        stored = self.find(school_cohort.school_id, school_cohort.cohort)
        if stored is None or stored.version != school_cohort.version:
            raise StaleWrite(f"school cohort, version {school_cohort.version}")
        self._put(evolve(school_cohort, version=school_cohort.version + 1))

    def _put(self, school_cohort: SchoolCohort) -> None:
        key = (school_cohort.school_id, school_cohort.cohort)
        self._state.school_cohorts[key] = school_cohort
        if default := school_cohort.default_programme:
            of_cohort = self._state.programmes.get(key, {})
            self._state.programmes[key] = of_cohort | {default.id: default}


@define
class MemoryTokens:
    _state: State

    def find(self, token_id: TokenId) -> ApiToken | None:
        return self._state.tokens.get(token_id)

    def add(self, token: ApiToken) -> None:
        self._state.tokens[token.id] = token

    def revoke(self, token_id: TokenId, *, at: datetime) -> None:
        self._state.tokens[token_id] = evolve(self._state.tokens[token_id], revoked_at=at)

    def note_use(self, token_id: TokenId, *, at: datetime) -> None:
        self._state.tokens[token_id] = evolve(self._state.tokens[token_id], last_used_at=at)


@define
class MemoryUnitOfWork:
    """Works on a copy, which takes the place of the original at the commit."""

    _storage: "MemoryStorage"
    _state: State
    facts: MemoryFacts
    cohorts: MemoryCohorts
    providers: MemoryProviders
    schools: MemorySchools
    school_cohorts: MemorySchoolCohorts
    partnerships: MemoryPartnerships
    tokens: MemoryTokens

    def record(self, *events: Event, by: Actor, at: datetime) -> None:
        self._state.events += tuple(Happened(event, at, str(by)) for event in events)

    def commit(self) -> None:
        self._storage.state = self._state.copy()


@define
class MemoryStorage:
    """Keeps everything in the process: for tests, and for trying the library out.

    One unit of work at a time, as in SQLite; looks see what was committed last.
    """

    state: State = field(factory=State)
    _one_writer: Lock = field(factory=Lock)

    @contextmanager
    def begin(self) -> Iterator[MemoryUnitOfWork]:
        with self._one_writer:
            state = self.state.copy()
            yield MemoryUnitOfWork(
                storage=self,
                state=state,
                facts=MemoryFacts(state),
                cohorts=MemoryCohorts(state),
                providers=MemoryProviders(state),
                schools=MemorySchools(state),
                school_cohorts=MemorySchoolCohorts(state),
                partnerships=MemoryPartnerships(state),
                tokens=MemoryTokens(state),
            )

    @contextmanager
    def look(self) -> Iterator[MemoryFacts]:
        yield MemoryFacts(self.state)
