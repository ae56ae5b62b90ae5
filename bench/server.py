"""The web server as it runs in production, one process, on a data folder of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 90


def environment(folder: Path) -> dict[str, str]:
    """What the program and the server need to work on this folder and nothing else."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "POURTOUS_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{database(folder)}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "POURTOUS_WEB_WORKERS": "1",
        "POURTOUS_API_REQUESTS_PER_MINUTE": "1000000000",
    }


def database(folder: Path) -> Path:
    """The SQLite file of a data folder."""
    return folder / "bench.sqlite3"


def program(folder: Path, *words: str, settings: str = "bench.settings") -> None:
    """Run a command of `pourtous` on the folder."""
    command = [sys.executable, "-m", "pourtous.runtime.program", *words]
    env = environment(folder) | {"DJANGO_SETTINGS_MODULE": settings}
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)


@dataclass(frozen=True)
class Server:
    """A server that answers on this port; `pid` is its first process."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time used so far by the server and its children: what other work on the machine changes least."""
        children = {int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()}
        ticks = 0
        for pid in {self.pid, *children}:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server on a free port, given once it answers, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pourtous.runtime.program", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(folder), stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/api/v1/constant")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    msg = "the server does not answer"
    raise RuntimeError(msg)


def without_collected_files() -> None:
    """Pages made in this process name their files plainly: nothing is collected for a measurement."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
