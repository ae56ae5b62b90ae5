"""How far long work is: told to a job, to a terminal, or to nobody."""

import time
from typing import Any, Self

from tqdm import tqdm


class Progress:
    """What long work reports to. This one tells nobody (tests, quiet commands).

    Work calls `start` once it knows how much there is, `advance` as often as it likes (at least every few
    minutes: a job that says nothing for a quarter of an hour counts as dead), `say` when a new stage begins.
    """

    def start(self, total: int | None, message: str = "") -> None:
        """A stage begins: `total` steps, or None when that is not known."""

    def advance(self, by: int = 1) -> None:
        """Some steps are done."""

    def say(self, message: str) -> None:
        """A sentence for the person who waits (already translated)."""


class TerminalProgress(Progress):
    """A bar on the terminal; nothing when the output is not one. Use as a context manager."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def start(self, total: int | None, message: str = "") -> None:
        """Draw a new bar."""
        self._close()
        self._bar = tqdm(total=total, desc=message or None, unit_scale=True, disable=None)

    def advance(self, by: int = 1) -> None:
        """Move the bar."""
        if self._bar is not None:
            self._bar.update(by)

    def say(self, message: str) -> None:
        """Put the sentence before the bar."""
        if self._bar is not None:
            self._bar.set_description(message)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class Throttle:
    """Lets one call through every `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._last = float("-inf")

    def opens(self) -> bool:
        """Whether enough time has passed since it last opened."""
        moment = time.monotonic()
        if moment - self._last < self.seconds:
            return False
        self._last = moment
        return True
