"""The reference of opening a cohort is complete."""

import re

from tests.integration.docs.transcript import DOCS, ROOT

RULES = ROOT / "src" / "ecf_core" / "rules" / "opening_a_cohort"
CODE = re.compile(
    r"""(?:problem\(\s*(?:[a-z]+|f?"[^"]*"|_NAME),|code=|\bname,|\.header,)\s*"([a-z_]+)\""""
)


def test_every_check_of_opening_a_cohort_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "opening-a-cohort.md").read_text(encoding="utf-8")
    _, refused, _ = re.split(r"^## What is refused$|^## What is written$", page, flags=re.MULTILINE)
    codes = {
        code
        for module in (*RULES.glob("*.py"), ROOT / "src/ecf_adapters/csv/table.py")
        for code in CODE.findall(module.read_text(encoding="utf-8"))
    }
    assert {"overlap", "no_contract", "needed", "missing_column", "second_cohort"} <= codes
    assert {code for code in codes if f"`{code}`" not in refused} == set()
