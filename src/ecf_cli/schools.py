from collections.abc import Iterator
from pathlib import Path

import click
from attrs import define, field

from ecf_adapters.csv.refusals import FileRefused, of_file
from ecf_adapters.csv.register import establishments, opened_extract, read_school_ids
from ecf_adapters.csv.text import Text
from ecf_cli.deployment import Deployment, pass_deployment
from ecf_cli.named import known_cohort, known_school
from ecf_cli.options import FILE, cohort_option, file_argument, strict_option, urn_argument
from ecf_cli.output import tracked, warn
from ecf_cli.refusals import problem_in_file
from ecf_core.errors import RowProblem
from ecf_core.model.establishment import Establishment


@click.group()
def schools() -> None:
    """Schools, as the register of establishments (GIAS) has them."""


@click.group()
def school() -> None:
    """One school."""


@define
class _Rejected:
    """Rows of an extract that are left out: each is told at once, or kept to refuse the file."""

    file: Path
    strict: bool
    rows: int = 0
    _line: int = 0
    _kept: list[RowProblem] = field(factory=list)

    def __call__(self, problem: RowProblem) -> None:
        if problem.line != self._line:
            self._line = problem.line
            self.rows += 1
        if self.strict:
            self._kept.append(problem)
        else:
            warn(problem_in_file(str(self.file), problem).line)

    def others(self, extract: Text) -> Iterator[Establishment]:
        """The schools of the other rows; once all are read, the file may yet be refused."""
        yield from tracked(establishments(extract, self), "schools", extract.lines)
        if self._kept:
            raise FileRefused(self.file, *self._kept)


@schools.command("import")
@file_argument
@click.option("--ids", type=FILE, help="The ids that lead providers hold already: urn,id.")
@strict_option
@pass_deployment
def import_schools(deployment: Deployment, file: Path, ids: Path | None, *, strict: bool) -> None:
    """Load an extract of the register: .csv, .csv.gz or .zip."""
    load = deployment.use_cases.import_schools
    held = read_school_ids(ids) if ids else ()
    rejected = _Rejected(file, strict)
    # What is refused of rows is refused of the ids: the extract's own are refused with its name.
    with opened_extract(file) as extract, of_file(ids or file):
        loaded = load(rejected.others(extract), ids=held, by=deployment.administrator)
    deployment.output.counts(
        {
            "created": loaded.created,
            "updated": loaded.updated,
            "unchanged": loaded.unchanged,
            "rejected": rejected.rows,
        }
    )


@school.command("show")
@urn_argument
@cohort_option(required=False)
@pass_deployment
def show_school(deployment: Deployment, urn: str, cohort: int | None) -> None:
    """Show a school, and its standing in a cohort."""
    wanted = None if cohort is None else known_cohort(deployment, cohort)
    found = known_school(deployment, urn, wanted)
    standing = {"programme": found.programme, "in_partnership": found.in_partnership}
    deployment.output.one(
        {
            "id": found.id,
            "urn": found.urn,
            "name": found.name,
            "eligible": found.eligible,
            "cip_only": found.cip_only,
            # Why it is eligible, or not.
            "type": found.type,
            "status": found.status,
            "district_code": found.district_code,
            "section_41_approved": found.section_41_approved,
            **({} if wanted is None else standing),
        }
    )
