"""How the contracts of lead providers' participants change and read them."""

from collections.abc import Callable

from attrs import evolve

from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.participant import Enrolment
from ecf_core.ports.storage import Storage
from ecf_core.ports.unit_of_work import UnitOfWork
from ecf_core.queries import Queries
from ecf_core.queries.order import Order
from ecf_core.queries.provider_participant_lists import (
    ProviderParticipantsFilter,
    TrainingsFilter,
)
from ecf_core.queries.provider_participants import (
    ProviderParticipantRow,
    TrainingRow,
)
from ecf_core.queries.window import Window
from ecf_core.testing.contracts.partnerships import A_CHALLENGE
from ecf_core.testing.contracts.trained import (
    A_DAY,
    BEFORE,
    ORANGE_2024,
    PURPLE_2023,
    PURPLE_2024,
    UNPARTNERED,
    a_mentor_too,
    a_training,
    gone_to,
)
from ecf_core.testing.examples import (
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
)

ALL = Window(per_page=3000)
EVERYONE = ProviderParticipantsFilter()
EVERYTHING = TrainingsFilter()
ADA = a_training(1)
Change = Callable[[UnitOfWork], None]


def challenge(work: UnitOfWork) -> None:
    assert PURPLE_2024.partnership is not None
    challenged = evolve(PURPLE_2024.partnership, challenge=A_CHALLENGE, updated_at=NOW)
    work.partnerships.save(challenged)


SEEN_BY_NOBODY = a_mentor_too(ADA, 12, UNPARTNERED)


CHANGES: dict[str, Change] = {
    "the person": lambda work: work.participants.put_people(
        evolve(ADA.person, full_name="Ada Married", updated_at=NOW)
    ),
    "the training": lambda work: work.participants.put_training_records(
        evolve(ADA.training_record, sparsity_uplift=True, updated_at=NOW)
    ),
    "the record": lambda work: work.participants.put_records(
        evolve(ADA.record, schedule="ecf-standard-january", updated_at=NOW)
    ),
    "a record with another lead provider": lambda work: work.participants.put_records(
        *gone_to(ADA, 11, ORANGE_2024)
    ),
    "a training of which nothing is seen": lambda work: work.participants.enrol(
        [evolve(SEEN_BY_NOBODY, record=evolve(SEEN_BY_NOBODY.record, updated_at=NOW))]
    ),
    "the delivery partner": lambda work: work.providers.put_delivery_partners(
        [evolve(NORTH_HUB, discarded_at=NOW, updated_at=NOW)]
    ),
}


def several(storage: Storage) -> None:
    """Their instants repeat, their ids go against the order they came in; two train twice."""
    enrolments = []
    for number in range(7):
        at = BEFORE + number // 3 * A_DAY
        each = a_training(50 - number, (PURPLE_2024, PURPLE_2023)[number % 2], at=at)
        person = evolve(each.person, updated_at=at + (number % 2) * 9 * A_DAY)
        enrolments.append(evolve(each, person=person))
        if number % 4 == 1:
            enrolments.append(a_mentor_too(enrolments[-1], 70 - number))
    enrol(storage, *enrolments)


def enrol(storage: Storage, *enrolments: Enrolment) -> None:
    change(storage, lambda work: work.participants.enrol(enrolments))


def change(storage: Storage, *changes: Change) -> None:
    with storage.begin() as work:
        for change in changes:
            change(work)
        work.commit()


def people(
    queries: Queries, wanted: ProviderParticipantsFilter = EVERYONE, order: Order = ()
) -> tuple[ProviderParticipantRow, ...]:
    return queries.provider_participants.page(PURPLE_LEARNING.id, wanted, order, ALL).rows


def ids(
    queries: Queries,
    wanted: ProviderParticipantsFilter = EVERYONE,
    of: LeadProviderId = PURPLE_LEARNING.id,
) -> list[ParticipantId]:
    page = queries.provider_participants.page(of, wanted, (), ALL)
    return [row.id for row in page.rows]


def ids_of(*numbers: int) -> list[ParticipantId]:
    return [a_training(number).person.id for number in numbers]


def one_of(queries: Queries) -> ProviderParticipantRow | None:
    return queries.provider_participants.one(PURPLE_LEARNING.id, ADA.person.id, EVERYONE)


def schedule(queries: Queries) -> str:
    row = one_of(queries)
    assert row is not None
    return row.enrolments[0].schedule


def trainings(queries: Queries, wanted: TrainingsFilter = EVERYTHING) -> tuple[TrainingRow, ...]:
    return queries.provider_participants.trainings(PURPLE_LEARNING.id, wanted, ALL).rows


def training_of(queries: Queries, of: Enrolment, wanted: TrainingsFilter) -> TrainingRow | None:
    return queries.provider_participants.training(PURPLE_LEARNING.id, of.person.id, wanted)
