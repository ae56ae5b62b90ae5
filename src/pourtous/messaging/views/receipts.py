"""Where operators of text messages say what became of them."""

import hmac
import json
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.messaging import operations
from pourtous.messaging.rules.receipts import is_signed

MOST_BYTES = 16 << 10
_STATUS = ("status", "state", "dlr", "event")
_REFERENCE = ("reference", "id", "client_ref", "clientReference", "custom", "tag")


@public
@csrf_exempt
@require_POST
def receipt(request: HttpRequest, identity: UUID, signature: str) -> HttpResponse:
    """A receipt at the address that was sent along with the message (`{receipt_url}`)."""
    if not is_signed(identity, signature, settings.SECRET_KEY):
        raise Http404
    operations.take_receipt(identity, status=_said(request, _STATUS), now=clock.now())
    return HttpResponse(status=204)


@public
@csrf_exempt
@require_POST
def receipt_by_reference(request: HttpRequest) -> HttpResponse:
    """A receipt at one address for all, with our token and the reference we gave (`{id}`)."""
    if not _knows_the_token(request):
        raise Http404
    try:
        identity = UUID(_said(request, _REFERENCE))
    except ValueError:
        return HttpResponse(status=204)
    operations.take_receipt(identity, status=_said(request, _STATUS), now=clock.now())
    return HttpResponse(status=204)


def _knows_the_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ") or request.GET.get("token", "")
    expected = str(settings.SMS["receipt_token"])
    return bool(expected) and hmac.compare_digest(given.encode(errors="replace"), expected.encode())


def _said(request: HttpRequest, names: tuple[str, ...]) -> str:
    """The first of these fields, in a form or in JSON; "" when none is said."""
    fields = request.POST if request.content_type != "application/json" else _json(request)
    return next((str(fields[name]) for name in names if name in fields), "")


def _json(request: HttpRequest) -> dict[str, object]:
    if len(request.body) > MOST_BYTES:
        return {}
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
