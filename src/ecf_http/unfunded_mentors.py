"""``/api/v3/unfunded-mentors/ecf``."""

from litestar import Controller, get
from litestar.params import FromPath

from ecf_core.model.ids import ParticipantId
from ecf_core.queries.unfunded_mentors import UnfundedMentorQueries
from ecf_http.answers import Answer, listed
from ecf_http.asked import Asked, parameters_of
from ecf_http.casts import id_of
from ecf_http.filters import updated_since
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import unfunded_mentors as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, documents, found


class UnfundedMentorsController(Controller):
    """Mentors of the caller's early career teachers whom it does not train itself."""

    path = "/unfunded-mentors/ecf"
    unfunded_mentors: UnfundedMentorQueries

    @get(sync_to_thread=False, media_type=JSON_API)
    def index(self, request: Asked) -> Answer[Documents[wire.UnfundedMentorAttributes]]:
        """Who was registered first in front, unless told otherwise."""
        parameters = parameters_of(request)
        page = self.unfunded_mentors.of_lead_provider(
            request.user.lead_provider_id,
            updated_since(parameters),  # judged before the page is
            order(parameters, wire.SORT_KEYS),
            window(parameters),
        )
        return listed(documents(map(wire.resource, page.rows)), page, request)

    @get("/{mentor_id:str}", sync_to_thread=False, media_type=JSON_API)
    def show(
        self, request: Asked, mentor_id: FromPath[str]
    ) -> Document[wire.UnfundedMentorAttributes]:
        """One of them; the list's filter applies."""
        id_ = ParticipantId(id_of(mentor_id))
        mine, since = request.user.lead_provider_id, updated_since(parameters_of(request))
        row = self.unfunded_mentors.one_of_lead_provider(mine, id_, since)
        return Document(wire.resource(found(row, "mentor")))
