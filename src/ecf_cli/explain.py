"""What is asked when a partnership is to be formed, and whether it could be."""

from typing import Any, Final

import click
from rich.text import Text

from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import (
    cohort_option,
    delivery_partner_option,
    lead_provider_option,
    urn_option,
)
from ecf_cli.output import table
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.use_cases.explain_partnership import Explanation

_JUDGEMENTS: Final = {
    True: Text("passed", "green"),
    False: Text("BROKEN", "bold red"),
    None: Text("not judged", "dim"),
}


def request_options(command: Any) -> Any:
    for option in (
        delivery_partner_option,
        cohort_option(),
        urn_option,
        lead_provider_option(),
    ):
        command = option(command)
    return command


def requested(
    deployment: Deployment, lead_provider: str, urn: str, cohort: int | None, partner: str
) -> PartnershipRequest:
    return PartnershipRequest(
        cohort=cohort,
        school_id=named.school(deployment, urn),
        lead_provider_id=named.lead_provider(deployment, lead_provider),
        delivery_partner_id=named.delivery_partner(deployment, partner),
    )


@click.command("explain")
@request_options
@pass_deployment
def explain_partnership(
    deployment: Deployment, lead_provider: str, urn: str, cohort: int | None, delivery_partner: str
) -> None:
    """Tell whether a partnership could be formed, rule by rule; nothing is changed."""
    request = requested(deployment, lead_provider, urn, cohort, delivery_partner)
    explanation = deployment.use_cases.explain_partnership(request)
    if deployment.output.json:
        deployment.output.one(_explained(explanation))
        return
    for judgement in explanation.judgements:
        if judgement.passed is False:
            click.echo(f"Refused: {judgement.rule.field}: {judgement.rule.message}")
    if explanation.allowed:
        click.echo("Allowed: the partnership could be formed now.")
    click.echo()
    table(
        ("judged", "field", "rule", "message if it is broken"),
        (
            (_JUDGEMENTS[j.passed], j.rule.field, j.rule.code, j.rule.message)
            for j in explanation.judgements
        ),
    )


def _explained(explanation: Explanation) -> dict[str, Any]:
    return {
        "allowed": explanation.allowed,
        "rules": [
            {
                "field": judgement.rule.field,
                "code": judgement.rule.code,
                "passed": judgement.passed,
                "message": judgement.rule.message,
            }
            for judgement in explanation.judgements
        ],
    }
