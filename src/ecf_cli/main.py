"""``ecf``, the command line: the group of all commands, and how each of them ends."""

import os
import sys
import traceback
from collections.abc import Iterable
from typing import Any, Final

import click
from sqlalchemy.exc import DatabaseError, OperationalError

from ecf_adapters.settings import DATABASE_URL, RULES, WrongSettings
from ecf_cli.appropriate_bodies import appropriate_bodies
from ecf_cli.cohorts import cohort
from ecf_cli.database import database
from ecf_cli.demo import demo
from ecf_cli.deployment import Deployment
from ecf_cli.output import Output, warn
from ecf_cli.participant import participant
from ecf_cli.participant_support import merge_participants, remove_participant, set_participant
from ecf_cli.participants import participants
from ecf_cli.partnerships import partnership
from ecf_cli.programmes import programme
from ecf_cli.providers import delivery_partners, lead_providers, provider_relationships
from ecf_cli.refusals import Problem, problems_of
from ecf_cli.school_cohorts import induction_tutor, school_cohort
from ecf_cli.schools import school, schools
from ecf_cli.serve import serve
from ecf_cli.tokens import token
from ecf_core.errors import EcfError

REFUSED: Final = 1
WRONG_USAGE: Final = 2
DEFECT: Final = 70
INTERRUPTED: Final = 130


class Commands(click.Group):
    """All commands. Whatever stops one of them is told here, and nowhere else."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs a command and ends with its exit code."""
        found = args[0] if args else extra.get("args")
        given = sys.argv[1:] if found is None else list(found)
        output = Output(json="--json" in given)
        try:
            _refuse_what_no_database_holds(given)
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            if output.json:
                output.stopped([Problem.of("usage", error.format_message(), "wrong_usage")])
            else:
                error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except EcfError as error:
            output.stopped(problems_of(error))
            sys.exit(REFUSED)
        except WrongSettings as error:
            output.stopped(Problem.of(n, p, "wrong_setting") for n, p in error.problems.items())
            sys.exit(WRONG_USAGE)
        except Exception as error:  # noqa: BLE001 - the last place where it can be told
            sys.exit(_unexpected(output, error))
        sys.exit(code if isinstance(code, int) else 0)


def _refuse_what_no_database_holds(given: Iterable[str]) -> None:
    for argument in given:
        if "\0" in argument or any("\ud800" <= character <= "\udfff" for character in argument):
            raise click.UsageError(f"{click.format_filename(argument)!r} is not UTF-8 text")


def _unexpected(output: Output, error: Exception) -> int:
    """The database cannot be used, or there is a defect of ours."""
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        reason = str(error.orig).strip().partition("\n")[0]
        output.stopped([Problem.of("database", reason, "unavailable")])
        return REFUSED
    if isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        output.stopped([Problem.of("output", reason, "unwritable")])
        return REFUSED
    if os.environ.get("ECF_DEBUG"):
        warn("".join(traceback.format_exception(error)))
    told = f"{type(error).__name__}: {error}".partition("\n")[0]
    output.stopped([Problem.of("defect", f"{told} (ECF_DEBUG=1 shows where)", "defect")])
    return DEFECT


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--database-url", metavar="URL", help=f"Instead of {DATABASE_URL}.")
@click.option("--rules", metavar="PROFILE", help=f"Instead of {RULES}: documented or ecf1.")
@click.option("--json", "as_json", is_flag=True, help="Show one JSON document.")
@click.version_option(package_name="ecf")
@click.pass_context
def cli(ctx: click.Context, database_url: str | None, rules: str | None, *, as_json: bool) -> None:
    """Partnerships for the training of early career teachers."""
    given = {DATABASE_URL: database_url, RULES: rules}
    options = {name: value for name, value in given.items() if value is not None}
    if blank := [name for name, value in options.items() if not value.strip()]:
        raise WrongSettings(dict.fromkeys(blank, "is given but empty"))
    deployment = Deployment({**os.environ, **options}, Output(json=as_json))
    ctx.obj = deployment
    ctx.call_on_close(deployment.close)


for command in (
    database,
    demo,
    serve,
    schools,
    school,
    lead_providers,
    delivery_partners,
    provider_relationships,
    cohort,
    token,
    school_cohort,
    induction_tutor,
    partnership,
    appropriate_bodies,
    participant,
    participants,
    programme,
):
    cli.add_command(command)
for command in (set_participant, merge_participants, remove_participant):
    participant.add_command(command)


def main() -> None:
    """Where the console script starts."""
    cli()


if __name__ == "__main__":
    main()
