"""Run a command against a PostgreSQL server made for it and thrown away after it.

`python -m tools.throwaway_postgres COMMAND…` makes a cluster in a temporary folder (as user postgres when run
as root), on a free port of 127.0.0.1, with nothing forced to disk, sets DATABASE_URL, runs the command, stops
the server and gives the command's exit status. Needs Debian's package `postgresql`; 3 when it is not there.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOT_INSTALLED = 3


def programs() -> Path | None:
    """The folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """A running server; yields its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="pourtous-pg-") as folder:
        data, port = Path(folder) / "data", free_port()
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(folder, user)
        Path(folder).chmod(0o755)
        owner = user or pwd.getpwuid(os.geteuid()).pw_name

        def run(*command: str) -> None:
            subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

        run(
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            owner,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        )
        options = f"-p {port} -h 127.0.0.1 -k {folder} -F -c synchronous_commit=off -c full_page_writes=off"
        run(str(binaries / "pg_ctl"), "-D", str(data), "-o", options, "-l", f"{folder}/log", "-w", "start")
        try:
            yield f"postgres://{owner}@127.0.0.1:{port}/postgres"
        finally:
            run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")


def main() -> int:
    """Run the command given."""
    binaries = programs()
    if binaries is None:
        print("PostgreSQL is not installed: what needs it was left out.")
        return NOT_INSTALLED
    with server(binaries) as url:
        return subprocess.run(sys.argv[1:], check=False, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
