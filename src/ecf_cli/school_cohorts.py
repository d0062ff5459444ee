import click
from attrs import asdict

from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import cohort_option, urn_argument
from ecf_core.model.ids import SchoolId
from ecf_core.rules.confirming_a_programme import ProgrammeRequest

_SHOWN = ("id", "training_programme", "partnership_id", "default", "active_participants")


@click.group()
def school_cohort() -> None:
    """How a school trains the participants of a cohort."""


@click.group()
def induction_tutor() -> None:
    """Who looks after induction at a school."""


def _show(deployment: Deployment, school_id: SchoolId, cohort: int) -> None:
    standing = deployment.queries.schools.cohort(school_id, cohort, at=deployment.now)
    choice = {
        "programme": standing.programme,
        "default_programme_id": standing.default_programme_id,
    }
    programmes = [asdict(programme) for programme in standing.induction_programmes]
    output = deployment.output
    if output.json:
        output.one({**choice, "induction_programmes": programmes})
    else:
        output.one(choice)
        output.many(programmes, _SHOWN, "induction programmes")


@school_cohort.command("set")
@urn_argument
@cohort_option()
@click.option(
    "--programme",
    required=True,
    help="provider_led, school_led, not_yet_known or no_early_career_teachers.",
)
@pass_deployment
def set_school_cohort(deployment: Deployment, urn: str, cohort: int | None, programme: str) -> None:
    """Record a school's choice for a cohort."""
    request = ProgrammeRequest(
        school_id=named.school(deployment, urn), cohort=cohort, programme=programme.strip()
    )
    confirmed = deployment.use_cases.confirm_programme(request, by=deployment.administrator)
    _show(deployment, confirmed.school_id, confirmed.cohort)


@school_cohort.command("show")
@urn_argument
@cohort_option()
@pass_deployment
def show_school_cohort(deployment: Deployment, urn: str, cohort: int | None) -> None:
    """Show a school's choice for a cohort, and its induction programmes."""
    school = named.known_school(deployment, urn)
    _show(deployment, school.id, named.known_cohort(deployment, cohort))


@induction_tutor.command("set")
@urn_argument
@click.option("--name", required=True, help="The tutor's full name.")
@click.option("--email", required=True, help="The tutor's e-mail address.")
@pass_deployment
def set_induction_tutor(deployment: Deployment, urn: str, name: str, email: str) -> None:
    """Record who looks after induction at a school."""
    school = named.known_school(deployment, urn)
    tutor = deployment.use_cases.set_induction_tutor(
        school.id, name=name, email=email, by=deployment.administrator
    )
    deployment.output.one({"urn": school.urn, "name": tutor.name, "email": tutor.email})
