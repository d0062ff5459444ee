"""What every storage keeps to, as test classes: subclass one and give it your storage.

class TestMyStorage(StorageContract):
    @pytest.fixture
    def storage(self) -> Storage:
        return MyStorage()
"""

from ecf_core.testing.contracts.cohorts import CohortsContract
from ecf_core.testing.contracts.facts import FactsContract
from ecf_core.testing.contracts.invariants import PartnershipMachine
from ecf_core.testing.contracts.partnerships import PartnershipsContract
from ecf_core.testing.contracts.providers import ProvidersContract
from ecf_core.testing.contracts.queries import QueriesContract
from ecf_core.testing.contracts.races import RacesContract
from ecf_core.testing.contracts.schools import SchoolsContract


class StorageContract(
    PartnershipsContract,
    FactsContract,
    ProvidersContract,
    CohortsContract,
    SchoolsContract,
    RacesContract,
):
    """Everything that a storage keeps to, whatever reads it."""


__all__ = ["PartnershipMachine", "QueriesContract", "StorageContract"]
