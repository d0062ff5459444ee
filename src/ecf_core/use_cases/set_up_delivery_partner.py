"""The administrator's form of the guide: "Setting up delivery partners for a cohort"."""

from collections.abc import Sequence

from attrs import frozen

from ecf_core.errors import NotFound, Refused, Violation
from ecf_core.events import DeliveryPartnerDiscarded, DeliveryPartnerSetUp
from ecf_core.model.actor import Actor
from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.model.providers import (
    LONGEST_NAME,
    DeliveryPartner,
    ProviderRelationship,
    squished,
)
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.transaction import in_transaction


@frozen
class WorksWith:
    """A delivery partner is to work with the lead provider of this name, in this cohort."""

    lead_provider: str
    cohort: int


@frozen
class DeliveryPartnerReady:
    """A delivery partner, and with how many lead providers and cohorts it works now."""

    delivery_partner: DeliveryPartner
    provider_relationships: int


@frozen(kw_only=True)
class SetUpDeliveryPartner:
    """Adds a delivery partner, or what an existing one of the name does besides.

    A discarded one is revived. Raises :class:`~ecf_core.errors.Refused`.

    Guide: "Setting up delivery partners for a cohort".
    """

    begin: Begin
    clock: Clock
    new_id: NewId

    def __call__(
        self,
        name: str,
        *,
        id: DeliveryPartnerId | None,  # noqa: A002 - the word of the form
        works_with: Sequence[WorksWith],
        by: Actor,
    ) -> DeliveryPartnerReady:
        name = squished(name)

        def decide(work: UnitOfWork) -> DeliveryPartnerReady:
            known = work.providers.delivery_partners()
            before = next((partner for partner in known if partner.name == name), None)
            problems = [
                *_name_and_id(name, id, before, known),
                *_active_in_their_cohorts(works_with, work),
            ]
            if problems:
                raise Refused(*problems)
            now = self.clock.now()
            partner = before or DeliveryPartner(
                id=id or DeliveryPartnerId(self.new_id()), name=name, created_at=now, updated_at=now
            )
            if partner.discarded_at is not None:
                partner = partner.revived(at=now)
            kept = work.providers.relationships(delivery_partner_id=partner.id)
            wanted = _relationships(works_with, partner.id, work)
            added = tuple(dict.fromkeys(r for r in wanted if r not in kept))
            if partner != before:
                work.providers.put_delivery_partners([partner])
            work.providers.relate(added, at=now)
            if partner != before or added:
                set_up = DeliveryPartnerSetUp(
                    delivery_partner_id=partner.id,
                    created=before is None,
                    revived=before is not None and before.discarded_at is not None,
                    works_with=tuple((r.lead_provider_id, r.cohort) for r in added),
                )
                work.record(set_up, by=by, at=now)
            return DeliveryPartnerReady(partner, len(kept) + len(added))

        return in_transaction(self.begin, decide)


def _name_and_id(
    name: str,
    id_: DeliveryPartnerId | None,
    of_the_name: DeliveryPartner | None,
    known: Sequence[DeliveryPartner],
) -> list[Violation]:
    if not name:
        return [Violation("name", "blank", "Enter a name")]
    if len(name) > LONGEST_NAME:
        return [Violation("name", "too_long", f"A name has at most {LONGEST_NAME} characters.")]
    if id_ is None:
        return []
    if of_the_name is not None and of_the_name.id != id_:
        return [Violation("id", "conflict", f"{name} is known already, by id {of_the_name.id}.")]
    if any(partner.id == id_ and partner.name != name for partner in known):
        return [Violation("id", "conflict", f"The id {id_} is another delivery partner's.")]
    return []


def _active_in_their_cohorts(works_with: Sequence[WorksWith], work: UnitOfWork) -> list[Violation]:
    lead_providers = {lp.name: lp.id for lp in work.providers.lead_providers()}
    problems = []
    for pair in works_with:
        named = f"{pair.lead_provider}:{pair.cohort}"
        lead_provider = lead_providers.get(squished(pair.lead_provider))
        if lead_provider is None:
            problems.append(
                Violation("works_with", "invalid", f"{named}: there is no such lead provider.")
            )
        elif work.cohorts.find(pair.cohort) is None:
            problems.append(Violation("works_with", "invalid", f"{named}: no such cohort."))
        elif lead_provider not in work.cohorts.lead_providers(pair.cohort):
            problems.append(
                Violation(
                    "works_with",
                    "not_in_cohort",
                    f"{named}: the lead provider is not active in the cohort.",
                )
            )
    return problems


def _relationships(
    works_with: Sequence[WorksWith], partner: DeliveryPartnerId, work: UnitOfWork
) -> list[ProviderRelationship]:
    lead_providers = {lp.name: lp.id for lp in work.providers.lead_providers()}
    return [
        ProviderRelationship(
            lead_provider_id=lead_providers[squished(pair.lead_provider)],
            delivery_partner_id=partner,
            cohort=pair.cohort,
        )
        for pair in works_with
    ]


@frozen(kw_only=True)
class DiscardDeliveryPartner:
    """Discards a delivery partner with all of its provider relationships.

    Partnerships stay as they are, and so does the history. Raises
    :class:`~ecf_core.errors.NotFound`.
    """

    begin: Begin
    clock: Clock

    def __call__(self, delivery_partner_id: DeliveryPartnerId, *, by: Actor) -> int:
        """How many relationships were ended."""

        def decide(work: UnitOfWork) -> int:
            kept = {p.id: p for p in work.providers.delivery_partners() if not p.discarded_at}
            partner = kept.get(delivery_partner_id)
            if partner is None:
                raise NotFound(
                    Violation("delivery_partner", "invalid", "There is no such delivery partner.")
                )
            now = self.clock.now()
            ended = work.providers.relationships(delivery_partner_id=partner.id)
            work.providers.discard(ended, at=now)
            work.providers.put_delivery_partners([partner.discarded(at=now)])
            discarded = DeliveryPartnerDiscarded(
                delivery_partner_id=partner.id,
                worked_with=tuple(sorted((r.lead_provider_id, r.cohort) for r in ended)),
            )
            work.record(discarded, by=by, at=now)
            return len(ended)

        return in_transaction(self.begin, decide)
