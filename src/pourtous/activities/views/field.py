"""The page for the road: a shell without personal data, its data, its worker, its manifest."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pourtous.accounts.middleware import OPENED
from pourtous.accounts.queries import who
from pourtous.activities.forms.desk import desk_of
from pourtous.activities.forms.entry import ActivityForm
from pourtous.activities.forms.starting import usual
from pourtous.activities.permissions import RECORD
from pourtous.activities.queries.choices import commune_names
from pourtous.activities.road import day_of, people_of, ways_of
from pourtous.kernel import clock
from pourtous.kernel.access import public, requires
from pourtous.kernel.ids import uuid7

ASSETS = (
    "ui/pourtous.css",
    "ui/work.css",
    "ui/entry.css",
    "ui/favicon.svg",
    "activities/entry.js",
    "activities/field.js",
    "activities/field-store.js",
    "activities/icon-192.png",
)
VERSION_HEADER = "X-Pourtous-Field"


def _version() -> str:
    return hashlib.sha256("|".join(static(asset) for asset in ASSETS).encode()).hexdigest()[:16]


@require_safe
@requires(RECORD)
def page(request: HttpRequest) -> HttpResponse:
    """The shell: the form without anybody's name in it. What is personal comes as data, and is kept encrypted."""
    desk = desk_of(who(request), now=clock.now())
    desk.people = {}
    form = ActivityForm(initial={"id": uuid7(), **usual(desk)}, desk=desk)
    context = {"form": form, "communes": commune_names(), "store": static("activities/field-store.js")}
    answer = render(request, "activities/field.html", context)
    answer[VERSION_HEADER] = _version()
    return answer


@never_cache
@require_safe
@requires(RECORD)
def data(request: HttpRequest) -> JsonResponse:
    """Today's agenda, people by code and initials, the last ways: what the device keeps, encrypted, for this day."""
    user, now = who(request), clock.now()
    desk = desk_of(user, now=now)
    opened = request.session.get(OPENED, int(now.timestamp()))
    until = datetime.fromtimestamp(opened + settings.SESSION_COOKIE_AGE, UTC)
    given: dict[str, Any] = {
        "who": str(user.pk),
        "csrf": get_token(request),
        "until": until.isoformat(),
        "today": desk.today.isoformat(),
        "agenda": day_of(user, desk),
        "ways": ways_of(user, desk),
        "people": people_of(desk),
    }
    return JsonResponse(given)


@require_safe
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; nothing personal in it. Its place in the tree gives it the professional pages."""
    context = {
        "version": _version(),
        "header": VERSION_HEADER,
        "shell": reverse("field"),
        "assets": [static(asset) for asset in ASSETS],
    }
    text = render_to_string("activities/worker.js", context, request)
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
@public
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 (what views are given)
    """What makes the page an application one installs."""
    icons = [
        {"src": static(f"activities/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    about = {
        "name": _("Pourtous, on the road"),
        "short_name": "Pourtous",
        "start_url": reverse("field"),
        "id": reverse("field"),
        "scope": "/travail/",
        "display": "standalone",
        "background_color": "#f8f5ee",
        "theme_color": "#0b5257",
        "lang": "fr",
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")
