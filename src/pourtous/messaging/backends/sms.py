"""Carriers of text messages."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.messaging.backends.base import write_whole
from pourtous.messaging.models import Message
from pourtous.messaging.rules.receipts import signature

_PLACE = re.compile(r"\{(to|digits|text|id|sender|receipt_url)\}")
_BUSY = frozenset({408, 425, 429})  # the service asks to come back later
_REFUSED = 400
_BROKEN = 500


class SmsFolder:
    """Writes one text file a message: the default, nothing leaves the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, message: Message) -> None:
        """Write the file."""
        write_whole(self.folder / f"{message.id}.sms.txt", f"{message.to}\n\n{message.text}\n".encode())


class _StayHere(HTTPRedirectHandler):
    """A secret is not carried where somebody else points."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


class HttpSms:
    """POSTs to the web service of an operator, as the settings say (docs/operations.md)."""

    def carry(self, message: Message) -> None:
        """Send one. A refusal (4xx) is final; no answer or a fault of the service (5xx) is tried again."""
        try:
            with build_opener(_StayHere).open(request_for(message), timeout=float(settings.SMS["timeout"])):
                return
        except HTTPError as error:
            error.close()
            if _REFUSED <= error.code < _BROKEN and error.code not in _BUSY:
                raise DomainError(
                    _("The SMS service refused the message (%(code)s).") % {"code": error.code}
                ) from error
            raise ConnectionError(f"HTTP {error.code}") from None  # noqa: EM102, TRY003 (the reason only: addresses may hold secrets)
        except URLError as error:
            raise ConnectionError(type(error.reason).__name__) from None


def request_for(message: Message) -> Request:
    """The request of one message: JSON when the body's pattern is an object, a form otherwise."""
    chosen: dict[str, Any] = settings.SMS
    values: dict[str, str] = {
        "to": message.to,
        "digits": message.to.lstrip("+"),
        "text": message.text,
        "id": str(message.id),
        "sender": chosen["sender"],
        "receipt_url": receipt_address(message),
    }
    kind, body = _body(chosen["body"], values)
    headers = {name: _filled(value, values) for name, value in chosen["headers"].items()}
    return Request(chosen["url"], data=body, headers={"Content-Type": kind} | headers, method="POST")  # noqa: S310 (https, held by the checks of production)


def receipt_address(message: Message) -> str:
    """Where the operator says what became of a message: an address only we can make."""
    return settings.PUBLIC_URL + reverse("sms-receipt", args=(message.id, signature(message.id, settings.SECRET_KEY)))


def _body(pattern: str, values: dict[str, str]) -> tuple[str, bytes]:
    try:
        shape = json.loads(pattern)
    except ValueError:
        pairs = _filled(parse_qsl(pattern, keep_blank_values=True), values)
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()
    return "application/json", json.dumps(_filled(shape, values)).encode()


def _filled(pattern: Any, values: dict[str, str]) -> Any:
    """The same shape with values in the places of its strings: what people write never becomes structure."""
    match pattern:
        case str():
            return _PLACE.sub(lambda found: values[found[1]], pattern)
        case dict():
            return {key: _filled(value, values) for key, value in pattern.items()}
        case list():
            return [_filled(value, values) for value in pattern]
        case tuple():
            return tuple(_filled(value, values) for value in pattern)
        case _:
            return pattern
