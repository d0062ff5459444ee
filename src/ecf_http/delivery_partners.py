"""``/api/v3/delivery-partners``."""

from typing import Any

from litestar import Controller, Request, get
from litestar.params import FromPath

from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.queries.delivery_partners import DeliveryPartnerQueries
from ecf_core.queries.tokens import Caller
from ecf_http.answers import Answer, listed
from ecf_http.casts import id_of
from ecf_http.di import Injected
from ecf_http.filters import wanted_cohorts
from ecf_http.nested import Parameters
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import delivery_partners as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, documents, found


class DeliveryPartnersController(Controller):
    """The delivery partners that a lead provider works with."""

    path = "/delivery-partners"

    @get(sync_to_thread=True, media_type=JSON_API)
    def index(
        self,
        request: Request[Caller, Any, Any],
        parameters: Injected[Parameters],
        caller: Injected[Caller],
        delivery_partners: Injected[DeliveryPartnerQueries],
    ) -> Answer[Documents[wire.DeliveryPartnerAttributes]]:
        """Those of every cohort after 2020, or of those asked for, oldest first."""
        page = delivery_partners.of_lead_provider(
            caller.lead_provider_id,
            wanted_cohorts(parameters),  # judged before the page is
            order(parameters, wire.SORT_KEYS),
            window(parameters),
        )
        return listed(documents(map(wire.resource, page.rows)), page, request)

    @get("/{delivery_partner_id:str}", sync_to_thread=True, media_type=JSON_API)
    def show(
        self,
        delivery_partner_id: FromPath[str],
        caller: Injected[Caller],
        delivery_partners: Injected[DeliveryPartnerQueries],
    ) -> Document[wire.DeliveryPartnerAttributes]:
        """One of them, of whatever cohort."""
        id_ = DeliveryPartnerId(id_of(delivery_partner_id))
        row = delivery_partners.one_of_lead_provider(caller.lead_provider_id, id_)
        return Document(wire.resource(found(row, "delivery_partner")))
