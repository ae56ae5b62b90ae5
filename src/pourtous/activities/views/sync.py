"""Where entries typed without network arrive."""

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.models import User
from pourtous.accounts.queries import who
from pourtous.activities.arrivals import Answer, arrive, read_entry, unreadable
from pourtous.activities.permissions import RECORD
from pourtous.kernel import clock
from pourtous.kernel.access import requires

MOST_ENTRIES = 50


@require_POST
@requires(RECORD)
def send(request: HttpRequest) -> JsonResponse:
    """`{"who": user, "entries": [{"id", "fields": [[name, value]…], "instead_of"?}]}` → an answer per entry.

    Each entry stands for itself: one that is refused holds no other back. Entries typed under another account are
    refused whole (409): they wait for their owner.
    """
    try:
        body = json.loads(request.body)
        entries = list(body["entries"])
        owner = str(body["who"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse({"sentence": _("This request cannot be read.")}, status=400)
    if len(entries) > MOST_ENTRIES:
        return JsonResponse({"sentence": _("Too many entries at once.")}, status=400)
    if owner != str(request.user.pk):
        return JsonResponse({"sentence": _("These entries were typed under another account.")}, status=409)
    return JsonResponse({"answers": [asdict(_answer(who(request), given)) for given in entries]})


def _answer(user: User, given: Any) -> Answer:
    try:
        entry = read_entry(given)
    except (ValueError, TypeError):
        return unreadable(given)
    return arrive(entry=entry, user=user, now=clock.now())
