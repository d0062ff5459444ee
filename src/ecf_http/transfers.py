"""``/api/v3/participants/ecf/transfers``, and those of one participant."""

from typing import Any

from litestar import Controller, Request, get
from litestar.params import FromPath

from ecf_core.model.ids import ParticipantId
from ecf_core.ports.clock import Clock
from ecf_core.queries.tokens import Caller
from ecf_core.queries.transfers import TransferQueries
from ecf_http.answers import Answer, listed
from ecf_http.casts import id_of
from ecf_http.di import Injected
from ecf_http.filters import updated_since
from ecf_http.nested import Parameters
from ecf_http.paging import window
from ecf_http.wire import transfers as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, documents, found


class TransfersController(Controller):
    """Participants who go from one school to another, and train with the caller at either."""

    path = "/participants/ecf"

    @get("/transfers", sync_to_thread=True, media_type=JSON_API)
    def index(
        self,
        *,
        request: Request[Caller, Any, Any],
        parameters: Injected[Parameters],
        caller: Injected[Caller],
        transfers: Injected[TransferQueries],
        clock: Injected[Clock],
    ) -> Answer[Documents[wire.ParticipantTransferAttributes]]:
        """By participant, who was registered first in front."""
        since = updated_since(parameters)  # judged before the page is
        part = window(parameters)
        page = transfers.of_lead_provider(caller.lead_provider_id, since, part, at=clock.now())
        return listed(documents(map(wire.resource, page.rows)), page, request)

    @get("/{participant_id:str}/transfers", sync_to_thread=True, media_type=JSON_API)
    def show(
        self,
        *,
        participant_id: FromPath[str],
        parameters: Injected[Parameters],
        caller: Injected[Caller],
        transfers: Injected[TransferQueries],
        clock: Injected[Clock],
    ) -> Document[wire.ParticipantTransferAttributes]:
        """Those of one participant; the list's filter applies."""
        row = transfers.one_of_lead_provider(
            caller.lead_provider_id,
            ParticipantId(id_of(participant_id)),
            updated_since(parameters),
            at=clock.now(),
        )
        return Document(wire.resource(found(row, "participant")))
