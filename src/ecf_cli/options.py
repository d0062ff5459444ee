"""The options that commands have in common, and how what is given to them is read."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import click

from ecf_adapters.csv.cells import Unsuitable, identifier
from ecf_cli.refusals import blank
from ecf_core.use_cases.set_up_delivery_partner import WorksWith

_LAST_YEAR: Final = 9999
_LAST_DAY: Final = date(_LAST_YEAR, 12, 30)
"""The end of the day after it is still an instant."""

Option = Callable[[Any], Any]


FILE: Final = click.Path(path_type=Path)


def year(text: str) -> int | None:
    """A cohort's year; ``None`` where it is left blank. Raises ``ValueError``."""
    if not (text := text.strip()):
        return None
    if not re.fullmatch(r"-?[0-9]{1,100}", text):
        raise ValueError(f"{text!r} is not a year such as 2025")
    return min(max(int(text), 0), _LAST_YEAR)


def _cohort(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    try:
        return None if value is None else year(value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error


def _cohort_if_given(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    found = _cohort(ctx, param, value)
    if value is not None and found is None:
        raise blank("cohort")
    return found


def _works_with(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> list[WorksWith]:
    pairs = []
    for value in values:
        lead_provider, colon, cohort = value.rpartition(":")
        try:
            found = year(cohort) if colon else None
        except ValueError:
            found = None
        if found is None:
            message = f"{value!r} is not a lead provider and a year such as 'Teach First:2025'"
            raise click.BadParameter(message, ctx, param)
        pairs.append(WorksWith(lead_provider, found))
    return pairs


def given(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001 - click's
    """What may be left out, but not left blank."""
    if value is not None and not value.strip():
        raise blank(param.opts[0].lstrip("-").replace("-", "_"))
    return None if value is None else value.strip()


def _id(ctx: click.Context, param: click.Parameter, value: str | None) -> UUID | None:
    if value is None:
        return None
    if not (text := value.strip()):
        raise blank("id")
    try:
        return identifier(text)
    except Unsuitable as error:
        raise click.BadParameter(f"{text!r} {error}", ctx, param) from error


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A date, year first."""
    if value is None:
        return None
    if not (text := value.strip()):
        raise blank(param.human_readable_name)
    match = re.fullmatch(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})", text)
    try:
        found = date(int(match[1]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        found = None
    if found is None or found > _LAST_DAY:
        raise click.BadParameter(f"{text!r} is not a date such as 2025-08-31", ctx, param)
    return found


def truth(ctx: click.Context, param: click.Parameter, value: str | None) -> bool | None:
    """``true`` or ``false``, in any case."""
    text = given(ctx, param, value)
    if text is None:
        return None
    if text.lower() not in {"true", "false"}:
        raise click.BadParameter(f"{text!r} is neither true nor false", ctx, param)
    return text.lower() == "true"


def cohort_option(*, required: bool = True) -> Option:
    return click.option(
        "--cohort",
        required=required,
        callback=_cohort if required else _cohort_if_given,
        metavar="YEAR",
        help="The cohort, by the year in which it starts.",
    )


def lead_provider_option(*, required: bool = True) -> Option:
    return click.option(
        "--lead-provider", required=required, metavar="NAME", help="By its full name."
    )


delivery_partner_option: Final[Option] = click.option(
    "--delivery-partner", required=True, metavar="NAME_OR_ID", help="By name or id."
)
works_with_option: Final[Option] = click.option(
    "--works-with",
    multiple=True,
    callback=_works_with,
    metavar="LEAD PROVIDER:YEAR",
    help="A lead provider it works with in a cohort; may be repeated.",
)
id_option: Final[Option] = click.option(
    "--id", "id_", callback=_id, metavar="UUID", help="The id that it is known by already."
)
dry_run_option: Final[Option] = click.option(
    "--dry-run", is_flag=True, help="Show what would be, and change nothing."
)
year_argument: Final[Option] = click.argument("year", callback=_cohort)
urn_option: Final[Option] = click.option("--urn", required=True, metavar="URN", help="The school.")
start_date_option: Final[Option] = click.option(
    "--start-date", callback=day, metavar="DATE", help="A day such as 2025-09-01."
)
strict_option: Final[Option] = click.option(
    "--strict", is_flag=True, help="Refuse the file if any row of it is bad."
)
urn_argument: Final[Option] = click.argument("urn")
file_argument: Final[Option] = click.argument("file", type=FILE)
