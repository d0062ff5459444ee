"""``/api/v3/participants/ecf/transfers``, and those of one participant."""

from litestar import Controller, get
from litestar.params import FromPath

from ecf_core.model.ids import ParticipantId
from ecf_core.ports.clock import Clock
from ecf_core.queries.transfers import TransferQueries
from ecf_http.answers import Answer, listed
from ecf_http.asked import Asked, parameters_of
from ecf_http.casts import id_of
from ecf_http.filters import updated_since
from ecf_http.paging import window
from ecf_http.wire import transfers as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, documents, found


class TransfersController(Controller):
    """Participants who go from one school to another, and train with the caller at either."""

    path = "/participants/ecf"
    transfers: TransferQueries
    clock: Clock

    @get("/transfers", sync_to_thread=False, media_type=JSON_API)
    def index(self, request: Asked) -> Answer[Documents[wire.ParticipantTransferAttributes]]:
        """By participant, who was registered first in front."""
        parameters = parameters_of(request)
        since = updated_since(parameters)  # judged before the page is
        part, now = window(parameters), self.clock.now()
        page = self.transfers.of_lead_provider(request.user.lead_provider_id, since, part, at=now)
        return listed(documents(map(wire.resource, page.rows)), page, request)

    @get("/{participant_id:str}/transfers", sync_to_thread=False, media_type=JSON_API)
    def show(
        self, request: Asked, participant_id: FromPath[str]
    ) -> Document[wire.ParticipantTransferAttributes]:
        """Those of one participant; the list's filter applies."""
        row = self.transfers.one_of_lead_provider(
            request.user.lead_provider_id,
            ParticipantId(id_of(participant_id)),
            updated_since(parameters_of(request)),
            at=self.clock.now(),
        )
        return Document(wire.resource(found(row, "participant")))
