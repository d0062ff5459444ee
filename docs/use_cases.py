"""The use cases, as the reference shows them: what they take, raise and record."""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from attrs import fields, frozen

from docs.library import PUBLIC, kind, markdown, shown, source_of, without_source
from docs.markdown import table
from ecf_core import UseCases, errors, events, use_cases
from ecf_core.errors import EcfError

_PAGE: Final = PUBLIC[use_cases.__name__]


@frozen
class Seen:
    """What the code of a use case raises, and which events it makes."""

    raised: frozenset[str]
    events: tuple[Any, ...]


def every_use_case() -> Iterator[tuple[str, type[Any]]]:
    """The use cases, by the name that ``UseCases`` has for each."""
    for field in fields(UseCases):
        yield field.name, field.type  # type: ignore[misc] # every field has one


def call_of(use_case: type[Any]) -> FunctionType:
    """What is called, its own or that of a class it is one of."""
    defining = next(each for each in use_case.__mro__ if "__call__" in vars(each))
    call: FunctionType = vars(defining)["__call__"]
    return call


def hints_of(use_case: type[Any]) -> dict[str, Any]:
    """What it takes and gives, by name; what the class leaves open, as the use case has it."""
    filled = {
        variable: argument
        for each in use_case.__mro__
        for base in vars(each).get("__orig_bases__", ())
        for variable, argument in zip(
            getattr(get_origin(base), "__parameters__", ()), get_args(base), strict=False
        )
        if not isinstance(argument, TypeVar)
    }
    hints = get_type_hints(call_of(use_case))
    return {name: filled.get(hint, hint) for name, hint in hints.items()}


def seen_in(use_case: type[Any]) -> Seen:
    """Looks through the code of a use case, and of what it calls of the other use cases' files."""
    raised: dict[str, None] = {}
    made: dict[str, None] = {}
    todo: list[Any] = [use_case]
    known: set[Any] = set()
    while todo:
        at = todo.pop()
        if at in known:
            continue
        known.add(at)
        module = sys.modules[at.__module__]
        for node in ast.walk(_definition(at, module)):
            match node:
                case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
                    raised[name] = None
                case ast.Call(func=ast.Name(id=name)) if hasattr(vars(events).get(name), "name"):
                    made[name] = None
            if isinstance(node, ast.Name) and _ours(called := vars(module).get(node.id)):
                todo.append(called)
    return Seen(
        frozenset(n for n in raised if issubclass(vars(errors).get(n, object), EcfError)),
        tuple(event for name, event in vars(events).items() if name in made),
    )


def _ours(value: Any) -> bool:
    return isinstance(value, type | FunctionType) and value.__module__.startswith(
        f"{use_cases.__name__}."
    )


def _definition(of: Any, module: ModuleType) -> ast.stmt:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    return next(
        statement
        for statement in tree.body
        if isinstance(statement, ast.ClassDef | ast.FunctionDef) and statement.name == of.__name__
    )


def all_of_them() -> str:
    """Every use case, one after another."""
    return "\n\n".join(_described(name, use_case) for name, use_case in every_use_case())


def _described(name: str, use_case: type[Any]) -> str:
    seen = seen_in(use_case)
    rows = [
        ("Gives", _given(use_case)),
        ("Raises", ", ".join(_error(n) for n in vars(errors) if n in seen.raised) or "nothing"),
        ("Records", ", ".join(map(_event, seen.events)) or "nothing"),
        ("Source", source_of(markdown(use_case.__doc__ or "")) or "not in the guide"),
    ]
    said = without_source(markdown(use_case.__doc__ or ""))
    parts = (f"### `{name}`", said, _arguments(use_case), table(("", ""), rows))
    return "\n\n".join(parts)


def _arguments(use_case: type[Any]) -> str:
    call, hints = call_of(use_case), hints_of(use_case)
    rows = []
    for name, parameter in list(inspect.signature(call).parameters.items())[1:]:
        named = parameter.kind is parameter.KEYWORD_ONLY
        default = parameter.default
        rows.append(
            (
                f"`{name}=`" if named else f"`{name}`",
                kind(hints[name], field=name, page=_PAGE),
                "needed" if default is parameter.empty else shown(default),
            )
        )
    return table(("Argument", "What it is", "Without it"), rows)


def _given(use_case: type[Any]) -> str:
    call = call_of(use_case)
    given = kind(hints_of(use_case)["return"], page=_PAGE).replace("`NoneType`", "nothing")
    said = markdown(call.__doc__ or "")
    return f"{given}. {said}" if said else given


def _error(name: str) -> str:
    return f"[`{name}`](library.md#{name.lower()})"


def _event(event: Any) -> str:
    return f"[`{event.name}`](events.md#{event.name})"
