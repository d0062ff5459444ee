"""``/api/v3/partnerships/ecf``."""

from typing import Any

from litestar import Controller, Request, get, post, route
from litestar.enums import HttpMethod
from litestar.params import FromPath

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Agreement
from ecf_core.queries.partnerships import PartnershipQueries, PartnershipRow
from ecf_core.queries.tokens import Caller
from ecf_core.use_cases.create_partnership import CreatePartnership
from ecf_core.use_cases.update_partnership import UpdatePartnership
from ecf_http.answers import Answer, listed
from ecf_http.body import SentBody
from ecf_http.casts import id_of
from ecf_http.di import Injected, parameters_of
from ecf_http.dry_run import dry_run
from ecf_http.filters import partnerships_filter
from ecf_http.idempotency import SentKey
from ecf_http.lists import PartnershipList
from ecf_http.nested import Parameters
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import partnerships as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, actor, documents, found


class PartnershipsController(Controller):
    """A lead provider's partnerships with schools and delivery partners."""

    path = "/partnerships/ecf"

    @get(sync_to_thread=True, media_type=JSON_API)
    def index(
        self,
        request: Request[Caller, Any, Any],
        partnership_list: Injected[PartnershipList],
    ) -> Answer[Documents[wire.PartnershipAttributes]]:
        """The partnerships of every cohort after 2020, or of those asked for, oldest first."""
        parameters = parameters_of(request)
        wanted = partnerships_filter(parameters)  # judged before the page is
        part, ordered = window(parameters), order(parameters, wire.SORT_KEYS)
        after = wire.COLUMNS.after(parameters, ordered)
        page = partnership_list.page(request.user.lead_provider_id, wanted, ordered, part, after)
        found = documents(map(wire.resource, page.rows))
        return listed(found, page, request, lambda: wire.COLUMNS.cursor(page.rows[-1], ordered))

    @get("/{partnership_id:str}", sync_to_thread=True, media_type=JSON_API)
    def show(
        self,
        partnership_id: FromPath[str],
        caller: Injected[Caller],
        partnerships: Injected[PartnershipQueries],
    ) -> Document[wire.PartnershipAttributes]:
        """One partnership."""
        return wire.document(_own(partnership_id, caller, partnerships))

    @post(sync_to_thread=True, media_type=JSON_API, status_code=200)
    def create(
        self,
        parameters: Injected[Parameters],
        sent_body: Injected[SentBody],
        caller: Injected[Caller],
        sent_key: Injected[SentKey],
        create_partnership: Injected[CreatePartnership],
    ) -> Document[wire.PartnershipAttributes]:
        """Forms a partnership with a school and a delivery partner."""
        only_judged = dry_run(parameters)  # known before the body is read
        request = wire.partnership_request(sent_body.attributes(), caller)
        once = None if only_judged else sent_key.once(_shown)
        return _shown(create_partnership(request, by=actor(caller), dry_run=only_judged, once=once))

    @route(
        "/{partnership_id:str}",
        http_method=[HttpMethod.PUT, HttpMethod.PATCH],
        sync_to_thread=True,
        media_type=JSON_API,
        status_code=200,
    )
    def update(
        self,
        *,
        partnership_id: FromPath[str],
        parameters: Injected[Parameters],
        sent_body: Injected[SentBody],
        caller: Injected[Caller],
        partnerships: Injected[PartnershipQueries],
        sent_key: Injected[SentKey],
        update_partnership: Injected[UpdatePartnership],
    ) -> Document[wire.PartnershipAttributes]:
        """Changes the delivery partner."""
        only_judged = dry_run(parameters)
        own = _own(partnership_id, caller, partnerships)  # looked up before the body is read
        request = wire.update_request(own, sent_body.attributes(), caller)
        once = None if only_judged else sent_key.once(_shown)
        return _shown(update_partnership(request, by=actor(caller), dry_run=only_judged, once=once))


def _shown(agreement: Agreement) -> Document[wire.PartnershipAttributes]:
    return wire.document(PartnershipRow.of(agreement))


def _own(partnership_id: str, caller: Caller, partnerships: PartnershipQueries) -> PartnershipRow:
    id_ = PartnershipId(id_of(partnership_id))
    return found(partnerships.one_of_lead_provider(caller.lead_provider_id, id_), "partnership")
