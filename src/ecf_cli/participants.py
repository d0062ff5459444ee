from pathlib import Path
from typing import Final

import click

from ecf_adapters.csv.participants import participants as read_participants
from ecf_adapters.csv.refusals import of_file
from ecf_adapters.csv.text import opened
from ecf_cli import named
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.options import cohort_option, dry_run_option, file_argument, given, strict_option
from ecf_cli.output import people, tracked, waiting, warn
from ecf_cli.participant import document
from ecf_cli.refusals import problem_in_file
from ecf_core.errors import RowProblem
from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.rules.migrating_participants import MigrationRequest

_SHOWN: Final = ("id", "type", "full_name", "email", "urn", "cohort", "training_status")


@click.group("participants")
def participants() -> None:
    """Participants: early career teachers and mentors."""


@participants.command("import")
@file_argument
@strict_option
@pass_deployment
def import_participants(deployment: Deployment, file: Path, *, strict: bool) -> None:
    """On-board the participants of a file.

    Its header is urn,cohort,type,full_name,email, and optionally
    trn,mentor_email,start_date,programme_id.
    """
    load = deployment.use_cases.import_participants
    unreadable: list[RowProblem] = []
    with opened(file) as text:
        found = read_participants(text, unreadable.append)
        rows = list(tracked(found, "reading participants", text.lines))
    with of_file(file), waiting("on-boarding participants"):
        loaded = load(rows, by=deployment.administrator, strict=strict, unreadable=unreadable)
    for problem in loaded.problems:
        warn(problem_in_file(str(file), problem).line)
    deployment.output.counts(
        {"created": loaded.created, "unchanged": loaded.unchanged, "rejected": loaded.rejected}
    )


@participants.command("list")
@click.option("--urn", callback=given, metavar="URN", help="Those at this school.")
@cohort_option(required=False)
@click.option(
    "--programme", callback=given, metavar="ID", help="Those in this induction programme."
)
@pass_deployment
def list_participants(
    deployment: Deployment, urn: str | None, cohort: int | None, programme: str | None
) -> None:
    """List participants by where they are or are to come, those who began first come first."""
    wanted = ParticipantsFilter(
        urn=None if urn is None else named.known_school(deployment, urn).urn,
        cohort=None if cohort is None else named.known_cohort(deployment, cohort),
        programme_id=None if programme is None else named.known_programme(deployment, programme),
        at=deployment.now,
    )
    rows = deployment.queries.participants.all(wanted)
    deployment.output.many(list(map(document, rows)), _SHOWN, "participants")


@participants.command("migrate")
@click.option(
    "--from-programme", required=True, metavar="ID", help="The induction programme they leave."
)
@click.option(
    "--to-programme", required=True, metavar="ID", help="Another one of the same school cohort."
)
@dry_run_option
@pass_deployment
def migrate_participants(
    deployment: Deployment, from_programme: str, to_programme: str, *, dry_run: bool
) -> None:
    """Move the participants of one induction programme to another."""
    request = MigrationRequest(
        from_programme=named.programme(from_programme), to_programme=named.programme(to_programme)
    )
    migrate = deployment.use_cases.migrate_participants
    moved = migrate(request, by=deployment.administrator, dry_run=dry_run)
    sources = ", ".join(map(str, moved.from_programmes))
    deployment.output.say(
        {"migrated": moved.participants},
        f"{people(moved.participants)} {'would move' if dry_run else 'moved'}"
        f" from programme {sources} to programme {moved.to_programme}",
    )
