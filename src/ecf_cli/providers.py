from pathlib import Path
from uuid import UUID

import click

from ecf_adapters.csv.providers import read_organisations, read_provider_relationships
from ecf_adapters.csv.refusals import of_file
from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import (
    cohort_option,
    delivery_partner_option,
    file_argument,
    id_option,
    lead_provider_option,
    works_with_option,
)
from ecf_cli.refusals import blank
from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.model.providers import ProviderRelationship
from ecf_core.use_cases.import_providers import Imported
from ecf_core.use_cases.set_up_delivery_partner import WorksWith


@click.group()
def lead_providers() -> None:
    """Lead providers."""


@click.group()
def delivery_partners() -> None:
    """Delivery partners."""


@click.group()
def provider_relationships() -> None:
    """Which delivery partners work with which lead providers."""


def _all_counts(imported: Imported) -> dict[str, int]:
    return {
        "created": imported.created,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
    }


@lead_providers.command("import")
@file_argument
@pass_deployment
def import_lead_providers(deployment: Deployment, file: Path) -> None:
    """Load lead providers: header name, optional id."""
    load = deployment.use_cases.import_lead_providers
    with of_file(file):
        imported = load(read_organisations(file), by=deployment.administrator)
    deployment.output.counts(_all_counts(imported))


@delivery_partners.command("import")
@file_argument
@pass_deployment
def import_delivery_partners(deployment: Deployment, file: Path) -> None:
    """Load delivery partners: header name, optional id."""
    load = deployment.use_cases.import_delivery_partners
    with of_file(file):
        imported = load(read_organisations(file), by=deployment.administrator)
    deployment.output.counts(_all_counts(imported))


@delivery_partners.command("add")
@click.argument("name")
@id_option
@works_with_option
@pass_deployment
def add_delivery_partner(
    deployment: Deployment, name: str, id_: UUID | None, works_with: list[WorksWith]
) -> None:
    """Set up a delivery partner with its provider relationships."""
    ready = deployment.use_cases.set_up_delivery_partner(
        name,
        id=None if id_ is None else DeliveryPartnerId(id_),
        works_with=works_with,
        by=deployment.administrator,
    )
    deployment.output.one(
        {"id": ready.delivery_partner.id, "provider_relationships": ready.provider_relationships}
    )


@delivery_partners.command("discard")
@click.argument("name_or_id")
@pass_deployment
def discard_delivery_partner(deployment: Deployment, name_or_id: str) -> None:
    """End a delivery partner's work with all lead providers; its partnerships stay."""
    partner = named.known_delivery_partner(deployment, name_or_id)
    discard = deployment.use_cases.discard_delivery_partner
    deployment.output.counts({"discarded": discard(partner, by=deployment.administrator)})


@provider_relationships.command("import")
@file_argument
@cohort_option()
@pass_deployment
def import_provider_relationships(deployment: Deployment, file: Path, cohort: int | None) -> None:
    """Load who works with whom in a cohort: header delivery_partner_id,lead_provider_name."""
    if cohort is None:
        raise blank("cohort")
    load = deployment.use_cases.import_provider_relationships
    with of_file(file):
        imported = load(
            read_provider_relationships(file), cohort=cohort, by=deployment.administrator
        )
    deployment.output.counts({"created": imported.created, "unchanged": imported.unchanged})


@provider_relationships.command("discard")
@delivery_partner_option
@lead_provider_option()
@cohort_option()
@pass_deployment
def discard_provider_relationship(
    deployment: Deployment, delivery_partner: str, lead_provider: str, cohort: int | None
) -> None:
    """End the work of a delivery partner with a lead provider in a cohort."""
    partner = named.known_delivery_partner(deployment, delivery_partner)
    relationship = ProviderRelationship(
        lead_provider_id=named.known_lead_provider(deployment, lead_provider),
        delivery_partner_id=partner,
        cohort=named.known_cohort(deployment, cohort),
    )
    discard = deployment.use_cases.discard_provider_relationship
    deployment.output.counts({"discarded": discard(relationship, by=deployment.administrator)})
