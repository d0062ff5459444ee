"""Schools as lead providers see them, and what stands in the way of a partnership with one."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from ecf_core.model.ids import SchoolId
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries.schools import SORTABLE, ListedSchool
from ecf_core.use_cases.explain_partnership import Explanation
from ecf_http.cursor import Columns
from ecf_http.wire.documents import (
    Document,
    Instant,
    Resource,
    Row,
    Urn,
    Year,
    shown_instant,
    to_the_second,
)

SORT_KEYS: Final[Mapping[str, str]] = {field: field for field in SORTABLE}


class SchoolAttributes(Struct, frozen=True):
    """What is shown of a school in one cohort, in the order in which it is sent."""

    TYPE: ClassVar = "school"

    name: Annotated[str, Meta(description="As the register has it.", examples=["Greendale School"])]
    urn: Urn
    cohort: Annotated[Year, Meta(description="The cohort that was asked for.")]
    in_partnership: Annotated[
        bool,
        Meta(
            description="Whether the school is in an unchallenged partnership in the cohort, of "
            "any lead provider. Relationship partnerships do not count.",
            examples=[False],
        ),
    ]
    induction_programme_choice: Annotated[
        str,
        Meta(
            description="What the school has said for the cohort.",
            examples=["provider_led"],
            extra_json_schema={"enum": [*ProgrammeChoice]},
        ),
    ]
    created_at: Annotated[Instant, Meta(description="When the school was loaded.")]
    updated_at: Annotated[
        Instant, Meta(description="The later of the school and of its standing in the cohort.")
    ]


class JudgedRule(Struct, frozen=True):
    """What a rule says: passed, broken, or not judged (``null``)."""

    field: Annotated[str, Meta(description="What the rule is about.", examples=["cohort"])]
    code: Annotated[str, Meta(description="Names the rule; it never changes.", examples=["blank"])]
    passed: Annotated[
        bool | None,
        Meta(
            description="False for a rule that is broken, null for one that is not judged.",
            examples=[True],
        ),
    ]
    detail: Annotated[
        str,
        Meta(
            description="What is said of a partnership that breaks the rule.",
            examples=["Enter a '#/cohort'."],
        ),
    ]


class CheckAttributes(Struct, frozen=True):
    """Whether a partnership could be formed, with every rule in the order of the table."""

    TYPE: ClassVar = "partnership-check"

    allowed: Annotated[bool, Meta(description="Whether every rule has passed.", examples=[True])]
    rules: list[JudgedRule]


COLUMNS: Final = Columns(
    "schools",
    (
        "id",
        "name",
        "urn",
        "cohort",
        "in_partnership",
        "induction_programme_choice",
        "created_at",
        "updated_at",
    ),
    kinds={},
)


def shown(row: ListedSchool) -> Row:
    """A school in the order of the columns."""
    return (
        str(row.id),
        row.name,
        row.urn,
        row.cohort,
        row.in_partnership,
        row.induction_programme_choice,
        shown_instant(row.created_at),
        shown_instant(row.updated_at),
    )


def resource(row: Row) -> Resource[SchoolAttributes]:
    id_, name, urn, cohort, in_partnership, choice, created_at, updated_at = row
    attributes = SchoolAttributes(
        name,
        urn,
        str(cohort),
        bool(in_partnership),
        choice,
        to_the_second(created_at),
        to_the_second(updated_at),
    )
    return Resource(id_, attributes.TYPE, attributes)


def check(school_id: SchoolId, explanation: Explanation) -> Document[CheckAttributes]:
    rules = [
        JudgedRule(judged.rule.field, judged.rule.code, judged.passed, judged.rule.message)
        for judged in explanation.judgements
    ]
    attributes = CheckAttributes(explanation.allowed, rules)
    return Document(Resource(str(school_id), attributes.TYPE, attributes))
