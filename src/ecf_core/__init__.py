"""Partnerships between lead providers, delivery partners and schools: the rules and what they rule.

The library's front door. It needs attrs and the standard library, reads no environment and opens
nothing: what it needs of the world comes in through the ports (``ecf_core.ports``), and
``ecf_core.testing`` holds the contract that a storage keeps to.

Its names are in ``ecf_core.exports``, which is loaded when one of them is first asked for: a
program that has not come to that yet does not wait for it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ecf_core.exports import *  # noqa: F403 - exactly its __all__
else:
    from importlib import import_module

    def __getattr__(name: str) -> Any:
        exports = import_module("ecf_core.exports")
        if name != "__all__" and name not in exports.__all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = getattr(exports, name)
        return globals()[name]
