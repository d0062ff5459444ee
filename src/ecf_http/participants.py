"""``/api/v3/participants/ecf``: those who train with a lead provider."""

from litestar import Controller, get
from litestar.params import FromPath

from ecf_core.model.ids import ParticipantId
from ecf_core.ports.clock import Clock
from ecf_core.queries.provider_participant_lists import ProviderParticipantQueries
from ecf_http.answers import Answer, listed
from ecf_http.asked import Asked, parameters_of
from ecf_http.casts import id_of
from ecf_http.filters import participants_filter
from ecf_http.lists import ParticipantList
from ecf_http.paging import window
from ecf_http.sorting import order
from ecf_http.wire import participants as wire
from ecf_http.wire.documents import (
    JSON_API,
    Document,
    Documents,
    documents,
    found,
    shown_instant,
)
from ecf_http.wire.enrolments import COLUMNS, first_recorded


class ParticipantsController(Controller):
    """The participants that a lead provider sees, each with every training."""

    path = "/participants/ecf"
    participant_list: ParticipantList
    provider_participants: ProviderParticipantQueries
    clock: Clock

    @get(sync_to_thread=False, media_type=JSON_API)
    def index(self, request: Asked) -> Answer[Documents[wire.ParticipantAttributes]]:
        """Those in a cohort after 2020, or in those asked for, who was there first in front.

        Within a page that is in no particular order, whose record was made first comes first.
        """
        parameters = parameters_of(request)
        wanted = participants_filter(parameters)  # judged before the page is
        part, ordered = window(parameters), order(parameters, wire.SORT_KEYS)
        after = COLUMNS.after(parameters, ordered)
        mine = request.user.lead_provider_id
        page = self.participant_list.page(mine, wanted, ordered, part, after)
        people = page.rows if ordered else sorted(page.rows, key=first_recorded)
        now = shown_instant(self.clock.now())
        shown = documents(wire.resource(trainings, now) for trainings in people)
        return listed(shown, page, request, lambda: COLUMNS.cursor(page.rows[-1][0], ordered))

    @get("/{participant_id:str}", sync_to_thread=False, media_type=JSON_API)
    def show(
        self, request: Asked, participant_id: FromPath[str]
    ) -> Document[wire.ParticipantAttributes]:
        """One of them, if the list's filters let it pass."""
        wanted = participants_filter(parameters_of(request))
        id_ = ParticipantId(id_of(participant_id))
        row = self.provider_participants.one(request.user.lead_provider_id, id_, wanted)
        return wire.document(found(row, "participant"), at=self.clock.now())
