"""The API over a furnished database, as lead providers' clients call it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from attrs import evolve, frozen
from httpx import Response
from litestar.testing import TestClient
from sqlalchemy import Table, select

from ecf_adapters.container import Container
from ecf_adapters.sql.tables import (
    events,
    induction_programmes,
    induction_records,
    partnerships,
    school_cohorts,
    training_states,
)
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import PartnershipId, SchoolId
from ecf_core.model.partnership import ChallengeReason, Partnership
from ecf_core.model.providers import LeadProvider
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2024,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
)
from ecf_core.testing.fakes import SettableClock

PARTNERSHIPS: Final = "/api/v3/partnerships/ecf"
DELIVERY_PARTNERS: Final = "/api/v3/delivery-partners"
SCHOOLS: Final = "/api/v3/schools/ecf"
PARTICIPANTS: Final = "/api/v3/participants/ecf"
UNFUNDED_MENTORS: Final = "/api/v3/unfunded-mentors/ecf"
JSON_API: Final = "application/vnd.api+json"
NOWHERE: Final = "7e64a8ab-7d4c-4b77-a8a5-0e5fbd7d0ba9"
"""An id that nothing has."""
SOUND: Final[Mapping[str, Any]] = {
    "cohort": "2024",
    "school_id": str(GREENDALE_ID),
    "delivery_partner_id": str(NORTH_HUB.id),
}
"""What Purple Learning can ask for."""
_CHANGEABLE: Final[tuple[Table, ...]] = (
    partnerships,
    school_cohorts,
    induction_programmes,
    events,
    induction_records,
    training_states,
)


def body(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {"data": {"type": "ecf-partnership", "attributes": dict(attributes)}}


@frozen
class World:
    """A database with all that a partnership needs, and a server over it."""

    container: Container
    client: TestClient[Any]
    clock: SettableClock
    tokens: Mapping[str, str]

    def authorization(self, lead_provider: LeadProvider = PURPLE_LEARNING) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[lead_provider.name]}"}

    def call(
        self, method: str, path: str, by: LeadProvider = PURPLE_LEARNING, **options: Any
    ) -> Response:
        """A request of a lead provider's."""
        headers = self.authorization(by) | options.pop("headers", {})
        response: Response = self.client.request(method, path, headers=headers, **options)
        return response

    def shown(self, path: str, by: LeadProvider = PURPLE_LEARNING) -> list[dict[str, Any]]:
        """What is on a list."""
        response = self.call("GET", path, by)
        assert response.status_code == 200, response.text
        assert list(response.json()) == ["data"]
        data: list[dict[str, Any]] = response.json()["data"]
        return data

    def index(self, query: str = "", by: LeadProvider = PURPLE_LEARNING) -> Response:
        return self.call("GET", f"{PARTNERSHIPS}?{query}", by)

    def create(self, by: LeadProvider = PURPLE_LEARNING, **attributes: Any) -> Response:
        """A sound request but for the attributes given."""
        return self.call("POST", PARTNERSHIPS, by, json=body({**SOUND, **attributes}))

    def update(self, id_: str, by: LeadProvider = PURPLE_LEARNING, **attributes: Any) -> Response:
        return self.call("PUT", f"{PARTNERSHIPS}/{id_}", by, json=body(attributes))

    def formed(self, by: LeadProvider = PURPLE_LEARNING, **attributes: Any) -> dict[str, Any]:
        """A partnership, formed over the API."""
        response = self.create(by, **attributes)
        assert response.status_code == 200, response.text
        data: dict[str, Any] = response.json()["data"]
        return data

    def confirm(
        self,
        school: SchoolId = GREENDALE_ID,
        cohort: Cohort = COHORT_2024,
        programme: str = "provider_led",
    ) -> None:
        """A school chooses its programme."""
        request = ProgrammeRequest(school_id=school, cohort=cohort.start_year, programme=programme)
        self.container.use_cases().confirm_programme(request, by=ADMINISTRATOR)

    def challenge(self, partnership_id: str) -> None:
        """The school says that the partnership is not right."""
        request = ChallengeRequest(
            partnership_id=PartnershipId(UUID(partnership_id)), reason=ChallengeReason.MISTAKE
        )
        self.container.use_cases().challenge_partnership(request, by=ADMINISTRATOR)

    def seed(self, **changes: Any) -> str:
        """A partnership that is there without the API having been asked."""
        partnership = evolve(
            Partnership(
                id=PartnershipId(UUID("50000000-0000-4000-8000-000000000001")),
                school_id=GREENDALE_ID,
                cohort=COHORT_2024.start_year,
                lead_provider_id=PURPLE_LEARNING.id,
                delivery_partner_id=NORTH_HUB.id,
                created_at=NOW,
                updated_at=NOW,
            ),
            **changes,
        )
        with self.container.storage().begin() as work:
            work.partnerships.add(partnership)
            work.commit()
        return str(partnership.id)

    def stored(self) -> dict[str, list[Any]]:
        """All that a request could change."""
        with self.container.engine().connect() as connection:
            return {
                table.name: sorted(connection.execute(select(table)).all(), key=repr)
                for table in _CHANGEABLE
            }
