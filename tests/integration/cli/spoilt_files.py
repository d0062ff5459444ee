"""The smallest bad file for a rule, and what is told of it."""

from attrs import frozen

HEADER = (
    "start-year,registration-start-date,academic-year-start-date,"
    "automatic-assignment-period-end-date,payments-frozen-at,mentor-funding,detailed-evidence-types"
)
ROW = "2024,2024-06-25,2024-09-01,2025-03-31,,false,false"
FIRST = "Ambition Institute,2024,0.33,100,4500,4500,0,0,0,2000,995,2001,4000,979,4001,6000,966,,,"
STARTED = "Output 1 - Participant Start,started,2024-06-01,2024-12-31,2024-11-30"
RETAINED = "Output 2 - Retention Point 1,retained-1,2025-01-01,2025-03-31,2025-04-30"
NOVEMBER = "ecf,November 2024,2024,2024-10-31,2024-11-25,true"
NO_DATE = "is no date such as 2024-09-01"
NO_POUNDS = "is no amount of pounds such as 1000.50, without separators"
NO_WHOLE = "is no whole number such as 4500, without separators"
NO_YEAR = "is no year such as 2025"


@frozen(init=False)
class Spoilt:
    """What a file says instead, and the lines that are told."""

    file: str
    old: str
    new: str
    told: tuple[str, ...]

    def __init__(self, file: str, old: str, new: str, *told: str) -> None:
        self.__attrs_init__(file, old, new, told)


def cohort(column: str, value: str, reason: str, row: str = "") -> Spoilt:
    """A cell of the cohort's one row."""
    cells = dict(zip(HEADER.split(","), (row or ROW).split(","), strict=True)) | {column: value}
    told = f"cohort.csv:2: {column}: '{value}': {reason}"
    return Spoilt("cohort.csv", ROW, ",".join(cells.values()), told)


def contract(cells: dict[int, str], *told: str) -> Spoilt:
    """Cells of the first contract, by their number."""
    row = FIRST.split(",")
    for number, value in cells.items():
        row[number] = value
    lines = (f"contracts.csv:2: {line}" for line in told)
    return Spoilt("contracts.csv", FIRST, ",".join(row), *lines)


def milestone(old: str, new: str, told: str) -> Spoilt:
    return Spoilt("schedules.csv", old, new, f"schedules.csv:{told}")


def statement(old: str, new: str, *told: str) -> Spoilt:
    lines = (f"statements.csv:{line}" for line in told)
    return Spoilt("statements.csv", NOVEMBER, NOVEMBER.replace(old, new), *lines)
