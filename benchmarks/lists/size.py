"""How many of everything there are."""

from typing import Final

from attrs import frozen

COHORTS: Final = (2022, 2023, 2024, 2025)


@frozen
class Size:
    """Of ``changed`` partnerships of the asking lead provider a poll is told."""

    schools: int
    partnerships_a_cohort: int
    changed: int


NATIONAL: Final = Size(schools=25_000, partnerships_a_cohort=12_000, changed=32)
EARLY: Final = Size(schools=25_000, partnerships_a_cohort=1_000, changed=32)
"""The same country with a twelfth of the partnerships."""
