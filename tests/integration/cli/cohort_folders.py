"""Folders of files that open a cohort, real ones and spoilt ones."""

import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "src" / "ecf_adapters" / "data"
FOLDERS = {
    year: (SHIPPED if year >= 2024 else ROOT / "tests" / "data" / "cohorts") / f"cohort-{year}"
    for year in range(2021, 2026)
}
LEAD_PROVIDERS = str(SHIPPED / "lead_providers.csv")


def a_copy(year: int, into: Path) -> Path:
    """A folder of one's own, to be spoilt."""
    return Path(shutil.copytree(FOLDERS[year], into / f"cohort-{year}"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Changes the first place where a file says something."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, (file, old)
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def opened(ecf: Any, *years: int) -> Any:
    """The command line, where the cohorts are open."""
    ecf.json("lead-providers", "import", LEAD_PROVIDERS)
    for year in years:
        ecf.json("cohort", "create", str(FOLDERS[year]))
    return ecf
