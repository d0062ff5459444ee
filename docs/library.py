"""The public names of the library, as its reference shows them."""

import ast
import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType, NoneType, UnionType
from typing import Any, Final, NewType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from attrs import NOTHING, Attribute, fields, frozen, has

from docs.markdown import table
from ecf_core import UseCases

PUBLIC: Final[Mapping[str, str]] = {
    "ecf_core": "library.md",
    "ecf_core.use_cases": "use-cases.md",
    "ecf_core.queries": "queries.md",
    "ecf_core.ports": "ports.md",
    "ecf_core.testing.fakes": "testing.md",
    "ecf_core.testing.contracts": "testing.md",
}
"""The modules that others import from, and the page of the reference that shows each."""

_ROLE: Final = re.compile(r":\w+:`~?(?:[\w.]+\.)?(\w+)`")
_WORDS: Final[Mapping[Any, str]] = {
    Any: "anything",
    UUID: "UUID",
    bool: "true or false",
    bytes: "bytes",
    date: "day",
    datetime: "instant, aware, in UTC",
    int: "number",
    str: "text",
}
_GUIDE: Final = re.compile(r'\s*Guide: "([^"]+)"\.')
_YEARS: Final = {"cohort", "start_year"}
"""Numbers that are the year in which an academic year starts."""


@frozen
class Name:
    """A public name: where it is imported from, what it stands for, and what is said of it."""

    name: str
    module: str
    value: Any
    said: str

    @property
    def at(self) -> str:
        return f"{PUBLIC[self.module]}#{self.name.lower()}"


def names(of: str) -> Iterator[Name]:
    """The public names of a module."""
    module = importlib.import_module(of)
    for name in module.__all__:
        yield Name(name, of, getattr(module, name), said_of(name, module))


@cache
def every_name() -> Mapping[str, Name]:
    """By the name; where two modules have it, the one that comes first shows it."""
    found: dict[str, Name] = {}
    for module in PUBLIC:
        for name in names(module):
            found.setdefault(name.name, name)
    return found


