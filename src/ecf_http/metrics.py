"""What the server counts, for Prometheus: never by whom or about whom."""

import os
from typing import Final

from litestar import Response, get
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_DIRECTORY: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where several workers put their numbers together; the library reads it when it is imported."""

_METHODS: Final = frozenset(method.value for method in HttpMethod)
_OTHER: Final = "other"
_WITHOUT_CHARSET: Final = CONTENT_TYPE_LATEST.rpartition(";")[0]
"""Litestar says the charset of every text."""
_UNANSWERED: Final = "none"

disable_created_metrics()  # type: ignore[no-untyped-call] # when each series began is as much again, and nobody asks


class Metrics:
    """The requests of a server, by method, route and status; a route is a template."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "ecf_http_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._durations = Histogram(
            "ecf_http_request_duration_seconds",
            "From the first byte in to the last byte out.",
            ["method", "route"],
            registry=self._registry,
        )
        self._in_flight = Gauge(
            "ecf_http_requests_in_flight",
            "Requests that are being answered.",
            multiprocess_mode="livesum",
            registry=self._registry,
        )

    def began(self) -> None:
        self._in_flight.inc()

    def ended(self, method: str, route: str, status: int | None, seconds: float) -> None:
        """What has no route, and what no client should send, has one label for all of it."""
        verb, template = method if method in _METHODS else _OTHER, route or _OTHER
        self._in_flight.dec()
        self._requests.labels(verb, template, str(status or _UNANSWERED)).inc()
        self._durations.labels(verb, template).observe(seconds)

    def text(self) -> bytes:
        """The numbers of all workers, where they share a directory."""
        registry = self._registry
        if os.environ.get(SHARED_DIRECTORY):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def told(collected: Metrics) -> HTTPRouteHandler:
    """The server's numbers, in Prometheus' format."""

    @get("/metrics", sync_to_thread=False)
    def metrics() -> Response[bytes]:
        return Response(collected.text(), media_type=_WITHOUT_CHARSET)

    return metrics
