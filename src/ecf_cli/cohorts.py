from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click
from attrs import asdict

from ecf_adapters.csv.cohort_files import CohortPaths
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.named import known_cohort
from ecf_cli.options import dry_run_option, year_argument
from ecf_cli.output import Output, table, warn, words
from ecf_cli.refusals import blank, problem_in_file
from ecf_core.rules.opening_a_cohort import CohortFile
from ecf_core.rules.opening_a_cohort.plan import Action, Planned
from ecf_core.use_cases.open_cohort import OpenedCohort

_OPTIONS: Final = {
    file: f"--{file.removesuffix('.csv').replace('_', '-')}-csv" for file in CohortFile
}


@click.group()
def cohort() -> None:
    """Cohorts."""


def _path(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:  # noqa: ARG001 - click's
    if value is not None and not value.strip():
        raise blank(param.opts[0].lstrip("-").replace("-", "_"))
    return None if value is None else Path(value)


def _file_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each of the files, named as it is."""
    for file, option in reversed(_OPTIONS.items()):
        command = click.option(
            option,
            file.name.lower(),
            callback=_path,
            metavar="FILE",
            help=f"Instead of {file} in the directory.",
        )(command)
    return command


@cohort.command("create")
@click.argument("directory", required=False, callback=_path)
@_file_options
@dry_run_option
@pass_deployment
def create_cohort(
    deployment: Deployment, /, directory: Path | None, *, dry_run: bool, **named: Path | None
) -> None:
    """Open a cohort from its six files, in DIRECTORY or each named: all of it, or nothing."""
    given = {file: named[file.name.lower()] for file in CohortFile}
    paths = CohortPaths(directory, {file: path for file, path in given.items() if path is not None})
    if missing := paths.nowhere:
        options = ", ".join(_OPTIONS[file] for file in missing)
        raise click.UsageError(f"Missing argument 'DIRECTORY', or else {options}.")
    open_cohort = deployment.use_cases.open_cohort
    with paths.refused_as_given():
        opened = open_cohort(paths.read(), by=deployment.administrator, dry_run=dry_run)
    for warning in map(paths.as_given, opened.warnings):
        warn(problem_in_file(warning.file, warning, warning=True).line)
    _show(deployment.output, opened)


def _show(output: Output, opened: OpenedCohort) -> None:
    steps = opened.plan.steps
    if output.json:
        output.say({"plan": list(map(_document, steps)), "applied": opened.applied}, "")
        return
    table(["", *Action], _counts(steps))
    for step in steps:
        for name, after in step.after.items():
            entity, before = step.entity.replace("_", " "), words(step.before[name])
            click.echo(f"update {entity} {step.key}: {name} {before} → {words(after)}")
    if not opened.plan.changes_anything:
        click.echo("Nothing to change.")
    elif opened.applied:
        click.echo("Opened.")
    else:
        click.echo("Nothing was changed: this was a dry run.")


def _counts(steps: tuple[Planned, ...]) -> Iterator[tuple[str, ...]]:
    counted = Counter((step.entity, step.action) for step in steps)
    for entity in dict.fromkeys(step.entity for step in steps):
        counts = (counted[entity, action] for action in Action)
        yield (entity.replace("_", " "), *map(str, counts))


def _document(step: Planned) -> dict[str, Any]:
    changed = {"before": step.before, "after": step.after}
    return {
        "entity": step.entity,
        "key": step.key,
        "action": step.action,
        **(changed if step.action is Action.UPDATE else {}),
    }


@cohort.command("show")
@year_argument
@pass_deployment
def show_cohort(deployment: Deployment, year: int | None) -> None:
    """Show a cohort, and how much of everything it has."""
    found = deployment.queries.cohorts.one(known_cohort(deployment, year))
    if found is None:
        raise AssertionError(year)
    deployment.output.one(asdict(found))
