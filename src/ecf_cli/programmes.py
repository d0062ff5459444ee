import click

from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import cohort_option, urn_option
from ecf_core.rules.changing_the_partnership import PartnershipChangeRequest


@click.group()
def programme() -> None:
    """The induction programmes of schools."""


@programme.command("change-partnership")
@urn_option
@cohort_option()
@click.option(
    "--partnership", required=True, metavar="ID", help="One of the school's for the cohort."
)
@pass_deployment
def change_partnership(
    deployment: Deployment, urn: str, cohort: int | None, partnership: str
) -> None:
    """Put a school's participants under its partnership, where forming it has not."""
    request = PartnershipChangeRequest(
        urn=urn.strip() or None, cohort=cohort, partnership_id=named.partnership(partnership)
    )
    repaired = deployment.use_cases.change_partnership(request, by=deployment.administrator)
    deployment.output.one({"action": repaired.action, "migrated": repaired.migrated})
