"""How handlers come by what they need: their controller names it, and the application gives it."""

from collections.abc import Iterator, Mapping

from attrs import AttrsInstance, fields
from litestar import Controller


def by_name(everything: AttrsInstance) -> dict[str, object]:
    """Every use case, or all queries or lists of a kind, under the name of its field."""
    return {field.name: getattr(everything, field.name) for field in fields(type(everything))}


def furnished(controller: type[Controller], things: Mapping[str, object]) -> type[Controller]:
    """The controller with all that its annotations name; Litestar makes its instances itself."""
    return type(
        controller.__name__, (controller,), {name: things[name] for name in _named(controller)}
    )


def _named(controller: type[Controller]) -> Iterator[str]:
    for each in controller.__mro__:
        if issubclass(each, Controller) and each is not Controller:
            yield from each.__annotations__
