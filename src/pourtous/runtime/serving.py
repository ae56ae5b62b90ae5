"""The web server, and the static files it needs."""

import hashlib
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError

# Not used by any page, and slow to compress: documentation of the API library, sources, other versions of htmx.
LEFT_OUT = ["ninja", "*-src*", "htmax-*", "htmx-4*", "htmx-2.js", "ext"]
_STAMP = ".collected"
MOST_WORKERS = 4


def serve(host: str, port: int) -> NoReturn:
    """Become the web server. DomainError when the port is taken."""
    prepare(host, port)
    os.execv(sys.executable, [sys.executable, *server_words(host, port)])  # noqa: S606 (our own words, no shell)


def prepare(host: str, port: int) -> None:
    """See that the port is free and static files are there; say where to look."""
    refuse_taken(host, port)
    collect()
    sys.stdout.write(f"Pourtous listens at {address(host, port)}\n")
    sys.stdout.flush()


def address(host: str, port: int) -> str:
    """What to type in a browser."""
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else host  # noqa: S104 (compared, not bound)
    return f"http://{shown}:{port}"


def server_words(host: str, port: int) -> list[str]:
    """Arguments of the Python that serves. One thread a process: measured better than threads."""
    return [
        *("-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers()), "--blocking-threads", "1", "--backlog", "1024", "--backpressure", "256"),
        *("--log-level", "warning", "--workers-kill-timeout", "10", "--respawn-failed-workers"),
        "pourtous.config.wsgi:application",
    ]


def workers() -> int:
    """Web processes: POURTOUS_WEB_WORKERS, else one a core, four at most."""
    return int(os.environ.get("POURTOUS_WEB_WORKERS") or min(os.cpu_count() or 1, MOST_WORKERS))


def refuse_taken(host: str, port: int) -> None:
    """Say in one line that somebody already listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise DomainError(
                _("Cannot listen on port %(port)s. Choose another with --port.") % {"port": port}
            ) from error


def collect() -> bool:
    """Gather, name by content and compress static files when any has changed. Returns whether it did."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root / _STAMP, _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=LEFT_OUT)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Changes when a static file does: its name, size or date."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list(LEFT_OUT), key=lambda found: str(found[0])):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
