"""What support records about a participant: ``set``, ``merge`` and ``remove``."""

from datetime import date
from typing import Final

import click

from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import Option, day, given, truth
from ecf_cli.participant import tell
from ecf_core.rules.merging_participants import MergeRequest
from ecf_core.rules.proposed_amendment import AmendmentRequest
from ecf_core.rules.removing_a_participant import RemovalRequest

_type_option: Final[Option] = click.option(
    "--type",
    "type_",
    callback=given,
    metavar="TYPE",
    help="ect or mentor, of someone who is both.",
)


def _yes_or_no(name: str, help_: str) -> Option:
    return click.option(name, callback=truth, metavar="true|false", help=help_)


@click.command("set")
@click.argument("id_", metavar="ID")
@_type_option
@click.option("--email", callback=given, help="An address that is the participant's alone.")
@click.option("--trn", callback=given, help="The teacher reference number.")
@_yes_or_no("--trn-validated", "Whether the TRN has been found to be the participant's.")
@click.option(
    "--eligible-for-funding",
    callback=given,
    metavar="true|false|unknown",
    help="Whether the training is funded.",
)
@_yes_or_no("--pupil-premium-uplift", "Whether the school has the pupil premium uplift.")
@_yes_or_no("--sparsity-uplift", "Whether the school has the sparsity uplift.")
@click.option(
    "--induction-end-date", callback=day, metavar="DATE", help="When the induction was completed."
)
@click.option(
    "--mentor-funding-end-date",
    callback=day,
    metavar="DATE",
    help="When the funding of a mentor's training ended.",
)
@click.option("--mentor-funding-end-reason", callback=given, metavar="REASON", help="And why.")
@pass_deployment
def set_participant(
    deployment: Deployment,
    /,
    *,
    id_: str,
    type_: str | None,
    email: str | None,
    trn: str | None,
    trn_validated: bool | None,
    eligible_for_funding: str | None,
    pupil_premium_uplift: bool | None,
    sparsity_uplift: bool | None,
    induction_end_date: date | None,
    mentor_funding_end_date: date | None,
    mentor_funding_end_reason: str | None,
) -> None:
    """Record something about a participant; what is left out stays as it is."""
    request = AmendmentRequest(
        participant_id=named.participant(id_),
        type=type_,
        email=email,
        trn=trn,
        trn_validated=trn_validated,
        eligible_for_funding=eligible_for_funding and eligible_for_funding.lower(),
        pupil_premium_uplift=pupil_premium_uplift,
        sparsity_uplift=sparsity_uplift,
        induction_end_date=induction_end_date,
        mentor_funding_end_date=mentor_funding_end_date,
        mentor_funding_end_reason=mentor_funding_end_reason,
    )
    person = deployment.use_cases.amend_participant(request, by=deployment.administrator)
    tell(deployment, named.known_participant(deployment, person.id, type_))


@click.command("merge")
@click.option("--from", "from_id", required=True, metavar="ID", help="The id that is given up.")
@click.option("--to", "to_id", required=True, metavar="ID", help="The id that goes on.")
@pass_deployment
def merge_participants(deployment: Deployment, from_id: str, to_id: str) -> None:
    """Make one of two registrations of one person; all training goes along."""
    request = MergeRequest(
        from_id=named.participant(from_id, "from"), to_id=named.participant(to_id, "to")
    )
    change = deployment.use_cases.merge_participants(request, by=deployment.administrator)
    tell(deployment, named.known_participant(deployment, change.to_id))


@click.command("remove")
@click.argument("id_", metavar="ID")
@_type_option
@pass_deployment
def remove_participant(deployment: Deployment, id_: str, type_: str | None) -> None:
    """Record that the school says that a participant has gone for good."""
    participant_id = named.participant(id_)
    request = RemovalRequest(participant_id=participant_id, type=type_)
    removed = deployment.use_cases.remove_participant(request, by=deployment.administrator)
    tell(deployment, named.known_participant(deployment, removed.training_record_id))
