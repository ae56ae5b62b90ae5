"""Web server, worker and ticks under one process: a small installation, and the demonstration."""

import logging
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

from django.db import close_old_connections

from pourtous.kernel import clock
from pourtous.runtime import schedule
from pourtous.runtime.serving import prepare, server_words

log = logging.getLogger(__name__)

STOP_WITHIN_S = 20
LOOK_EVERY_S = 0.5
WORKER = ["-m", "pourtous.runtime.program", "worker"]


def run(host: str, port: int) -> int:
    """Run all three until SIGTERM or SIGINT, or until one of them ends. Children are stopped cleanly.

    Returns 0 when asked to stop, else the status of what ended. DomainError when the port is taken.
    """
    prepare(host, port)
    stop = threading.Event()
    _listen(stop)
    children = [
        subprocess.Popen([sys.executable, *words])  # noqa: S603 (our own program)
        for words in (server_words(host, port), WORKER)
    ]
    try:
        return _watch(children, stop)
    finally:
        _stop(children)


def _listen(stop: threading.Event) -> None:
    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def _watch(children: "list[subprocess.Popen[bytes]]", stop: threading.Event) -> int:
    """Tick each minute, and look at the children."""
    next_tick = time.monotonic()
    while not stop.is_set():
        for child in children:
            if (status := child.poll()) is not None:
                return status or 1
        if time.monotonic() >= next_tick:
            next_tick = time.monotonic() + 60
            tick()
        stop.wait(LOOK_EVERY_S)
    return 0


def tick() -> None:
    """One tick; a database that cannot be reached waits for the next."""
    try:
        schedule.tick(clock.now())
    except Exception:
        log.exception("the tick failed")
    finally:
        close_old_connections()


def _stop(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + STOP_WITHIN_S
    for child in children:
        try:
            child.wait(timeout=max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
