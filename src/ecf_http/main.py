"""The server's entry: ``granian --interface asgi --factory ecf_http.main:create``."""

import os

from litestar.types import ASGIApp

from ecf_adapters.container import Container
from ecf_adapters.settings import read_settings
from ecf_http.app import create_app
from ecf_http.lists import Lists
from ecf_http.log import log_to_standard_error
from ecf_http.rate_limit import Allowance
from ecf_http.sandbox import SettableClock


def create() -> ASGIApp:
    """The application as the environment sets it up."""
    log_to_standard_error()
    settings = read_settings(os.environ)
    container = Container(settings=settings)
    clock = container.clock()
    return create_app(
        container.use_cases(),
        container.queries(),
        lists=Lists(
            partnership_list=container.partnership_list(),
            school_list=container.school_list(),
            participant_list=container.participant_list(),
        ),
        clock=clock,
        check_database=container.schema().check,
        allowance=Allowance(settings.rate_limit, container.leases())
        if settings.rate_limit
        else None,
        sandbox=clock if settings.sandbox and isinstance(clock, SettableClock) else None,
    )
