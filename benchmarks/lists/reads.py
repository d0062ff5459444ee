"""Lists and polls, by every target on one database."""

from collections.abc import Mapping

from benchmarks.answers import difference
from benchmarks.lists.asked import PEER
from benchmarks.load import Answer, Request, ask, measure
from benchmarks.ratios import Measured
from benchmarks.servers import Server

CONNECTIONS = 4


def read(
    asked: Mapping[str, Request],
    rows: int,
    servers: Mapping[str, Server],
    rounds: int,
    seconds: float,
) -> Measured:
    """Rounds of every target in turn; one whose answer is not the peer's is not timed."""
    answers = {target: ask(servers[target].port, request) for target, request in asked.items()}
    differs = {
        target: found
        for target, answer in answers.items()
        if (found := _differs(answer, answers[PEER], rows))
    }
    timed = {target: request for target, request in asked.items() if target not in differs}
    return Measured(in_turn(timed, servers, rounds, seconds), differs)


def _differs(answer: Answer, expected: Answer, rows: int) -> str | None:
    if answer.status != 200:  # noqa: PLR2004
        return f"status {answer.status}: {answer.content}"
    if len(answer.content["data"]) != rows:
        return f"{len(answer.content['data'])} rows, not {rows}"
    return difference(answer.content, expected.content)


def in_turn(
    asked: Mapping[str, Request], servers: Mapping[str, Server], rounds: int, seconds: float
) -> dict[str, list[float]]:
    """Answers a second, round by round; the first of all only warms up."""
    found: dict[str, list[float]] = {target: [] for target in asked}
    for number in range(rounds + 1):
        for target, request in asked.items():
            duration = seconds if number else seconds / 4
            port = servers[target].port
            load = measure(port, [request], connections=CONNECTIONS, seconds=duration)
            if load.refused:
                raise RuntimeError(f"{target} {request.path}: {load} were not answered with 200")
            if number:
                found[target].append(load.a_second)
    return found
