"""The HTTP adapter, put together from the values that it is given."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final

from litestar import Controller, Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp

from ecf_core.ports.clock import Clock
from ecf_core.queries import Queries
from ecf_core.use_cases import UseCases
from ecf_http.answers import Answer
from ecf_http.authentication import Authentication, Callers
from ecf_http.delivery_partners import DeliveryPartnersController
from ecf_http.di import by_name, furnished
from ecf_http.envelope import enveloped
from ecf_http.errors import EXCEPTION_HANDLERS
from ecf_http.filters import FilterIsAHash
from ecf_http.flat_participants import (
    FlatParticipantsController,
    FlatParticipantsCsvController,
)
from ecf_http.health import ALIVE, health
from ecf_http.lists import Lists, lists_over
from ecf_http.metrics import Metrics, told
from ecf_http.openapi.document import document
from ecf_http.openapi.page import published
from ecf_http.participants import ParticipantsController
from ecf_http.partnerships import PartnershipsController
from ecf_http.rate_limit import Allowance, limited
from ecf_http.sandbox import ServerDate, SettableClock
from ecf_http.schools import SchoolsController
from ecf_http.threads import on_a_thread
from ecf_http.training_actions import (
    FlatTrainingActionsController,
    ShortTrainingActionsController,
    TrainingActionsController,
)
from ecf_http.transfers import TransfersController
from ecf_http.unfunded_mentors import UnfundedMentorsController

_LARGEST_BODY: Final = 1_000_000
_CONTROLLERS: Final[Mapping[str, Sequence[type[Controller]]]] = {
    "v1": (
        FlatParticipantsController,
        FlatParticipantsCsvController,
        FlatTrainingActionsController,
        ShortTrainingActionsController,
    ),
    "v2": (
        FlatParticipantsController,
        FlatParticipantsCsvController,
        FlatTrainingActionsController,
    ),
    "v3": (
        DeliveryPartnersController,
        PartnershipsController,
        SchoolsController,
        ParticipantsController,
        TransfersController,
        UnfundedMentorsController,
        TrainingActionsController,
    ),
}
"""By the version that is in the address."""


def create_app(
    use_cases: UseCases,
    queries: Queries,
    *,
    lists: Lists | None = None,
    clock: Clock,
    check_database: Callable[[], None],
    sandbox: SettableClock | None = None,
    allowance: Allowance | None = None,
) -> ASGIApp:
    """The API, and the server's health; a request sets the date only where there is a sandbox.

    Without ``lists`` of its own the storage is asked for them by its queries.
    """
    callers = Callers(queries.tokens, clock)
    middleware: list[Callable[[ASGIApp], ASGIApp]] = [
        _as_it_is(Authentication(callers, use_cases.note_token_use, clock)),
        *([_as_it_is(ServerDate(sandbox))] if sandbox else []),
        _as_it_is(FilterIsAHash()),
    ]
    things = {
        **by_name(use_cases),
        **by_name(queries),
        **by_name(lists or lists_over(queries)),
        "clock": clock,
    }
    api = [
        Router(
            f"/api/{version}",
            route_handlers=[furnished(each, things) for each in controllers],
            middleware=middleware,
            response_class=Answer,
            request_max_body_size=_LARGEST_BODY,
        )
        for version, controllers in _CONTROLLERS.items()
    ]
    collected = Metrics()
    routes = chain.from_iterable(router.routes for router in api)
    described = published(document(routes, sandbox=sandbox is not None))
    app: ASGIApp = Litestar(
        route_handlers=[*api, *described, health(check_database), told(collected)],
        exception_handlers=EXCEPTION_HANDLERS,
        compression_config=CompressionConfig(backend="gzip", gzip_compress_level=5),
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    served = limited(app, allowance, callers) if allowance else app
    return enveloped(
        on_a_thread(served, known=callers.know, but=frozenset({ALIVE}), largest_body=_LARGEST_BODY),
        collected,
    )


def _as_it_is(middleware: ASGIMiddleware) -> Callable[[ASGIApp], ASGIApp]:
    """A router is copied deeply when it is registered; a function, and what it holds, is not."""

    def around(app: ASGIApp) -> ASGIApp:
        return middleware(app)

    return around
