"""``ecf demo``: a database to try everything on, and a lead provider's first three requests."""

import json
from typing import Final
from uuid import UUID

import click

from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.example import COHORT, DEMO, LEAD_PROVIDER, Example, example
from ecf_cli.named import known_lead_provider
from ecf_cli.serve import listen, refuse_taken
from ecf_cli.shipped import load

_HOST: Final = "127.0.0.1"
_PORT: Final = 8000
_URL: Final = f"http://{_HOST}:{_PORT}"
_PARTNERSHIPS: Final = f"{_URL}/api/v3/partnerships/ecf"
_TEXT: Final = """\
{schools:,} schools. {lead_provider} calls with this token:
{token}

Form a partnership with {free.name}:
{post}

List the partnerships:
{get}

Change the delivery partner of the one with the school {formed.urn}:
{put}

That one alone: {partnerships}/{formed.id}

The organisations and the schools are real. Who works with whom here is illustrative, and so is
what the schools have chosen; the participants are made up: `ecf participants list` shows them."""


def _curl(token: str, method: str, url: str, kind: str = "", **attributes: UUID | str) -> str:
    words = ["curl -sS", f"-X {method}", f"-H 'Authorization: Bearer {token}'"]
    if kind:
        sent = {name: str(value) for name, value in attributes.items()}
        body = json.dumps({"data": {"type": kind, "attributes": sent}})
        words += ["-H 'Content-Type: application/json'", f"-d '{body}'"]
    return " ".join([*words, url])


def _requests(found: Example, token: str) -> dict[str, str]:
    return {
        "post": _curl(
            token,
            "POST",
            _PARTNERSHIPS,
            "ecf-partnership",
            cohort=str(COHORT),
            school_id=found.free.id,
            delivery_partner_id=found.partner_for_free,
        ),
        "get": _curl(token, "GET", _PARTNERSHIPS),
        "put": _curl(
            token,
            "PUT",
            f"{_PARTNERSHIPS}/{found.formed.id}",
            "ecf-partnership-update",
            delivery_partner_id=found.partner_for_formed,
        ),
    }


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop once everything is loaded.")
@pass_deployment
def demo(deployment: Deployment, *, no_serve: bool) -> None:
    """Load the shipped data, show three requests that work as printed, and serve."""
    if not no_serve:
        refuse_taken(_HOST, _PORT)
    deployment.prepare()
    schools = load(deployment, DEMO)
    lead_provider_id = known_lead_provider(deployment, LEAD_PROVIDER)
    found = example(deployment, lead_provider_id)
    token = deployment.use_cases.issue_token(lead_provider_id, expires=None, by=DEMO).secret
    shown = {"token": token, "lead_provider": LEAD_PROVIDER, "schools": schools, "url": _URL}
    text = _TEXT.format(
        **shown,
        free=found.free,
        formed=found.formed,
        partnerships=_PARTNERSHIPS,
        **_requests(found, token),
    )
    deployment.output.say(shown, text)
    if not no_serve:
        listen(deployment, _HOST, _PORT, workers=1)
