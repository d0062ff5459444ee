import click

from ecf_cli.deployment import Deployment, pass_deployment


@click.group("db")
def database() -> None:
    """The database."""


@database.command()
@pass_deployment
def upgrade(deployment: Deployment) -> None:
    """Create or migrate the tables."""
    upgraded = deployment.upgrade()
    text = "The database was upgraded." if upgraded else "The database is up to date."
    deployment.output.say({"upgraded": upgraded}, text)
