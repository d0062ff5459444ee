"""``/api/v3/partnerships/ecf``."""

from litestar import Controller, get, post, route
from litestar.enums import HttpMethod
from litestar.params import FromPath, RawBody

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Agreement
from ecf_core.queries.partnerships import PartnershipQueries, PartnershipRow
from ecf_core.queries.tokens import Caller
from ecf_core.use_cases.create_partnership import CreatePartnership
from ecf_core.use_cases.update_partnership import UpdatePartnership
from ecf_http.answers import Answer, listed_as_sent
from ecf_http.asked import Asked, parameters_of, sent_of
from ecf_http.casts import id_of
from ecf_http.dry_run import dry_run
from ecf_http.filters import partnerships_filter
from ecf_http.idempotency import once_for
from ecf_http.lists import PartnershipList
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import partnerships as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, actor, found


class PartnershipsController(Controller):
    """A lead provider's partnerships with schools and delivery partners."""

    path = "/partnerships/ecf"
    partnership_list: PartnershipList
    partnerships: PartnershipQueries
    create_partnership: CreatePartnership
    update_partnership: UpdatePartnership

    @get(sync_to_thread=False, media_type=JSON_API)
    def index(self, request: Asked) -> Answer[Documents[wire.PartnershipAttributes]]:
        """The partnerships of every cohort after 2020, or of those asked for, oldest first."""
        parameters = parameters_of(request)
        wanted = partnerships_filter(parameters)  # judged before the page is
        part, ordered = window(parameters), order(parameters, wire.SORT_KEYS)
        after = wire.COLUMNS.after(parameters, ordered)
        mine = request.user.lead_provider_id
        page = self.partnership_list.page(mine, wanted, ordered, part, after)
        return listed_as_sent(page, request, wire.COLUMNS, ordered)

    @get("/{partnership_id:str}", sync_to_thread=False, media_type=JSON_API)
    def show(
        self, request: Asked, partnership_id: FromPath[str]
    ) -> Document[wire.PartnershipAttributes]:
        """One partnership."""
        return wire.document(self._own(partnership_id, request.user))

    @post(sync_to_thread=False, media_type=JSON_API, status_code=200)
    def create(self, request: Asked, body: RawBody) -> Document[wire.PartnershipAttributes]:
        """Forms a partnership with a school and a delivery partner."""
        caller, sent = request.user, sent_of(request, body)
        only_judged = dry_run(parameters_of(request))  # known before the body is looked at
        wanted = wire.partnership_request(sent.attributes(), caller)
        once = None if only_judged else once_for(request, sent, _shown)
        formed = self.create_partnership(wanted, by=actor(caller), dry_run=only_judged, once=once)
        return _shown(formed)

    @route(
        "/{partnership_id:str}",
        http_method=[HttpMethod.PUT, HttpMethod.PATCH],
        sync_to_thread=False,
        media_type=JSON_API,
        status_code=200,
    )
    def update(
        self, request: Asked, partnership_id: FromPath[str], body: RawBody
    ) -> Document[wire.PartnershipAttributes]:
        """Changes the delivery partner."""
        caller, sent = request.user, sent_of(request, body)
        only_judged = dry_run(parameters_of(request))
        own = self._own(partnership_id, caller)  # looked up before the body is looked at
        wanted = wire.update_request(own, sent.attributes(), caller)
        once = None if only_judged else once_for(request, sent, _shown)
        updated = self.update_partnership(wanted, by=actor(caller), dry_run=only_judged, once=once)
        return _shown(updated)

    def _own(self, partnership_id: str, caller: Caller) -> PartnershipRow:
        id_ = PartnershipId(id_of(partnership_id))
        row = self.partnerships.one_of_lead_provider(caller.lead_provider_id, id_)
        return found(row, "partnership")


def _shown(agreement: Agreement) -> Document[wire.PartnershipAttributes]:
    return wire.document(PartnershipRow.of(agreement))
