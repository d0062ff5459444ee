"""What every storage keeps to, as test classes: subclass one and give it your storage.

    class TestMyStorage(StorageContract):
        @pytest.fixture
        def storage(self) -> Storage:
            return MyStorage()

``QueriesContract`` does the same for what is read, and ``PartnershipMachine`` does anything in any
order and looks whether everything holds that always holds.
"""

from ecf_core.testing.contracts.answers import AnswersContract
from ecf_core.testing.contracts.changes_of_id import ChangesOfIdContract
from ecf_core.testing.contracts.cohorts import CohortsContract
from ecf_core.testing.contracts.facts import FactsContract
from ecf_core.testing.contracts.facts_of_changes import FactsOfChangesContract
from ecf_core.testing.contracts.facts_of_induction import FactsOfInductionContract
from ecf_core.testing.contracts.facts_of_training import FactsOfTrainingContract
from ecf_core.testing.contracts.facts_of_transfers import FactsOfTransfersContract
from ecf_core.testing.contracts.invariants import PartnershipMachine
from ecf_core.testing.contracts.moves import MovesContract
from ecf_core.testing.contracts.participants import ParticipantsContract
from ecf_core.testing.contracts.participants_as_a_whole import ParticipantsAsAWholeContract
from ecf_core.testing.contracts.partnerships import PartnershipsContract
from ecf_core.testing.contracts.providers import ProvidersContract
from ecf_core.testing.contracts.queries import QueriesContract
from ecf_core.testing.contracts.races import RacesContract
from ecf_core.testing.contracts.races_of_administrators import AdministratorsRacesContract
from ecf_core.testing.contracts.races_of_participants import ParticipantsRacesContract
from ecf_core.testing.contracts.races_of_support import SupportRacesContract
from ecf_core.testing.contracts.races_of_training import TrainingRacesContract
from ecf_core.testing.contracts.school_cohorts import SchoolCohortsContract
from ecf_core.testing.contracts.schools import SchoolsContract


class StorageContract(
    PartnershipsContract,
    SchoolCohortsContract,
    FactsContract,
    FactsOfChangesContract,
    FactsOfInductionContract,
    FactsOfTransfersContract,
    FactsOfTrainingContract,
    ProvidersContract,
    CohortsContract,
    SchoolsContract,
    ParticipantsContract,
    ParticipantsAsAWholeContract,
    ChangesOfIdContract,
    MovesContract,
    RacesContract,
    AdministratorsRacesContract,
    AnswersContract,
    ParticipantsRacesContract,
    SupportRacesContract,
    TrainingRacesContract,
):
    """Everything that a storage keeps to, whatever reads it."""


__all__ = ["PartnershipMachine", "QueriesContract", "StorageContract"]
