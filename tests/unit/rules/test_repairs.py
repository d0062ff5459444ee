"""What administrators do by hand: put a school under its partnership, and move participants."""

from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.school import School
from ecf_core.rules.changing_the_partnership import (
    CHANGING_THE_PARTNERSHIP,
    PartnershipChangeRequest,
    ProposedPartnershipChange,
)
from ecf_core.rules.migrating_participants import (
    MIGRATING_PARTICIPANTS,
    MigrationRequest,
    PlacedProgramme,
    ProposedMigration,
)
from ecf_core.rules.rule import violations
from ecf_core.testing.contracts.enrolled import ANOTHER_PROGRAMME
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    A_SCHOOL_COHORT,
)
from ecf_core.testing.examples import COHORT_2024, GREENDALE, GREENDALE_ID, NOW, RIVERSIDE_ID

CHANGE = ProposedPartnershipChange(
    request=PartnershipChangeRequest(
        urn=GREENDALE.urn, cohort=2024, partnership_id=A_PARTNERSHIP.id
    ),
    cohort=COHORT_2024,
    school=School(id=GREENDALE_ID, establishment=GREENDALE, created_at=NOW, updated_at=NOW),
    partnership=A_PARTNERSHIP,
    partnerships=(A_PARTNERSHIP,),
    school_cohort=A_SCHOOL_COHORT,
    programmes=(A_PROGRAMME,),
)
CHANGE_CASES = {
    ("cohort", "blank"): evolve(CHANGE, request=evolve(CHANGE.request, cohort=None), cohort=None),
    ("cohort", "invalid"): evolve(CHANGE, cohort=None),
    ("urn", "blank"): evolve(CHANGE, request=evolve(CHANGE.request, urn=None), school=None),
    ("urn", "invalid"): evolve(CHANGE, school=None),
    ("partnership", "blank"): evolve(
        CHANGE, request=evolve(CHANGE.request, partnership_id=None), partnership=None
    ),
    ("partnership", "not_found"): evolve(CHANGE, partnership=None),
    ("partnership", "invalid"): evolve(
        CHANGE, partnership=evolve(A_PARTNERSHIP, school_id=RIVERSIDE_ID)
    ),
    ("partnership", "partnership_challenged"): evolve(
        CHANGE, partnership=evolve(A_PARTNERSHIP, challenge=A_CHALLENGE)
    ),
    ("partnership", "relationship_partnership"): evolve(
        CHANGE, partnership=evolve(A_PARTNERSHIP, relationship=True)
    ),
}
SOURCE = PlacedProgramme(
    programme=A_PROGRAMME, school_id=GREENDALE_ID, cohort=2024, partnership=None
)
MIGRATION = ProposedMigration(
    request=MigrationRequest(from_programme=A_PROGRAMME.id, to_programme=ANOTHER_PROGRAMME.id),
    source=SOURCE,
    target=evolve(SOURCE, programme=ANOTHER_PROGRAMME),
)
MIGRATION_CASES = {
    ("from_programme", "blank"): evolve(
        MIGRATION, request=evolve(MIGRATION.request, from_programme=None), source=None
    ),
    ("from_programme", "invalid"): evolve(MIGRATION, source=None),
    ("to_programme", "blank"): evolve(
        MIGRATION, request=evolve(MIGRATION.request, to_programme=None), target=None
    ),
    ("to_programme", "invalid"): evolve(MIGRATION, target=None),
    ("to_programme", "same_programme"): evolve(
        MIGRATION,
        request=evolve(MIGRATION.request, to_programme=A_PROGRAMME.id),
        target=SOURCE,
    ),
    ("to_programme", "another_school_cohort"): evolve(
        MIGRATION, target=evolve(SOURCE, programme=ANOTHER_PROGRAMME, cohort=2025)
    ),
    ("to_programme", "partnership_challenged"): evolve(
        MIGRATION,
        target=evolve(
            SOURCE,
            programme=ANOTHER_PROGRAMME,
            partnership=evolve(A_PARTNERSHIP, challenge=A_CHALLENGE),
        ),
    ),
}
TABLES: list[Any] = [
    (CHANGING_THE_PARTNERSHIP, CHANGE, CHANGE_CASES),
    (MIGRATING_PARTICIPANTS, MIGRATION, MIGRATION_CASES),
]


@pytest.mark.parametrize(("table", "sound", "cases"), TABLES, ids=["change", "migration"])
def test_each_rule_of_a_repair_is_broken_by_its_case_alone(
    table: Any, sound: Any, cases: Any
) -> None:
    assert violations(table, sound) == ()
    assert [(rule.field, rule.code) for rule in table] == list(cases)
    for broken, facts in cases.items():
        assert [(v.field, v.code) for v in violations(table, facts)] == [broken]
