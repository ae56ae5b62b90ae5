"""Figures without login: the page a link shows, and the links somebody opened."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.activities.blocks import blocks_of, headlines_of
from pourtous.activities.blocks.blocks import Frame
from pourtous.activities.forms.figures import Asked, read
from pourtous.activities.operations.figures_sharing import close_link, open_link
from pourtous.activities.permissions import FIGURES
from pourtous.activities.queries.figures import figures
from pourtous.activities.queries.scopes import Whose
from pourtous.activities.queries.shared import filters_of, opened_by, own_links, whose_of
from pourtous.activities.rules.small_counts import LEAST_SHOWN, suppressed
from pourtous.activities.views.figures import asked_by
from pourtous.kernel import clock
from pourtous.kernel.access import public, requires
from pourtous.kernel.errors import DomainError

_PEOPLE = ("new", "again", "anonymous")


@requires(FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """The links one opened; POST opens one for the figures its address asks for, and shows its secret once."""
    address = _open(request) if request.method == "POST" else ""
    rows = [(link, *_told(link)) for link in own_links(who(request)).select_related("by")]
    context = {"rows": rows, "address": address, "least": LEAST_SHOWN}
    return render(request, "activities/figures_links.html", context)


def _open(request: HttpRequest) -> str:
    asked = asked_by(request)
    try:
        _link, token = open_link(
            query=asked.query, unit_id=asked.whose.scope.unit_id, actor=who(request), now=clock.now()
        )
    except DomainError as error:
        messages.warning(request, error.message)
        return ""
    return settings.PUBLIC_URL + reverse("figures-shared", args=(token,))


def _told(link: Any) -> tuple[str, str]:
    """Whose figures, and which days; said when it no longer answers."""
    whose = whose_of(link)
    if whose is None:
        return _("You may no longer see these figures: this link shows nothing."), ""
    asked = _asked(filters_of(link), whose)
    return whose.label, ", ".join([asked.days, *(words for _name, words in asked.narrowed)])


def _asked(filters: dict[str, str], whose: Whose) -> Asked:
    query = QueryDict(mutable=True)
    query.update(filters)
    return read(query, whose, today=clock.today(), may_name_mediator=True)


@requires(FIGURES)
@require_POST
def close(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Turn a link of one's own off."""
    link = get_object_or_404(own_links(who(request)), pk=identity)
    close_link(link=link, actor=who(request), now=clock.now())
    messages.success(request, _("The link is closed: it shows nothing any more."))
    return redirect("figures-links")


@public
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The figures a link shows: totals and breakdowns, small counts kept back. Not for search engines, nor caches."""
    found = opened_by(token)
    if found is None:
        raise Http404
    link, whose = found
    asked = _asked(filters_of(link), whose)
    counted = figures(asked.filter)
    context = {
        "asked": asked,
        "label": _("One mediator") if whose.scope.user_id else whose.label,
        "headlines": shown_headlines(counted),
        "blocks": blocks_of(counted, None, Frame(_("Pourtous"), clock.today(), hides_small=True)),
        "least": LEAST_SHOWN,
    }
    answer = render(request, "activities/figures_shared.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    return answer


def shown_headlines(counted: Any) -> list[Any]:
    """The main figures that may be shown: people new, known and without file add up, so they are hidden together."""
    rows = headlines_of(counted, None)
    values = {one.key: int(one.value) for one in rows}
    hidden = suppressed({key: values[key] for key in _PEOPLE})
    hidden |= {key for key in ("accompaniments", "activities", "people") if 0 < values[key] < LEAST_SHOWN}
    if "accompaniments" in hidden:
        return []
    workshops = counted.of("kind").get("collectif")
    if workshops is None or workshops.accompaniments < LEAST_SHOWN:
        hidden |= {"per_workshop"}
    return [one for one in rows if one.key not in hidden]
