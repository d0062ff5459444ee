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


@database.command()
@click.option("--rebuild", is_flag=True, help="Write the read tables anew.")
@pass_deployment
def check(deployment: Deployment, *, rebuild: bool) -> None:
    """Compare the read tables, which lists are read from, with what they are written from."""
    if rebuild:
        deployment.rebuild_read_tables()
    deployment.check_read_tables()
    text = (
        "The read tables were written anew."
        if rebuild
        else "The read tables are as they should be."
    )
    deployment.output.say({"rebuilt": rebuild}, text)
