from datetime import date
from typing import Any, Final

import click
from attrs import asdict

from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import Option, cohort_option, given, start_date_option, urn_option
from ecf_core.queries.participants import ParticipantRow
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.rules.proposed_transfer import TransferRequest

_RECORDS_SHOWN: Final = (
    "start_date",
    "end_date",
    "urn",
    "training_programme",
    "lead_provider",
    "delivery_partner",
    "induction_status",
    "training_status",
)

_type_option: Final[Option] = click.option(
    "--type",
    "type_",
    callback=given,
    metavar="TYPE",
    help="ect or mentor, of who trains as both. The training record's ID tells it as well.",
)


@click.group()
def participant() -> None:
    """One participant: an early career teacher or a mentor."""


def document(row: ParticipantRow) -> dict[str, Any]:
    """A participant as scripts see it."""
    return {
        "id": row.id,
        "training_record_id": row.training_record_id,
        "type": row.type,
        "full_name": row.full_name,
        "email": row.email,
        "trn": row.trn,
        "urn": row.urn,
        "cohort": row.cohort,
        "training_status": row.training_status,
        "induction_records": list(map(asdict, row.induction_records)),
    }


def tell(deployment: Deployment, participant: ParticipantRow) -> None:
    shown = document(participant)
    if deployment.output.json:
        deployment.output.one(shown)
    else:
        records = shown.pop("induction_records")
        deployment.output.one(shown)
        deployment.output.many(records, _RECORDS_SHOWN, "induction records")


@participant.command("enrol")
@urn_option
@cohort_option()
@click.option("--type", "type_", required=True, metavar="TYPE", help="ect or mentor.")
@click.option("--name", required=True, help="The full name.")
@click.option("--email", required=True, help="An address that is the participant's alone.")
@click.option("--trn", callback=given, help="The teacher reference number.")
@click.option("--appropriate-body", callback=given, metavar="NAME", help="By its full name.")
@click.option("--mentor", callback=given, metavar="ID", help="A mentor of the school.")
@start_date_option
@click.option(
    "--programme",
    callback=given,
    metavar="ID",
    help="An induction programme of the school for the cohort, other than its default.",
)
@pass_deployment
def enrol_participant(
    deployment: Deployment,
    /,
    *,
    urn: str,
    cohort: int | None,
    type_: str,
    name: str,
    email: str,
    trn: str | None,
    appropriate_body: str | None,
    mentor: str | None,
    start_date: date | None,
    programme: str | None,
) -> None:
    """On-board a participant into a school's programme for a cohort."""
    request = EnrolmentRequest(
        urn=urn.strip() or None,
        cohort=cohort,
        type=type_.strip() or None,
        full_name=name,
        email=email,
        trn=trn,
        appropriate_body=appropriate_body,
        mentor_id=None if mentor is None else named.participant(mentor),
        programme_id=None if programme is None else named.programme(programme),
        start_date=start_date,
    )
    enrolment = deployment.use_cases.enrol_participant(request, by=deployment.administrator)
    tell(deployment, named.known_participant(deployment, enrolment.training_record.id))


@participant.command("transfer")
@click.argument("id_", metavar="ID")
@click.option("--to-urn", required=True, metavar="URN", help="The new school.")
@click.option(
    "--programme",
    required=True,
    help="school, for the new school's own; or continue, with the present providers.",
)
@start_date_option
@_type_option
@pass_deployment
def transfer_participant(
    deployment: Deployment,
    /,
    *,
    id_: str,
    to_urn: str,
    programme: str,
    start_date: date | None,
    type_: str | None,
) -> None:
    """Record that a participant goes to another school, now or at a date."""
    request = TransferRequest(
        participant_id=named.participant(id_),
        to_urn=to_urn.strip() or None,
        programme=programme.strip() or None,
        start_date=start_date,
        type=type_,
    )
    joined = deployment.use_cases.transfer_participant(request, by=deployment.administrator)
    tell(deployment, named.known_participant(deployment, joined.training_record_id))


@participant.command("show")
@click.argument("id_", metavar="ID")
@_type_option
@pass_deployment
def show_participant(deployment: Deployment, id_: str, type_: str | None) -> None:
    """Show a participant, with the induction records, oldest first."""
    tell(deployment, named.known_participant(deployment, named.participant(id_), type_))