def said_of(name: str, module: ModuleType) -> str:
    """The docstring of a name, in the module that defines it; of a constant, the text below it."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    below: ast.stmt | None = None
    for statement in reversed(tree.body):
        match statement:
            case ast.ImportFrom(module=str(origin), names=imported) if any(
                alias.name == name for alias in imported
            ):
                return said_of(name, importlib.import_module(origin))
            case ast.If(body=[ast.ImportFrom(module=str(origin), names=[ast.alias(name="*")])]):
                return said_of(name, importlib.import_module(origin))
            case ast.ClassDef() | ast.FunctionDef() if statement.name == name:
                return markdown(ast.get_docstring(statement) or "")
            case (
                ast.Assign(targets=[ast.Name(id=named)]) | ast.AnnAssign(target=ast.Name(id=named))
            ) if named == name:
                match below:
                    case ast.Expr(value=ast.Constant(value=str(text))):
                        return markdown(text)
                return ""
        below = statement
    return ""


def markdown(docstring: str) -> str:
    """A docstring as a page has it."""
    text = inspect.cleandoc(_ROLE.sub(r"`\1`", docstring)).replace("``", "`")
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def source_of(said: str) -> str:
    """The heading of the guide that a docstring names as its source."""
    return "".join(f'the guide, "{heading}"' for heading in _GUIDE.findall(said))


def without_source(said: str) -> str:
    """A docstring but for that."""
    return _GUIDE.sub("", said).strip()


def kind(annotation: Any, *, field: str = "", page: str = "") -> str:
    """A type in words; a public one leads to where it is shown."""
    parts = get_args(annotation)
    origin = get_origin(annotation)

    def of(part: Any) -> str:
        return kind(part, field=field, page=page)

    alias = next((n for n in every_name().values() if n.value == annotation), None)
    if field in _YEARS and annotation is int:
        words = "year"
    elif alias and get_args(annotation):
        words = f"[`{alias.name}`]({alias.at.removeprefix(page)})"
    elif annotation in _WORDS:
        words = _WORDS[annotation]
    elif origin in {UnionType, Union}:
        words = " or ".join(of(p) for p in parts if p is not NoneType)
        words += ", or none" if NoneType in parts else ""
    elif isinstance(origin, type):
        words = _made_of(annotation, origin, of, page)
    else:
        words = _linked(annotation, page)
    return words


def _made_of(annotation: Any, origin: type[Any], of: Callable[[Any], str], page: str) -> str:
    """A type that holds others."""
    parts = get_args(annotation)
    if origin is tuple and parts[-1] is not Ellipsis:
        words = " and ".join(map(of, parts))
    elif issubclass(origin, Callable):  # type: ignore[arg-type]
        taken, given = parts
        words = f"a function of {', '.join(map(of, taken)) or 'nothing'}, which gives {of(given)}"
    elif issubclass(origin, Mapping):
        words = f"{of(parts[1])}, by {of(parts[0])}"
    elif issubclass(origin, Iterable):
        words = f"some: {of(parts[0])}"
    else:
        words = f"{_linked(origin, page)} of {', '.join(map(of, parts))}"
    return words


def _linked(annotation: Any, page: str) -> str:
    called: str = getattr(annotation, "__name__", str(annotation))
    public = every_name().get(called)
    if public is None:
        return f"`{called}`"
    return f"[`{called}`]({public.at.removeprefix(page)})"


def public(module: str) -> str:
    """What a module exports, one name after another."""
    shown = (name for name in names(module) if every_name()[name.name].module == module)
    return "\n\n".join(map(_described, shown))


def _described(name: Name) -> str:
    page, source = PUBLIC[name.module], source_of(name.said)
    parts = (
        f"### `{name.name}`",
        without_source(name.said),
        _shape(name.value, page),
        source and f"Source: {source}.",
    )
    return "\n\n".join(part for part in parts if part)


def _shape(value: Any, page: str) -> str:
    """What a public name is made of."""
    if isinstance(value, NewType):
        shape = "A UUID."
    elif not isinstance(value, type):
        shape = ""
    elif issubclass(value, Enum):
        shape = "One of " + ", ".join(f"`{member.value}`" for member in value) + "."
    elif getattr(value, "_is_protocol", False):
        shape = methods(value, page)
    elif issubclass(value, Exception):
        shape = _error(value, page)
    elif value is UseCases:
        shape = f"Its fields are [the use cases](use-cases.md).\n\n{methods(value, page)}"
    elif has(value):
        shape = "\n\n".join(filter(None, (_fields(value, page), methods(value, page))))
    else:
        shape = methods(value, page)
    return shape


def _error(of: type[Exception], page: str) -> str:
    """What an error is a kind of, and what it carries."""
    carried = get_type_hints(of.__init__) if "__init__" in vars(of) else {}
    carried.pop("return", None)
    parts = [f"A kind of {kind(of.__base__, page=page)}."] if of.__base__ is not Exception else []
    parts += [f"Carries `{name}`: {kind(hint, page=page)}." for name, hint in carried.items()]
    return " ".join(parts)


def _fields(of: type[Any], page: str) -> str:
    hints = get_type_hints(of)
    return table(
        ("Field", "What it holds", "Without it"),
        (
            (f"`{f.name}`", kind(hints[f.name], field=f.name, page=page), _default(f))
            for f in fields(of)
            if not f.name.startswith("_")
        ),
    )


def _default(field: "Attribute[Any]") -> str:
    if field.default is NOTHING:
        return "needed"
    return shown(field.default)


def shown(default: Any) -> str:
    """A default as it is written."""
    if default is None:
        return "none"
    if isinstance(default, Enum):
        return f"`{default.value}`"
    if has(type(default)):
        return f"`{type(default).__name__}()`"
    if isinstance(default, tuple) and default:
        return "has a default"
    return f"`{default!r}`"


def methods(of: type[Any], page: str) -> str:
    """What it can be asked, besides for its fields."""
    rows = []
    for name, member in vars(of).items():
        method = getattr(member, "fget", getattr(member, "__func__", member))
        if name.startswith("_") or not isinstance(method, FunctionType):
            continue
        hints = get_type_hints(method)
        given = kind(hints.pop("return"), page=page).replace("`NoneType`", "")
        asked = ", ".join(f"`{n}`: {kind(hint, field=n, page=page)}" for n, hint in hints.items())
        said = markdown(method.__doc__ or "").replace("\n\n", " ")
        rows.append((f"`{name}`", asked, given, said))
    return table(("Method", "Takes", "Gives", ""), rows) if rows else ""
