"""Spoilt schedules and statements."""

from tests.integration.cli.spoilt_files import NOVEMBER, RETAINED, milestone, statement

SCHEDULES_AND_STATEMENTS = {
    "a schedule without a milestone": milestone(
        f"ecf_standard,ecf-standard-september,ECF Standard September,2024,{RETAINED}\n",
        "",
        "65: schedule-identifier: 'ecf-standard-september': has no milestone retained-1",
    ),
    "a milestone twice": milestone(
        f"{RETAINED}\n",
        f"{RETAINED}\necf_standard,ecf-standard-september,ECF Standard September,2024,{RETAINED}\n",
        "67: milestone-declaration-type: 'retained-1': is in the schedule already, line 66",
    ),
    "milestones out of order": milestone(
        "retained-1,2025-01-01,2025",
        "retained-1,2024-05-31,2025",
        "66: milestone-start-date: '2024-05-31': is before that of started, 2024-06-01",
    ),
    "milestones that end out of order": milestone(
        "2024-06-01,2024-12-31,2024-11-30",
        "2024-06-01,2025-04-01,2024-11-30",
        "66: milestone-date: '2025-03-31': is before that of started, 2025-04-01",
    ),
    "a milestone that ends before it starts": milestone(
        "retained-1,2025-01-01,2025-03-31",
        "retained-1,2025-01-01,2024-12-31",
        "66: milestone-date: '2024-12-31': is before the milestone's start date",
    ),
    "a milestone paid before it starts": milestone(
        "retained-1,2025-01-01,2025-03-31,2025-04-30",
        "retained-1,2025-01-01,2025-03-31,2024-12-31",
        "66: milestone-payment-date: '2024-12-31': is before the milestone's start date",
    ),
    "a milestone without a payment date": milestone(
        "retained-1,2025-01-01,2025-03-31,2025-04-30",
        "retained-1,2025-01-01,2025-03-31,",
        "66: milestone-payment-date: '': is missing",
    ),
    "a milestone of another year": milestone(
        f"2024,{RETAINED}",
        f"2027,{RETAINED}",
        "66: schedule-cohort-year: '2027': is another cohort than 2024",
    ),
    "a schedule of no such type": milestone(
        "ecf_standard,ecf-standard-september",
        "ecf_fast,ecf-standard-september",
        "65: type: 'ecf_fast': is none of ecf_standard, ecf_reduced, ecf_extended, ecf_replacement",
    ),
    "a milestone that a schedule cannot have": milestone(
        f"{RETAINED}\n",
        f"{RETAINED}\necf_standard,ecf-standard-september,ECF Standard September,2024,"
        "Output 7,extended-1,2027-01-01,,2027-01-01\n",
        "67: milestone-declaration-type: 'extended-1':"
        " a schedule ecf_standard has no such milestone",
    ),
    "a deadline after the payment": statement(
        "2024-10-31",
        "2025-10-31",
        "2: deadline_date: '2025-10-31': is after the payment date, 2024-11-25",
    ),
    "a statement twice": statement(
        NOVEMBER,
        f"{NOVEMBER}\n{NOVEMBER}",
        "3: name: 'November 2024': is in the file already, on line 2",
    ),
    "a statement of another year": statement(
        ",2024,", ",2023,", "2: cohort: '2023': is another cohort than 2024"
    ),
    "a statement of another kind": statement("ecf,", "npq,", "2: type: 'npq': is not ecf"),
    "a statement of no month": statement(
        "November", "Nov", "2: name: 'Nov 2024': is no month and year such as November 2025"
    ),
    "no": statement("true", "no", "2: output_fee: 'no': is neither true nor false"),
    "quoting": statement(
        "ecf,", '"ecf"x,', "2: cannot be read from here on: ',' expected after '\"'"
    ),
}
