"""Schools as lead providers see them, and what stands in the way of a partnership with one."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from ecf_core.model.ids import SchoolId
from ecf_core.queries.schools import SORTABLE, ListedSchool
from ecf_core.use_cases.explain_partnership import Explanation
from ecf_http.cursor import Columns
from ecf_http.wire.documents import Document, Resource, Row, shown_instant, to_the_second

SORT_KEYS: Final[Mapping[str, str]] = {field: field for field in SORTABLE}


class SchoolAttributes(Struct, frozen=True):
    """What is shown of a school in one cohort, in the order in which it is sent."""

    name: str
    urn: str
    cohort: str
    in_partnership: bool
    induction_programme_choice: str
    created_at: str
    updated_at: str


class JudgedRule(Struct, frozen=True):
    """What a rule says: passed, broken, or not judged (``null``)."""

    field: str
    code: str
    passed: bool | None
    detail: str


class CheckAttributes(Struct, frozen=True):
    """Whether a partnership could be formed, with every rule in the order of the table."""

    allowed: bool
    rules: list[JudgedRule]


COLUMNS: Final = Columns(
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
    return Resource(id_, "school", attributes)


def check(school_id: SchoolId, explanation: Explanation) -> Document[CheckAttributes]:
    rules = [
        JudgedRule(judged.rule.field, judged.rule.code, judged.passed, judged.rule.message)
        for judged in explanation.judgements
    ]
    attributes = CheckAttributes(explanation.allowed, rules)
    return Document(Resource(str(school_id), "partnership-check", attributes))
