from pathlib import Path

import click

from ecf_adapters.csv.participants import read_appropriate_bodies
from ecf_adapters.csv.refusals import of_file
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import file_argument


@click.group()
def appropriate_bodies() -> None:
    """Appropriate bodies, which quality-assure induction."""


@appropriate_bodies.command("import")
@file_argument
@pass_deployment
def import_appropriate_bodies(deployment: Deployment, file: Path) -> None:
    """Load appropriate bodies: header name,type."""
    load = deployment.use_cases.import_appropriate_bodies
    with of_file(file):
        imported = load(read_appropriate_bodies(file), by=deployment.administrator)
    deployment.output.counts(
        {
            "created": imported.created,
            "updated": imported.updated,
            "unchanged": imported.unchanged,
        }
    )
