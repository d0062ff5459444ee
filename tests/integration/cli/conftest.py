"""The command line, on a small world: three schools, two lead providers, two cohorts."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from attrs import frozen
from click.testing import CliRunner, Result

from ecf_adapters.container import Container, close
from ecf_adapters.settings import read_settings
from ecf_cli.main import cli
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.cohort import Cohort
from ecf_core.model.establishment import Establishment
from ecf_core.model.instants import midnight
from ecf_core.testing.examples import put_cohort
from ecf_core.use_cases.import_providers import NamedRow
from ecf_core.use_cases.set_up_delivery_partner import WorksWith

BY = Actor(ActorKind.SYSTEM, "test")
AMBITION = UUID("9b7f4caf-18d7-52b3-9b80-9742e8c7f8bd")
SCHOOLS = {"100000": 2, "100001": 11, "100002": 34}


@frozen
class Ecf:
    """``ecf``, run on one database."""

    database_url: str

    def __call__(self, *args: str) -> Result:
        return CliRunner().invoke(cli, ["--database-url", self.database_url, *args])

    def json(self, *args: str) -> Any:
        """The document of a command that is done."""
        result = self("--json", *args)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def refused(self, *args: str) -> list[str]:
        """What a refused command tells people, line by line."""
        result = self(*args)
        assert (result.exit_code, result.stdout) == (1, ""), result.output
        return result.stderr.splitlines()


@pytest.fixture
def ecf(database_url: str) -> Ecf:
    """The command line on an empty database."""
    return Ecf(database_url)


@pytest.fixture
def world(ecf: Ecf) -> Ecf:
    """The command line on the small world."""
    container = Container(settings=read_settings({"ECF_DATABASE_URL": ecf.database_url}))
    use = container.use_cases()
    entries = [
        Establishment(
            urn=urn, name=f"School {urn}", type_code=kind, status_code=1, district_code="E1"
        )
        for urn, kind in SCHOOLS.items()
    ]
    use.import_schools(entries, by=BY)
    named = [
        NamedRow(line=2, name="Ambition Institute", id=AMBITION),
        NamedRow(line=3, name="Teach First"),
    ]
    use.import_lead_providers(named, by=BY)
    lead_providers = container.queries().providers.lead_providers()
    for year in (2024, 2025):
        cohort = Cohort(start_year=year, academic_year_start_date=midnight(date(year, 9, 1)))
        put_cohort(container.storage().begin, cohort, lead_providers)
    pairs = [WorksWith(name, 2025) for name in ("Ambition Institute", "Teach First")]
    for hub in ("Kent Teaching School Hub", "Unity Teaching School Hub"):
        use.set_up_delivery_partner(hub, id=None, works_with=pairs, by=BY)
    close(container)
    return ecf


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], str]:
    """Writes a file, and says where it is."""

    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text)
        return str(tmp_path / name)

    return write
