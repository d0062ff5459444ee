"""Which delivery partners work with which lead providers in a cohort, loaded and ended."""

from collections.abc import Sequence

from attrs import frozen

from ecf_core.errors import NotFound, Refused, RowProblem, RowsRefused, Violation
from ecf_core.events import ProviderRelationshipDiscarded, ProviderRelationshipsImported
from ecf_core.model.actor import Actor
from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.model.providers import ProviderRelationship, squished
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.import_providers import Imported
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class RelationshipRow:
    """A line of a provider relationships file."""

    line: int
    delivery_partner_id: DeliveryPartnerId
    lead_provider_name: str


@frozen(kw_only=True)
class ImportProviderRelationships:
    """Loads which delivery partners work with which lead providers in a cohort.

    All of the file, or nothing of it. Raises :class:`~ecf_core.errors.Refused` and
    :class:`~ecf_core.errors.RowsRefused`.
    """

    begin: Begin
    clock: Clock

    def __call__(self, rows: Sequence[RelationshipRow], *, cohort: int, by: Actor) -> Imported:
        def decide(work: UnitOfWork) -> Imported:
            if work.cohorts.find(cohort) is None:
                raise Refused(
                    Violation(
                        "cohort",
                        "invalid",
                        "The '#/cohort' you have entered is invalid."
                        " Check cohort details and try again.",
                    )
                )
            wanted = _checked(rows, cohort, work)
            kept = work.providers.relationships(cohort=cohort)
            added = [r for r in wanted if r not in kept]
            now = self.clock.now()
            if added:
                work.providers.relate(added, at=now)
                imported = ProviderRelationshipsImported(
                    cohort=cohort,
                    created=tuple((r.lead_provider_id, r.delivery_partner_id) for r in added),
                    unchanged=len(wanted) - len(added),
                )
                work.record(imported, by=by, at=now)
            return Imported(created=len(added), updated=0, unchanged=len(wanted) - len(added))

        return in_transaction(self.begin, decide)


def _checked(
    rows: Sequence[RelationshipRow], cohort: int, work: UnitOfWork
) -> list[ProviderRelationship]:
    """The relationships that the rows name; refused with everything that is wrong with them."""
    lead_providers = {lp.name: lp.id for lp in work.providers.lead_providers()}
    active = work.cohorts.lead_providers(cohort)
    partners = {
        partner.id for partner in work.providers.delivery_partners() if not partner.discarded_at
    }
    lines: dict[ProviderRelationship, int] = {}
    problems: list[RowProblem] = []
    for row in rows:

        def problem(column: str, value: str, code: str, message: str, line: int = row.line) -> None:
            problems.append(
                RowProblem(line=line, column=column, value=value, code=code, message=message)
            )

        name = squished(row.lead_provider_name)
        lead_provider = lead_providers.get(name)
        partner = row.delivery_partner_id
        if partner not in partners:
            problem("delivery_partner_id", str(partner), "invalid", "no such delivery partner")
        if lead_provider is None:
            problem("lead_provider_name", name, "invalid", "no such lead provider")
        elif lead_provider not in active:
            problem("lead_provider_name", name, "not_in_cohort", f"not active in cohort {cohort}")
        if partner in partners and lead_provider in active and lead_provider is not None:
            relationship = ProviderRelationship(
                lead_provider_id=lead_provider, delivery_partner_id=partner, cohort=cohort
            )
            if (first := lines.setdefault(relationship, row.line)) != row.line:
                problem("lead_provider_name", name, "duplicate", f"the same as line {first}")
    if problems:
        raise RowsRefused(*problems)
    return list(lines)


@frozen(kw_only=True)
class DiscardProviderRelationship:
    """Ends the work of a delivery partner with a lead provider in a cohort.

    Partnerships stay as they are, and so does the history. Raises
    :class:`~ecf_core.errors.NotFound`.
    """

    begin: Begin
    clock: Clock

    def __call__(self, relationship: ProviderRelationship, *, by: Actor) -> int:
        """How many relationships were ended: one."""

        def decide(work: UnitOfWork) -> int:
            kept = work.providers.relationships(
                delivery_partner_id=relationship.delivery_partner_id
            )
            if relationship not in kept:
                raise NotFound(
                    Violation(
                        "provider_relationship",
                        "invalid",
                        "They do not work together in the cohort.",
                    )
                )
            now = self.clock.now()
            work.providers.discard([relationship], at=now)
            discarded = ProviderRelationshipDiscarded(
                lead_provider_id=relationship.lead_provider_id,
                delivery_partner_id=relationship.delivery_partner_id,
                cohort=relationship.cohort,
            )
            work.record(discarded, by=by, at=now)
            return 1

        return in_transaction(self.begin, decide)
