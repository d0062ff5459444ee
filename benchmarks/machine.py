"""What a run was made on, in words that say nothing of whose machine it is."""

import os
import platform
from importlib.metadata import version


def described(*packages: str) -> str:
    """Cores and versions; figures of one machine say nothing of another."""
    has_affinity = hasattr(os, "sched_getaffinity")
    number = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count()
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    return f"{number} cores ({platform.machine()}), Python {platform.python_version()}, {versions}"
