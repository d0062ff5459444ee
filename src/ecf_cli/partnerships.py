from typing import Any

import click

from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.explain import explain_partnership, request_options, requested
from ecf_cli.options import (
    cohort_option,
    delivery_partner_option,
    dry_run_option,
    lead_provider_option,
)
from ecf_cli.output import Output, people
from ecf_core.errors import NotFound
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.use_cases.moving import Formed

_SHOWN = ("id", "cohort", "urn", "lead_provider", "delivery_partner", "status")


@click.group()
def partnership() -> None:
    """Partnerships between lead providers, delivery partners and schools."""


partnership.add_command(explain_partnership)


def _document(row: PartnershipRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "cohort": row.cohort,
        "urn": row.urn,
        "school_id": row.school_id,
        "lead_provider": row.lead_provider,
        "delivery_partner_id": row.delivery_partner_id,
        "delivery_partner": row.delivery_partner,
        "status": row.status,
        "challenged_reason": row.challenged_reason,
        "challenged_at": row.challenged_at,
        "challenge_deadline": row.challenge_deadline,
        "relationship": row.relationship,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _tell(output: Output, formed: Formed, *, dry_run: bool) -> None:
    """The partnership; people are also told who moves into it."""
    output.one(_document(PartnershipRow.of(formed)))
    if formed.moved and not output.json:
        sources = ", ".join(map(str, formed.moved.from_programmes))
        verb = "would move" if dry_run else "moved"
        click.echo(f"{people(formed.moved.participants)} {verb} into it from programme {sources}")


def _id_argument(command: Any) -> Any:
    return click.argument("id_", metavar="ID")(command)


@partnership.command("create")
@request_options
@dry_run_option
@pass_deployment
def create_partnership(
    deployment: Deployment,
    lead_provider: str,
    urn: str,
    cohort: int | None,
    delivery_partner: str,
    *,
    dry_run: bool,
) -> None:
    """Form a partnership for a lead provider."""
    formed = deployment.use_cases.create_partnership(
        requested(deployment, lead_provider, urn, cohort, delivery_partner),
        by=deployment.administrator,
        dry_run=dry_run,
    )
    _tell(deployment.output, formed, dry_run=dry_run)


@partnership.command("update")
@_id_argument
@delivery_partner_option
@dry_run_option
@pass_deployment
def update_partnership(
    deployment: Deployment,
    id_: str,
    delivery_partner: str,
    *,
    dry_run: bool,
) -> None:
    """Change a partnership's delivery partner."""
    request = UpdateRequest(
        partnership_id=named.partnership(id_),
        lead_provider_id=None,
        delivery_partner_id=named.delivery_partner(deployment, delivery_partner),
    )
    formed = deployment.use_cases.update_partnership(
        request, by=deployment.administrator, dry_run=dry_run
    )
    _tell(deployment.output, formed, dry_run=dry_run)


@partnership.command("challenge")
@_id_argument
@click.option(
    "--reason",
    required=True,
    help="another_provider, not_confirmed, do_not_recognise, no_ects or mistake.",
)
@pass_deployment
def challenge_partnership(deployment: Deployment, id_: str, reason: str) -> None:
    """Record a school's word that a partnership is not right, whenever it says so."""
    request = ChallengeRequest(partnership_id=named.partnership(id_), reason=reason.strip())
    agreement = deployment.use_cases.challenge_partnership(request, by=deployment.administrator)
    deployment.output.one(_document(PartnershipRow.of(agreement)))


def _known(deployment: Deployment, id_: str) -> PartnershipRow:
    wanted = named.partnership(id_)
    found = None if wanted is None else deployment.queries.partnerships.one(wanted)
    if found is None:
        raise NotFound(named.NO_PARTNERSHIP)
    return found


@partnership.command("show")
@_id_argument
@pass_deployment
def show_partnership(deployment: Deployment, id_: str) -> None:
    """Show a partnership."""
    deployment.output.one(_document(_known(deployment, id_)))


@partnership.command("list")
@lead_provider_option(required=False)
@cohort_option(required=False)
@pass_deployment
def list_partnerships(
    deployment: Deployment, lead_provider: str | None, cohort: int | None
) -> None:
    """List partnerships, oldest first."""
    wanted = PartnershipsFilter(
        cohorts=None if cohort is None else frozenset({named.known_cohort(deployment, cohort)}),
        lead_provider_id=None
        if lead_provider is None
        else named.known_lead_provider(deployment, lead_provider),
    )
    rows = [_document(row) for row in deployment.queries.partnerships.all(wanted)]
    deployment.output.many(rows, _SHOWN, "partnerships")


@partnership.command("history")
@_id_argument
@pass_deployment
def show_history(deployment: Deployment, id_: str) -> None:
    """Show what happened to a partnership, oldest first."""
    known = _known(deployment, id_)
    happened = [
        {
            "event": entry.event,
            "happened_at": entry.happened_at,
            "actor": entry.actor,
            "details": dict(entry.details),
        }
        for entry in deployment.queries.partnerships.history(known.id)
    ]
    deployment.output.many(happened, ("event", "happened_at", "actor"), "events")
