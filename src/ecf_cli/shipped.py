"""Loading what is shipped: the schools, the providers, and two cohorts of them."""

from collections.abc import Iterator
from typing import Final

from ecf_adapters.csv.cohort_files import CohortPaths
from ecf_adapters.csv.providers import read_organisations, read_provider_relationships
from ecf_adapters.csv.refusals import of_file
from ecf_adapters.csv.register import establishments, opened_extract
from ecf_adapters.data import shipped
from ecf_cli.deployment import Deployment
from ecf_cli.output import tracked
from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.model.actor import Actor
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import DeliveryPartnerId

COHORTS: Final = (2024, 2025)


def _refuse(problem: RowProblem) -> None:
    raise RowsRefused(problem)


def _extract(name: str) -> Iterator[Establishment]:
    with shipped(name) as file, of_file(file), opened_extract(file) as extract:
        yield from tracked(establishments(extract, _refuse), "schools", extract.lines)


def register() -> Iterator[Establishment]:
    """Every school of the shipped extract, each as the update that is shipped with it has it."""
    newer = {entry.urn: entry for entry in _extract("schools_gias_update_2025.csv.gz")}
    for entry in _extract("schools_gias.csv.gz"):
        yield newer.pop(entry.urn, entry)
    yield from newer.values()


def load(deployment: Deployment, by: Actor) -> int:
    """Loads everything; what is there already stays as it is. Says how many schools there are."""
    use_cases = deployment.use_cases
    loaded = use_cases.import_schools(register(), by=by)
    with shipped("lead_providers.csv") as file, of_file(file):
        use_cases.import_lead_providers(read_organisations(file), by=by)
    with shipped("delivery_partners.csv") as file, of_file(file):
        use_cases.import_delivery_partners(read_organisations(file), by=by)
    for year in COHORTS:
        _open_cohort(deployment, year, by)
        with shipped(f"cohort-{year}/provider_relationships.csv") as file, of_file(file):
            rows = read_provider_relationships(file)
            use_cases.import_provider_relationships(rows, cohort=year, by=by)
    return loaded.created + loaded.updated + loaded.unchanged


def _open_cohort(deployment: Deployment, year: int, by: Actor) -> None:
    with shipped(f"cohort-{year}") as directory:
        paths = CohortPaths(directory)
        with paths.refused_as_given():
            deployment.use_cases.open_cohort(paths.read(), by=by)


def delivery_partners_of(lead_provider: str, year: int) -> list[DeliveryPartnerId]:
    """Whom a lead provider works with in a cohort, in the shipped relationships."""
    with shipped(f"cohort-{year}/provider_relationships.csv") as file:
        rows = read_provider_relationships(file)
    return [row.delivery_partner_id for row in rows if row.lead_provider_name == lead_provider]
