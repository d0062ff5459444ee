"""``/api/v1/participants`` and ``/api/v2/participants``: one for each training; also as CSV."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from litestar import Controller, get
from litestar.params import FromPath

from ecf_core.model.ids import ParticipantId
from ecf_core.queries.provider_participant_lists import ProviderParticipantQueries
from ecf_http.answers import Answer, listed
from ecf_http.asked import Asked, parameters_of
from ecf_http.casts import id_of
from ecf_http.csv import CSV, csv
from ecf_http.filters import trainings_filter
from ecf_http.formats import only_json
from ecf_http.lists import ParticipantList
from ecf_http.paging import window
from ecf_http.wire import flat_participants as wire
from ecf_http.wire.documents import JSON_API, Document, Documents, Row, documents, found
from ecf_http.wire.enrolments import COLUMNS

_HEADER: Final = ("id", *wire.FlatParticipantAttributes.__struct_fields__)


class FlatParticipantsController(Controller):
    """The participants that a lead provider sees; a person who trains twice is listed twice."""

    path = "/participants"
    participant_list: ParticipantList
    provider_participants: ProviderParticipantQueries

    @get("/ecf", sync_to_thread=False, media_type=JSON_API)
    def index(self, request: Asked) -> Answer[Documents[wire.FlatParticipantAttributes]]:
        """Those in a cohort after 2020, or in those asked for, who was there first in front.

        With ``updated_since`` it is who changed first.
        """
        return _listed(request, self.participant_list)

    @get("/", sync_to_thread=False, media_type=JSON_API)
    def alias(self, request: Asked) -> Answer[Documents[wire.FlatParticipantAttributes]]:
        """The same."""
        return _listed(request, self.participant_list)

    @get("/ecf/{participant_id:str}", sync_to_thread=False, media_type=JSON_API)
    def show(
        self, request: Asked, participant_id: FromPath[str]
    ) -> Document[wire.FlatParticipantAttributes]:
        """One of them, if the list's filters let it pass: as an early career teacher first."""
        wanted = trainings_filter(parameters_of(request))
        id_ = ParticipantId(id_of(participant_id))
        row = self.provider_participants.training(request.user.lead_provider_id, id_, wanted)
        return wire.document(found(row, "participant"))


class FlatParticipantsCsvController(Controller):
    """All of the same list at once, as CSV: how many there are on a page is not looked at."""

    participant_list: ParticipantList

    @get("/participants/ecf.csv", sync_to_thread=False, media_type=CSV)
    def index(self, request: Asked) -> Answer[bytes]:
        """Every page."""
        return _as_csv(request, self.participant_list)

    @get("/participants.csv", sync_to_thread=False, media_type=CSV)
    def alias(self, request: Asked) -> Answer[bytes]:
        """The same."""
        return _as_csv(request, self.participant_list)


def _listed(
    request: Asked, participant_list: ParticipantList
) -> Answer[Documents[wire.FlatParticipantAttributes]]:
    only_json(request)
    parameters = parameters_of(request)
    wanted = trainings_filter(parameters)  # judged before the page is
    part, after = window(parameters), COLUMNS.after(parameters, wanted.order)
    page = participant_list.trainings(request.user.lead_provider_id, wanted, part, after)
    shown = documents(map(wire.resource, page.rows))
    return listed(shown, page, request, lambda: COLUMNS.cursor(page.rows[-1], wanted.order))


def _as_csv(request: Asked, participant_list: ParticipantList) -> Answer[bytes]:
    wanted = trainings_filter(parameters_of(request))
    rows = participant_list.every_training(request.user.lead_provider_id, wanted)
    return csv(_HEADER, _lines(rows))


def _lines(rows: Iterable[Row]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        resource = wire.resource(row)
        attributes = resource.attributes
        yield (
            resource.id,
            *(getattr(attributes, name) for name in attributes.__struct_fields__),
        )
