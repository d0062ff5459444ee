from datetime import date
from typing import Any

import click
from attrs import asdict

from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.named import id_in, known_lead_provider
from ecf_cli.options import day, lead_provider_option
from ecf_cli.refusals import blank
from ecf_core.model.ids import TokenId

_SHOWN = ("id", "lead_provider", "created_at", "last_used_at", "expires_at", "revoked_at")


@click.group()
def token() -> None:
    """The keys with which lead providers call the API."""


def _all(deployment: Deployment) -> list[dict[str, Any]]:
    return [asdict(row) for row in deployment.queries.tokens.all()]


@token.command("create")
@lead_provider_option()
@click.option(
    "--expires", callback=day, metavar="DATE", help="The last day on which it is valid (UTC)."
)
@pass_deployment
def create_token(deployment: Deployment, lead_provider: str, expires: date | None) -> None:
    """Give a lead provider a token; it is shown this once."""
    issued = deployment.use_cases.issue_token(
        known_lead_provider(deployment, lead_provider),
        expires=expires,
        by=deployment.administrator,
    )
    deployment.output.say({"token": issued.secret, "id": issued.token.id}, issued.secret)


@token.command("list")
@pass_deployment
def list_tokens(deployment: Deployment) -> None:
    """List all tokens there ever were, without their secrets."""
    deployment.output.many(_all(deployment), _SHOWN, "tokens")


@token.command("revoke")
@click.argument("id_", metavar="ID")
@pass_deployment
def revoke_token(deployment: Deployment, id_: str) -> None:
    """Take a token back, at once."""
    found = id_in(id_)
    if found is None:
        raise blank("id")
    deployment.use_cases.revoke_token(TokenId(found), by=deployment.administrator)
    deployment.output.one(next(row for row in _all(deployment) if row["id"] == found))
