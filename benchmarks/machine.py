"""What a run was made on, in words that say nothing of whose machine it is."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from benchmarks.servers import PEERS


@contextmanager
def peers_found() -> Iterator[None]:
    """The peers' packages are apart from the product's."""
    sys.path.append(str(PEERS))
    try:
        yield
    finally:
        sys.path.remove(str(PEERS))


def described(*packages: str) -> str:
    """Cores and versions; figures of one machine say nothing of another."""
    has_affinity = hasattr(os, "sched_getaffinity")
    number = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count()
    with peers_found():
        versions = ", ".join(f"{package} {version(package)}" for package in packages)
    return f"{number} cores ({platform.machine()}), Python {platform.python_version()}, {versions}"
