"""A running platform with the demonstration territory, for tests in a browser and for screenshots."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.throwaway_postgres import free_port

START_LIMIT = 90  # seconds, as promised to a newcomer
PROGRAM = [sys.executable, "-m", "pourtous.runtime.program"]


@contextmanager
def demo_server(folder: Path) -> Iterator[str]:
    """Fill `folder` with the demonstration, serve it on a free port of 127.0.0.1, yield its address."""
    port = free_port()
    environment = {
        **os.environ,
        "POURTOUS_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([*PROGRAM, "demo", "--no-serve"], env=environment, check=True, stdout=subprocess.DEVNULL)
    log = (folder / "serve.log").open("wb")
    server = subprocess.Popen([*PROGRAM, "up", "--port", str(port)], env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.1)
    msg = "the server did not answer"
    raise RuntimeError(msg)
