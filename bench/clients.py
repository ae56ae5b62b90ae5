"""Clients that ask over one kept connection each, and what they waited."""

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from time import perf_counter
from typing import Any

WARM_UP = 30
OK = 200


@dataclass(frozen=True)
class Timing:
    """Milliseconds by quantile, and requests a second over all clients."""

    p50: float
    p95: float
    p99: float
    per_second: float

    def rounded(self) -> dict[str, float]:
        """For a table."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


def timing(waits: Sequence[float], seconds: float) -> Timing:
    """From each wait and the whole time, in seconds."""
    ordered = sorted(waits)

    def quantile(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    return Timing(quantile(0.50), quantile(0.95), quantile(0.99), len(ordered) / seconds)


def measured(ask: Callable[[str], Any], questions: Sequence[str]) -> Timing:
    """Ask each question in turn in this process, the first ones unmeasured."""
    for question in questions[:WARM_UP]:
        ask(question)
    waits, start = [], perf_counter()
    for question in questions:
        before = perf_counter()
        ask(question)
        waits.append(perf_counter() - before)
    return timing(waits, perf_counter() - start)


class Client:
    """One keep-alive connection; an answer other than 200 is an error of the bench."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def __call__(self, path: str) -> bytes:
        """The content of the answer."""
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != OK:
            msg = f"{answer.status} for {path}: {content[:200]!r}"
            raise RuntimeError(msg)
        return content


def _one(port: int, paths: Sequence[str]) -> tuple[list[float], float, float]:
    ask = Client(port)
    for path in paths[:WARM_UP]:
        ask(path)
    waits, start = [], perf_counter()
    for path in paths:
        before = perf_counter()
        ask(path)
        waits.append(perf_counter() - before)
    return waits, start, perf_counter()


def asked_by(clients: int, port: int, paths: Sequence[str]) -> Timing:
    """So many clients, each in a process of its own, the questions dealt out among them."""
    hands = [(port, paths[n::clients]) for n in range(clients)]
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        found = pool.starmap(_one, hands)
    waits = [wait for one, _start, _end in found for wait in one]
    return timing(waits, max(end for *_rest, end in found) - min(start for _waits, start, _end in found))
