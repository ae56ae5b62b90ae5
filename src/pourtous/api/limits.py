"""How often one network address may ask, so that one client cannot starve the others."""

import time
from threading import Lock

_MOST_ADDRESSES = 100_000


class FixedWindow:
    """Counts by address within windows of `seconds`, in this process; memory is given back at each new window.

    A web process counts for itself: with n processes an address gets up to n times the limit, which is
    enough against starving and costs no database write a request.
    """

    def __init__(self, *, limit: int, seconds: int = 60) -> None:
        self.limit = limit
        self.seconds = seconds
        self._lock = Lock()
        self._window = -1
        self._counts: dict[str, int] = {}

    def wait(self, address: str, *, at: float | None = None) -> int:
        """Count one request; 0 when it may pass, else the seconds until the address may ask again."""
        moment = time.monotonic() if at is None else at
        window = int(moment // self.seconds)
        with self._lock:
            if window != self._window or len(self._counts) > _MOST_ADDRESSES:
                self._window, self._counts = window, {}
            count = self._counts[address] = self._counts.get(address, 0) + 1
        if count <= self.limit:
            return 0
        return max(1, int((window + 1) * self.seconds - moment) + 1)
