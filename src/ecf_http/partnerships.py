"""``/api/v3/partnerships/ecf``."""

from litestar import Controller, get, post, route
from litestar.enums import HttpMethod
from litestar.params import FromPath

from ecf_core.queries.partnerships import PartnershipQueries, PartnershipRow
from ecf_core.queries.tokens import Caller
from ecf_core.use_cases.create_partnership import CreatePartnership
from ecf_core.use_cases.update_partnership import UpdatePartnership
from ecf_http import wire
from ecf_http.body import SentBody
from ecf_http.di import Injected
from ecf_http.filters import wanted_cohorts
from ecf_http.nested import Parameters
from ecf_http.paging import window


class PartnershipsController(Controller):
    """A lead provider's partnerships with schools and delivery partners."""

    path = "/partnerships/ecf"

    @get(sync_to_thread=True, media_type=wire.JSON_API)
    def index(
        self,
        parameters: Injected[Parameters],
        caller: Injected[Caller],
        partnerships: Injected[PartnershipQueries],
    ) -> wire.PartnershipsDocument:
        """The partnerships of every cohort after 2020, or of those asked for, oldest first."""
        cohorts = wanted_cohorts(parameters)  # judged before the page is
        rows = partnerships.of_lead_provider(caller.lead_provider_id, cohorts, window(parameters))
        return wire.documents(rows)

    @get("/{partnership_id:str}", sync_to_thread=True, media_type=wire.JSON_API)
    def show(
        self,
        partnership_id: FromPath[str],
        caller: Injected[Caller],
        partnerships: Injected[PartnershipQueries],
    ) -> wire.PartnershipDocument:
        """One partnership."""
        return wire.document(_own(partnership_id, caller, partnerships))

    @post(sync_to_thread=True, media_type=wire.JSON_API, status_code=200)
    def create(
        self,
        sent_body: Injected[SentBody],
        caller: Injected[Caller],
        create_partnership: Injected[CreatePartnership],
    ) -> wire.PartnershipDocument:
        """Forms a partnership with a school and a delivery partner."""
        request = wire.partnership_request(sent_body.attributes(), caller)
        agreement = create_partnership(request, by=wire.actor(caller))
        return wire.document(PartnershipRow.of(agreement))

    @route(
        "/{partnership_id:str}",
        http_method=[HttpMethod.PUT, HttpMethod.PATCH],
        sync_to_thread=True,
        media_type=wire.JSON_API,
        status_code=200,
    )
    def update(
        self,
        partnership_id: FromPath[str],
        sent_body: Injected[SentBody],
        caller: Injected[Caller],
        partnerships: Injected[PartnershipQueries],
        update_partnership: Injected[UpdatePartnership],
    ) -> wire.PartnershipDocument:
        """Changes the delivery partner."""
        own = _own(partnership_id, caller, partnerships)  # looked up before the body is read
        request = wire.update_request(own, sent_body.attributes(), caller)
        return wire.document(PartnershipRow.of(update_partnership(request, by=wire.actor(caller))))


def _own(partnership_id: str, caller: Caller, partnerships: PartnershipQueries) -> PartnershipRow:
    return wire.found(
        partnerships.one_of_lead_provider(
            caller.lead_provider_id, wire.partnership_id(partnership_id)
        )
    )
