"""Loading lead providers and delivery partners from files: all of a file, or nothing of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from uuid import UUID

from attrs import frozen

from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.events import DeliveryPartnersImported, LeadProvidersImported
from ecf_core.model.actor import Actor
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId
from ecf_core.model.providers import LONGEST_NAME, DeliveryPartner, LeadProvider, squished
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class NamedRow:
    """A line of a file that names an organisation, with the id it has elsewhere, if it says so."""

    line: int
    name: str
    id: UUID | None = None


@frozen(kw_only=True)
class Imported:
    """What loading a file did, in rows."""

    created: int
    updated: int
    unchanged: int


@frozen
class _Planned:
    action: Literal["create", "rename", "keep"]
    id: UUID
    name: str


def _plan(
    rows: Sequence[NamedRow], known: Mapping[UUID, str], new_id: NewId
) -> tuple[list[_Planned], list[RowProblem]]:
    """What each row means for the organisations that are known by id, or why it cannot be done."""
    by_name = {name: id_ for id_, name in known.items()}
    lines_of: dict[UUID | str, int] = {}
    planned: list[_Planned] = []
    problems: list[RowProblem] = []
    for row in rows:
        name = squished(row.name)
        id_ = row.id or by_name.get(name)
        holder = by_name.get(name)
        twice = lines_of.get(name) or (lines_of.get(id_) if id_ else None)

        def problem(column: str, value: str, code: str, message: str, line: int = row.line) -> None:
            problems.append(
                RowProblem(line=line, column=column, value=value, code=code, message=message)
            )

        if not name:
            problem("name", row.name, "blank", "a name is missing")
        elif len(name) > LONGEST_NAME:
            problem("name", name, "too_long", f"has more than {LONGEST_NAME} characters")
        elif twice is not None:
            problem("name", name, "duplicate", f"is in the file already, on line {twice}")
        elif holder is not None and holder != id_:
            problem("id", str(id_), "conflict", f"{name} is known already, by the id {holder}")
        elif id_ is None or id_ not in known:
            planned.append(_Planned("create", id_ or new_id(), name))
        else:
            planned.append(_Planned("keep" if known[id_] == name else "rename", id_, name))
        lines_of.setdefault(name, row.line)
        if id_ is not None:
            lines_of.setdefault(id_, row.line)
    return planned, problems


def _refuse(problems: Iterable[RowProblem]) -> None:
    if found := tuple(problems):
        raise RowsRefused(*found)


@frozen(kw_only=True)
class ImportLeadProviders:
    """Loads lead providers: adds those that are new, renames those known by their id.

    Raises :class:`~ecf_core.errors.RowsRefused`.
    """

    begin: Begin
    clock: Clock
    new_id: NewId

    def __call__(self, rows: Sequence[NamedRow], *, by: Actor) -> Imported:
        def decide(work: UnitOfWork) -> Imported:
            known: dict[UUID, str] = {lp.id: lp.name for lp in work.providers.lead_providers()}
            planned, problems = _plan(rows, known, self.new_id)
            _refuse(problems)
            now = self.clock.now()
            changed = [p for p in planned if p.action != "keep"]
            if changed:
                work.providers.put_lead_providers(
                    [LeadProvider(id=LeadProviderId(p.id), name=p.name) for p in changed], at=now
                )
                imported = LeadProvidersImported(
                    created=tuple(LeadProviderId(p.id) for p in changed if p.action == "create"),
                    updated=tuple(LeadProviderId(p.id) for p in changed if p.action == "rename"),
                    unchanged=len(planned) - len(changed),
                )
                work.record(imported, by=by, at=now)
            return _counted(planned)

        return in_transaction(self.begin, decide)


def _counted(planned: Iterable[_Planned], revived: int = 0) -> Imported:
    actions = [p.action for p in planned]
    return Imported(
        created=actions.count("create"),
        updated=actions.count("rename") + revived,
        unchanged=actions.count("keep") - revived,
    )


@frozen(kw_only=True)
class ImportDeliveryPartners:
    """Loads delivery partners: adds those that are new, renames those known by their id.

    A discarded one that the file names is revived. Raises
    :class:`~ecf_core.errors.RowsRefused`.
    """

    begin: Begin
    clock: Clock
    new_id: NewId

    def __call__(self, rows: Sequence[NamedRow], *, by: Actor) -> Imported:
        def decide(work: UnitOfWork) -> Imported:
            known = {partner.id: partner for partner in work.providers.delivery_partners()}
            names: dict[UUID, str] = {id_: partner.name for id_, partner in known.items()}
            planned, problems = _plan(rows, names, self.new_id)
            _refuse(problems)
            now = self.clock.now()
            created: list[DeliveryPartner] = []
            updated: list[DeliveryPartner] = []
            revived = 0
            for plan in planned:
                id_ = DeliveryPartnerId(plan.id)
                if plan.action == "create":
                    created.append(
                        DeliveryPartner(id=id_, name=plan.name, created_at=now, updated_at=now)
                    )
                    continue
                before = known[id_]
                after = before.renamed(plan.name, at=now) if plan.action == "rename" else before
                if before.discarded_at is not None:
                    after = after.revived(at=now)
                    revived += plan.action == "keep"
                if after != before:
                    updated.append(after)
            if created or updated:
                work.providers.put_delivery_partners([*created, *updated])
                imported = DeliveryPartnersImported(
                    created=tuple(partner.id for partner in created),
                    updated=tuple(partner.id for partner in updated),
                    unchanged=len(planned) - len(created) - len(updated),
                )
                work.record(imported, by=by, at=now)
            return _counted(planned, revived)

        return in_transaction(self.begin, decide)
