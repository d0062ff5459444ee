from datetime import date, datetime

from attrs import field, frozen, validators


@frozen(kw_only=True)
class Cohort:
    """The participants who start their training in one academic year.

    Named by the year in which it starts: 2024 is the academic year 2024/25.
    """

    start_year: int = field(validator=[validators.ge(1), validators.le(9999)])
    registration_start_date: datetime | None = None
    academic_year_start_date: datetime | None = None
    automatic_assignment_period_end_date: date | None = None
    payments_frozen_at: datetime | None = None
    mentor_funding: bool = False
    detailed_evidence_types: bool = False
