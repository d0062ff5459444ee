"""``/api/v3/delivery-partners``."""

from litestar import Controller, get
from litestar.params import FromPath

from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.queries.delivery_partners import DeliveryPartnerQueries
from ecf_http.answers import Answer, listed
from ecf_http.asked import Asked, parameters_of
from ecf_http.casts import id_of
from ecf_http.filters import wanted_cohorts
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import delivery_partners as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, documents, found


class DeliveryPartnersController(Controller):
    """The delivery partners that a lead provider works with."""

    path = "/delivery-partners"
    delivery_partners: DeliveryPartnerQueries

    @get(sync_to_thread=False, media_type=JSON_API)
    def index(self, request: Asked) -> Answer[Documents[wire.DeliveryPartnerAttributes]]:
        """Those of every cohort after 2020, or of those asked for, oldest first."""
        parameters = parameters_of(request)
        page = self.delivery_partners.of_lead_provider(
            request.user.lead_provider_id,
            wanted_cohorts(parameters),  # judged before the page is
            order(parameters, wire.SORT_KEYS),
            window(parameters),
        )
        return listed(documents(map(wire.resource, page.rows)), page, request)

    @get("/{delivery_partner_id:str}", sync_to_thread=False, media_type=JSON_API)
    def show(
        self, request: Asked, delivery_partner_id: FromPath[str]
    ) -> Document[wire.DeliveryPartnerAttributes]:
        """One of them, of whatever cohort."""
        id_ = DeliveryPartnerId(id_of(delivery_partner_id))
        mine = request.user.lead_provider_id
        row = self.delivery_partners.one_of_lead_provider(mine, id_)
        return Document(wire.resource(found(row, "delivery_partner")))
