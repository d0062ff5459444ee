from collections.abc import Sequence

from attrs import frozen

from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.events import AppropriateBodiesImported
from ecf_core.model.actor import Actor
from ecf_core.model.appropriate_body import AppropriateBody, BodyType
from ecf_core.model.ids import AppropriateBodyId
from ecf_core.model.providers import LONGEST_NAME, squished
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.import_providers import Imported
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class AppropriateBodyRow:
    """A line of a file of appropriate bodies."""

    line: int
    name: str
    type: str


@frozen(kw_only=True)
class ImportAppropriateBodies:
    """Loads appropriate bodies: adds those of a new name, changes the type of the others.

    All of the file, or nothing of it. Raises :class:`~ecf_core.errors.RowsRefused`.
    """

    begin: Begin
    clock: Clock
    new_id: NewId

    def __call__(self, rows: Sequence[AppropriateBodyRow], *, by: Actor) -> Imported:
        named = _checked(rows)

        def decide(work: UnitOfWork) -> Imported:
            known = {body.name: body for body in work.appropriate_bodies.all()}
            created = [
                AppropriateBody(id=AppropriateBodyId(self.new_id()), name=name, type=type_)
                for name, type_ in named.items()
                if name not in known
            ]
            updated = [
                AppropriateBody(id=known[name].id, name=name, type=type_)
                for name, type_ in named.items()
                if name in known and known[name].type is not type_
            ]
            unchanged = len(named) - len(created) - len(updated)
            now = self.clock.now()
            if created or updated:
                work.appropriate_bodies.put([*created, *updated], at=now)
                imported = AppropriateBodiesImported(
                    created=tuple(body.id for body in created),
                    updated=tuple(body.id for body in updated),
                    unchanged=unchanged,
                )
                work.record(imported, by=by, at=now)
            return Imported(created=len(created), updated=len(updated), unchanged=unchanged)

        return in_transaction(self.begin, decide)


def _checked(rows: Sequence[AppropriateBodyRow]) -> dict[str, BodyType]:
    """The types by name; refused with everything that is wrong with the rows."""
    lines: dict[str, int] = {}
    named: dict[str, BodyType] = {}
    problems: list[RowProblem] = []
    for row in rows:
        name = squished(row.name)
        column, value, code, message = "name", name, "", ""
        if not name:
            code, message = "blank", "a name is missing"
        elif len(name) > LONGEST_NAME:
            code, message = "too_long", f"has more than {LONGEST_NAME} characters"
        elif name in lines:
            code, message = "duplicate", f"is in the file already, on line {lines[name]}"
        elif row.type not in set(BodyType):
            column, value, code = "type", row.type, "invalid"
            message = f"must be one of {', '.join(BodyType)}"
        else:
            named[name] = BodyType(row.type)
        if code:
            problems.append(
                RowProblem(line=row.line, column=column, value=value, code=code, message=message)
            )
        lines.setdefault(name, row.line)
    if problems:
        raise RowsRefused(*problems)
    return named
