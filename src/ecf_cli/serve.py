import ctypes
import os
import signal
import socket
from contextlib import suppress
from copy import deepcopy
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any, Final

import click

from ecf_cli.deployment import Deployment, pass_deployment
from ecf_core.errors import Refused, Violation

_M_ARENA_MAX: Final = -8
"""How many heaps there are at most, in the words of ``malloc.h``."""
_STOPPED_WITHIN_SECONDS: Final = 30
"""For which a worker that is told to stop may finish what it began."""


def refuse_taken(host: str, port: int) -> None:
    """Refuses an address that cannot be served on, before anything is begun."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        socket.create_server(address, family=family).close()
    except OSError as error:
        # What Python adds to the system's words repeats the address.
        code = error.errno or 0
        reason = (os.strerror(code) if code > 0 else error.strerror or str(error)).lower()
        message = f"{host}:{port} cannot be served on: {reason}."
        raise Refused(Violation("port", "unavailable", message)) from error


def listen(deployment: Deployment, host: str, port: int, workers: int) -> None:
    """Serves until it is stopped. The workers read the settings from the environment."""
    # Only who serves waits for these to load.
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LOGGING_CONFIG  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    os.environ.update(deployment.environment)
    deployment.close()
    log: dict[str, Any] = deepcopy(LOGGING_CONFIG)
    for handler in log["handlers"].values():
        handler["stream"] = "ext://sys.stderr"
    server = Server(
        "ecf_http.main:create",
        interface=Interfaces.ASGI,
        address=host,
        port=port,
        workers=workers,
        log_dictconfig=log,
        workers_kill_timeout=_STOPPED_WITHIN_SECONDS,
    )
    # Each worker counts in a file of its own, and whichever is asked adds them up.
    with TemporaryDirectory(prefix="ecf-metrics-") as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
        server.serve(target_loader=_load)


def _share_heaps() -> None:
    """The GNU C library keeps what a thread lets go of for that thread.

    Of pages of 3,000, by twenty threads, that would be a worker's largest part; for two heaps they
    hardly wait.
    """
    with suppress(OSError, TypeError, AttributeError):  # it is another library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def _load(target: str) -> Any:
    """The application, made in a worker: which has nothing to finish if it is told to stop by then.

    It is a copy of who started it, and would only note, as that does, that it was told.
    """
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)
    _share_heaps()
    module, _, create = target.partition(":")
    return getattr(import_module(module), create)()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where it listens.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="And on what."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    default=1,
    show_default=True,
    help="How many processes share the work.",
)
@pass_deployment
def serve(deployment: Deployment, host: str, port: int, workers: int) -> None:
    """Serve the API."""
    deployment.prepare()
    refuse_taken(host, port)
    listen(deployment, host, port, workers)
