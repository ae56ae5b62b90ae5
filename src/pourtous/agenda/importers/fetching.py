"""Reading an address somebody gave us, without letting it lead into our own network.

Encrypted only; the name is resolved once, every address it has must be public, and the connection goes to the one
that was looked at, so that a name that changes its mind between the two leads nowhere else. Each redirect likewise.
"""

import http.client
import ipaddress
import socket
import ssl
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError

MOST_BYTES = 2 * 1024 * 1024
TIMEOUT_SECONDS = 10
_REDIRECTS = 3
_MOVED = {301, 302, 303, 307, 308}
_OK = 200


def fetch(url: str) -> bytes:
    """What is at an address, 2 MB at most. DomainError with a sentence for whoever gave the address."""
    for _turn in range(_REDIRECTS + 1):
        status, location, body = _get(url)
        if status in _MOVED and location:
            url = urljoin(url, location)
            continue
        if status != _OK:
            raise DomainError(_("The other program answers with an error (%(status)s).") % {"status": status})
        return body
    raise DomainError(_("This address leads from one to another without end."))


def _get(url: str) -> tuple[int, str, bytes]:
    host, port, path = _parts(url)
    connection = _Checked(host, public_address(host, port), port)
    try:
        connection.request("GET", path, headers={"User-Agent": "Pourtous", "Accept": "text/calendar"})
        answer = connection.getresponse()
        body = answer.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise DomainError(_("The other program does not answer.")) from error
    finally:
        connection.close()
    if len(body) > MOST_BYTES:
        raise DomainError(_("This calendar is larger than 2 MB."))
    return answer.status, answer.headers.get("Location", ""), body


def _parts(url: str) -> tuple[str, int, str]:
    """Host, port, path of an https address; DomainError for any other."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        host, port, parts = "", 443, urlsplit("")
    if parts.scheme != "https" or not host or parts.username or parts.password:
        raise DomainError(_("The address must begin with https://"))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii() or any(sign.isspace() or not sign.isprintable() for sign in path):
        raise DomainError(_("This address holds signs that no address has."))
    return host, port, path


def public_address(host: str, port: int) -> str:
    """An address of this host, once all of them have been found public. A setting lifts this for closed networks."""
    try:
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise DomainError(_("This address does not exist.")) from error
    if not settings.OUTSIDE_CALENDARS_MAY_BE_PRIVATE and not all(map(is_public, found)):
        raise DomainError(_("This address is inside a closed network. It cannot be read."))
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet; one wrapped in another counts as what is inside."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    inside = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inside is None or inside.is_global)


class _Checked(http.client.HTTPSConnection):
    """A connection to an address that was looked at, under the name that was asked."""

    def __init__(self, host: str, address: str, port: int) -> None:
        context: Any = ssl.create_default_context()
        super().__init__(host, port, timeout=TIMEOUT_SECONDS, context=context)
        self._address, self._context_used = address, context

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), timeout=TIMEOUT_SECONDS)
        self.sock = self._context_used.wrap_socket(raw, server_hostname=self.host)
