"""Writes the tables of the documentation from the code, so that the two cannot differ.

In every page, what stands between ``<!-- table: NAME -->`` and ``<!-- end -->`` is written anew.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import product
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin
from uuid import UUID

import click
from attrs import evolve, fields, frozen

from docs import api_changes, diagrams, kit, library, use_cases
from docs.markdown import table as _table
from ecf_cli.main import cli
from ecf_core import events
from ecf_core.events import PartnershipTerms, ProgrammeTerms, Step
from ecf_core.model.establishment import CIP_ONLY_TYPES, ELIGIBLE_TYPES, Establishment
from ecf_core.model.ids import InductionProgrammeId, PartnershipId
from ecf_core.model.induction_record import InductionRecord, InductionStatus
from ecf_core.model.partnership import Challenge, ChallengeReason, Partnership
from ecf_core.model.school_cohort import InductionProgramme, TrainingProgramme
from ecf_core.rules.challenge_deadline import ChallengeWindow, challenge_deadline
from ecf_core.rules.changing_an_induction_record import record_change
from ecf_core.rules.migrating_participants import Move, is_moved
from ecf_core.rules.naming_a_participant import (
    MEETING_A_PARTICIPANT_AGAIN,
    NAMING_A_PARTICIPANT,
)
from ecf_core.rules.profile import DOCUMENTED, ECF1, PROFILES, RuleProfile
from ecf_core.rules.programme_change import programme_change
from ecf_core.rules.rule import Judged, Rule
from ecf_core.testing.examples import GREENDALE

DOCS: Final = Path(__file__).parent
_MARKED: Final = re.compile(r"(<!-- table: ([a-z0-9-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def broken_when(rule: Rule[Any]) -> str:
    """The name of the predicate, as the words that it is."""
    return rule.broken_by.__name__.replace("_", " ")


def rules_table(rules: Iterable[Rule[Any]]) -> str:
    """A rule table as the reference shows it: the order of the rows is their precedence."""
    shown = tuple(rules)
    header = ("Field", "Code", "Message", "Broken when")
    rows = [(f"`{r.field}`", f"`{r.code}`", r.message, broken_when(r)) for r in shown]
    if all(rule.judged is Judged.FIELD_STANDS for rule in shown):
        return _table(header, rows)
    judged = (rule.judged.value for rule in shown)
    return _table(
        (*header, "Judged"), ((*row, when) for row, when in zip(rows, judged, strict=True))
    )


def tables_of(profile: RuleProfile) -> Mapping[str, tuple[Rule[Any], ...]]:
    """The rule tables of a profile, by the name of their page."""
    return {
        "creating-a-partnership": profile.creating_a_partnership,
        "updating-a-partnership": profile.updating_a_partnership,
        "challenging-a-partnership": profile.challenging_a_partnership,
        "confirming-a-programme": profile.confirming_a_programme,
        "enrolling-a-participant": profile.enrolling_a_participant,
        "transferring-a-participant": profile.transferring_a_participant,
        "changing-the-partnership": profile.changing_the_partnership,
        "migrating-participants": profile.migrating_participants,
        "amending-a-participant": profile.amending_a_participant,
        "merging-participants": profile.merging_participants,
        "removing-a-participant": profile.removing_a_participant,
        "deferring-training": profile.deferring_training,
        "withdrawing-training": profile.withdrawing_training,
        "resuming-training": profile.resuming_training,
        "changing-a-schedule": profile.changing_a_schedule,
    }


def _profiles_side_by_side() -> str:
    rows = []
    for page, rules in tables_of(DOCUMENTED).items():
        # The profiles have the same rows, judged differently.
        for rule, other in zip(rules, tables_of(ECF1)[page], strict=True):
            if (rule.field, rule.code) != (other.field, other.code):
                raise AssertionError(rule, other)
            act = f"[{page.replace('-', ' ')}]({page}.md)"
            same = "the same" if other == rule else f"**{broken_when(other)}**"
            rows.append((act, f"`{rule.field}`", f"`{rule.code}`", broken_when(rule), same))
    return _table(("Act", "Field", "Code", "`documented`: broken when", "`ecf1`"), rows)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if abs(number) == 1 else f"{number} {thing}s"


def _early(window: ChallengeWindow) -> str:
    days, months = window.early.days, window.early_months
    if not months:
        return _counted(days, "day")
    sign = "and" if days > 0 else "less"
    return _counted(months, "month") + (f" {sign} {_counted(abs(days), 'day')}" if days else "")


def _challenge_windows() -> str:
    return _table(
        ("Profile", "After the report", "After the academic year starts"),
        (
            (
                f"`{p.name}`",
                _counted(p.challenge_window.default.days, "day"),
                _early(p.challenge_window),
            )
            for p in PROFILES.values()
        ),
    )


def _instant(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"


def _challenge_deadlines() -> str:
    start = datetime(2024, 9, 1, tzinfo=UTC)
    reports = (
        datetime(2024, 7, 1, 10, tzinfo=UTC),
        datetime(2024, 9, 10, 9, 30, tzinfo=UTC),
        datetime(2024, 11, 5, 16, tzinfo=UTC),
    )
    return _table(
        ("Reported (UTC)", *(f"`{name}`" for name in PROFILES)),
        (
            (
                _instant(at),
                *(
                    _instant(
                        challenge_deadline(
                            p.challenge_window, reported_at=at, academic_year_start=start
                        )
                    )
                    for p in PROFILES.values()
                ),
            )
            for at in reports
        ),
    )


_KINDS: Final[Mapping[Any, str]] = {
    bool: "true or false",
    datetime: "instant",
    int: "number",
    str: "text",
    PartnershipTerms: "[partnership terms](#partnership-terms)",
    ProgrammeTerms: "[programme terms](#programme-terms)",
    Step: "[step](#step)",
}


def _kind(annotation: Any) -> str:
    """A type in words."""
    parts = get_args(annotation)
    if annotation in _KINDS:
        kind = _KINDS[annotation]
    elif get_origin(annotation) in {UnionType, Union}:
        kind = f"{_kind(next(p for p in parts if p is not NoneType))}, or null"
    elif get_origin(annotation) is tuple:
        several = parts[-1] is Ellipsis
        kind = f"list: {_kind(parts[0])}" if several else f"pair: {', '.join(map(_kind, parts))}"
    elif get_origin(annotation) in {dict, Mapping}:
        kind = "object"
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        kind = "one of " + ", ".join(f"`{member.value}`" for member in annotation)
    else:
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", annotation.__name__).lower()
    return kind


def _fields_table(of: type[Any]) -> str:
    return _table(("Field", "What it holds"), ((f"`{f.name}`", _kind(f.type)) for f in fields(of)))


def every_event() -> Iterator[Any]:
    """The classes of the events, in the order in which the code has them."""
    for value in vars(events).values():
        if (
            isinstance(value, type)
            and "name" in vars(value)
            and value.__module__.startswith(events.__name__)
        ):
            yield value


def _events() -> str:
    parts = []
    for event in every_event():
        subject = f"`{event.subject}`" if event.subject else "nobody in particular"
        parts.append(
            f"### `{event.name}`\n\n{_first_sentences(event)}\n\n"
            f"Version {event.version}. Subject: {subject}.\n\n{_fields_table(event)}"
        )
    return "\n\n".join(parts)


def _first_sentences(of: Any) -> str:
    return " ".join((of.__doc__ or "").split())


@frozen
class _Schools:
    """The schools that a row of the truth table speaks of; ``None`` is both."""

    open: bool
    types: str
    in_england: bool | None
    section_41: bool | None

    def every(self) -> Iterator[Establishment]:
        both = (True, False)
        for code, here, approved in product(
            _TYPES[self.types],
            both if self.in_england is None else (self.in_england,),
            both if self.section_41 is None else (self.section_41,),
        ):
            yield evolve(
                GREENDALE,
                type_code=code,
                status_code=1 if self.open else 2,
                district_code="E09000001" if here else "W06000015",
                section_41_approved=approved,
            )


_NEITHER: Final = frozenset({24, 25, 26, 27, 29, 49, 56})
_TYPES: Final = {
    "eligible": ELIGIBLE_TYPES,
    "CIP only": CIP_ONLY_TYPES,
    "neither": _NEITHER,
    "any": ELIGIBLE_TYPES | CIP_ONLY_TYPES | _NEITHER,
}
_ELIGIBILITY: Final = (
    _Schools(open=True, types="eligible", in_england=True, section_41=None),
    _Schools(open=True, types="eligible", in_england=False, section_41=None),
    _Schools(open=True, types="CIP only", in_england=True, section_41=False),
    _Schools(open=True, types="CIP only", in_england=True, section_41=True),
    _Schools(open=True, types="CIP only", in_england=False, section_41=None),
    _Schools(open=True, types="neither", in_england=True, section_41=True),
    _Schools(open=True, types="neither", in_england=True, section_41=False),
    _Schools(open=True, types="neither", in_england=False, section_41=None),
    _Schools(open=False, types="any", in_england=None, section_41=None),
)
_WORDS: Final = {True: "yes", False: "no", None: "any"}


def _eligibility() -> str:
    rows = []
    for row in _ELIGIBILITY:
        # One answer for all of them, or the row would not be one.
        ((eligible, cip_only),) = {(s.eligible, s.cip_only) for s in row.every()}
        outcome = "go on" if eligible else ("`funding_error`" if cip_only else "`ineligible_error`")
        first, *others = (row.open, row.in_england, row.section_41, eligible, cip_only)
        rows.append((_WORDS[first], row.types, *(_WORDS[word] for word in others), outcome))
    header = ("Open", "Type", "In England", "Section 41 approved")
    return _table((*header, "Eligible", "CIP only", "Forming a partnership"), rows)


def _type_codes() -> str:
    return _table(
        ("Types", "Codes"),
        (
            ("eligible", ", ".join(map(str, sorted(ELIGIBLE_TYPES)))),
            ("CIP only", ", ".join(map(str, sorted(CIP_ONLY_TYPES)))),
        ),
    )


def _programme_changes() -> str:
    this = Partnership(
        id=PartnershipId(UUID(int=1)),
        school_id=_any_id(),
        cohort=2024,
        lead_provider_id=_any_id(),
        delivery_partner_id=_any_id(),
        created_at=datetime(2024, 9, 1, tzinfo=UTC),
        updated_at=datetime(2024, 9, 1, tzinfo=UTC),
    )
    other = evolve(this, id=PartnershipId(UUID(int=2)))
    challenged = evolve(other, challenge=Challenge(ChallengeReason.MISTAKE, this.created_at))
    provider_led = InductionProgramme(
        id=InductionProgrammeId(UUID(int=3)), training_programme=TrainingProgramme.PROVIDER_LED
    )
    school_led = evolve(provider_led, training_programme=TrainingProgramme.SCHOOL_LED)
    with_other = evolve(provider_led, partnership_id=other.id)
    cases: tuple[tuple[str, str, InductionProgramme | None, Partnership | None], ...] = (
        ("none", "", None, None),
        ("school-led", "", school_led, None),
        ("provider-led", "none", provider_led, None),
        ("provider-led", "this one", evolve(provider_led, partnership_id=this.id), this),
        ("provider-led", "another, challenged", with_other, challenged),
        ("provider-led", "another, unchallenged", with_other, other),
    )
    rows = []
    for programme, partnership, default, of_default in cases:
        change = type(programme_change(default, this, of_default))
        rows.append((programme, partnership, f"`{change.__name__}`", _first_sentences(change)))
    return _table(("Default programme", "Its partnership", "Change", "What it means"), rows)


_NOW: Final = datetime(2024, 9, 10, 9, 30, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_SPANS: Final = (
    ("has begun, and is open", _NOW - _DAY, None),
    ("has begun, and ends in the future", _NOW - _DAY, _NOW + _DAY),
    ("has ended", _NOW - 2 * _DAY, _NOW - _DAY),
    ("begins in the future", _NOW + _DAY, None),
)


def _record(start: datetime, end: datetime | None) -> InductionRecord:
    return InductionRecord(
        id=_any_id(),
        training_record_id=_any_id(),
        programme_id=_any_id(),
        start_date=start,
        end_date=end,
        created_at=_NOW,
        updated_at=_NOW,
    )


def _record_changes() -> str:
    rows = []
    for span, start, end in _SPANS:
        change = type(record_change(_record(start, end), at=_NOW))
        rows.append((span, f"`{change.__name__}`", _first_sentences(change)))
    return _table(("The record", "Change", "What it means"), rows)


def _moved_records() -> str:
    """Which records a move takes along, by induction status, span, and school transfer."""
    rows = []
    for status, (span, start, end), transfer in product(InductionStatus, _SPANS, (False, True)):
        if status is InductionStatus.CHANGED and end is None:
            continue
        record = evolve(_record(start, end), induction_status=status, school_transfer=transfer)
        answers = [
            is_moved(
                record,
                Move(
                    from_programmes=(record.programme_id,),
                    to_programme=_any_id(),
                    transferring_in=transferring_in,
                ),
                at=_NOW,
            )
            for transferring_in in (False, True)
        ]
        if any(answers):
            moved = "yes" if all(answers) else "unless its programme's partnership stands"
            rows.append((f"`{status}`", span, _WORDS[transfer], moved))
    return _table(("Induction status", "The record", "From another school", "Moves"), rows)


def every_command(
    command: click.Command = cli, path: tuple[str, ...] = ("ecf",)
) -> Iterator[tuple[str, click.Command]]:
    """Every command under a group, by the words that call it."""
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    for name, below in command.commands.items():
        if not below.hidden:
            yield from every_command(below, (*path, name))


def _asked(parameter: click.Parameter, context: click.Context) -> str:
    """A parameter as it is written on the command line."""
    written = parameter.opts[0]
    if isinstance(parameter, click.Argument):
        written = parameter.make_metavar(context).strip("[]")
    elif isinstance(parameter, click.Option) and not parameter.is_flag:
        written = f"{written} {parameter.make_metavar(context)}"
    several = "…" if parameter.multiple else ""
    return f"{written}{several}" if parameter.required else f"[{written}]{several}"


def _command(name: str, command: click.Command) -> str:
    """How a command is called, what it does, and its options, as ``--help`` has them."""
    context = click.Context(command)
    asked = " ".join([name, *(_asked(parameter, context) for parameter in command.params)])
    usage = textwrap.wrap(
        asked, 100, subsequent_indent="    ", break_on_hyphens=False, break_long_words=False
    )
    parts = ["\n".join(["```text", *usage, "```"]), _first_sentences(command.callback)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        rows = ((f"`{option.opts[0]}`", _help(option)) for option in options)
        parts.append(_table(("Option", "What it says"), rows))
    return "\n\n".join(parts)


def _help(option: click.Option) -> str:
    if not option.help:
        raise AssertionError(option.opts)
    default = f" Default: {option.default}." if option.show_default else ""
    return f"{option.help}{default}"


def _any_id() -> Any:
    return UUID(int=9)


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    **{
        page: lambda rules=rules: rules_table(rules)  # type: ignore[misc]
        for page, rules in tables_of(DOCUMENTED).items()
    },
    "creating-a-partnership-ecf1": lambda: rules_table(
        rule
        for rule in ECF1.creating_a_partnership
        if rule not in DOCUMENTED.creating_a_partnership
    ),
    "meeting-a-participant-again": lambda: rules_table(
        rule for rule in MEETING_A_PARTICIPANT_AGAIN if rule not in NAMING_A_PARTICIPANT
    ),
    "rule-profiles": _profiles_side_by_side,
    "challenge-windows": _challenge_windows,
    "challenge-deadlines": _challenge_deadlines,
    "events": _events,
    "partnership-terms": lambda: _fields_table(PartnershipTerms),
    "programme-terms": lambda: _fields_table(ProgrammeTerms),
    "step": lambda: _fields_table(Step),
    "eligibility": _eligibility,
    "type-codes": _type_codes,
    "programme-changes": _programme_changes,
    "record-changes": _record_changes,
    "moved-records": _moved_records,
    "library": lambda: library.public("ecf_core"),
    "use-cases": use_cases.all_of_them,
    "use-cases-take": lambda: library.public("ecf_core.use_cases"),
    "queries": lambda: library.public("ecf_core.queries"),
    "ports": lambda: library.public("ecf_core.ports"),
    "api-operations": api_changes.operations,
    "api-statuses": api_changes.statuses,
    "api-media-types": api_changes.media_types,
    "api-everywhere": api_changes.everywhere,
    "api-differences": api_changes.differences,
    "fakes": kit.fakes_table,
    "contracts": kit.contracts_table,
    "invariants": kit.invariants,
    "examples": kit.examples_table,
    "layers": diagrams.layers,
    "records": diagrams.records,
    "states-of-a-partnership": diagrams.states,
    "life-of-a-partnership": diagrams.life,
    **{
        name.replace(" ", "-"): lambda name=name, command=command: _command(name, command)  # type: ignore[misc]
        for name, command in every_command()
    },
}


def written(text: str) -> str:
    """A page with its tables as the code has them now."""
    return _MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n\n{found[3]}", text)


def pages() -> Iterator[Path]:
    """The pages of the documentation."""
    return iter(sorted(DOCS.rglob("*.md")))


def main() -> None:
    """Writes every page whose tables have changed."""
    for page in pages():
        before = page.read_text(encoding="utf-8")
        after = written(before)
        if after != before:
            page.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
