"""Places: the list, its map and its paper."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.portal import mapping
from pourtous.portal.finding import Answer, find, first
from pourtous.portal.forms import WordsForm
from pourtous.portal.rules import choices
from pourtous.portal.rules.asked import WIDER_KM, Asked, Step, read
from pourtous.portal.sharing import Share
from pourtous.portal.views.search import address
from pourtous.ui import format as written

ON_PAPER = 4
FEW = 5


@dataclass(frozen=True)
class Chip:
    """A common filter, one tap away."""

    text: str | Promise
    url: str
    is_on: bool


@public
def results(request: HttpRequest) -> HttpResponse:
    """The places, nearest first. Without a place to look around, the question is asked."""
    asked = read(request.GET)
    if not asked.says_where:
        return redirect(address(Step.WHERE, asked))
    now = clock.now()
    answer = find(asked, now)
    if answer.spot is None and not asked.everywhere:
        return redirect(address(Step.WHERE, replace(asked, commune="")))
    page = _page(asked, answer, now)
    if asked.with_map:
        page |= {"map": mapping.drawing(answer.cards, answer.spot)}
    return _with_tiles(request, "portal/results.html", page, is_map=asked.with_map)


def _with_tiles(request: HttpRequest, template: str, page: dict[str, object], *, is_map: bool) -> HttpResponse:
    """The page; the origin of map tiles is opened only where a map is shown."""
    origin = mapping.tile_origin()
    if not is_map or not origin:
        return render(request, template, page)
    opened = csp_update({"img-src": origin})(lambda _request: render(request, template, page))
    return cast("HttpResponse", opened(request))


def _page(asked: Asked, answer: Answer, now: datetime) -> dict[str, object]:
    query = asked.query()
    return {
        "answer": answer,
        "asked": asked,
        "query": query,
        "now": now,
        "title": title(answer),
        "need": choices.need(asked.need),
        "chips": chips(asked),
        "pages": pages(asked, answer),
        "wider": wider(asked, answer),
        "map_url": address(Step.RESULTS, replace(asked, with_map=not asked.with_map)),
        "print_url": f"{reverse('results-print')}?{query}",
        "filters_url": f"{reverse('filters')}?{query}",
        "change_url": address(Step.NEED, replace(asked, page=1, with_map=False)),
        "all_url": address(Step.RESULTS, _bare(asked)),
        "share": share(asked, answer),
    }


def title(answer: Answer) -> str:
    """Like "7 places near Frontignan"."""
    if answer.spot is None:
        text = ngettext("%(n)s place that helps %(where)s", "%(n)s places that help %(where)s", answer.total)
        return text % {"n": answer.total, "where": settings.TERRITORY["in_name"]}
    if not answer.total:
        return _("No place found near %(where)s") % {"where": answer.spot.label}
    text = ngettext("%(n)s place near %(where)s", "%(n)s places near %(where)s", answer.total)
    return text % {"n": answer.total, "where": answer.spot.label}


def _bare(asked: Asked) -> Asked:
    """The same search without conditions."""
    return replace(asked, wishes=(), terms={}, open_now=False, accepts_pass=False, page=1)


_CHIP_WISHES = (
    (choices.WALK_IN, gettext_lazy("Without appointment")),
    (choices.WHEELCHAIR, gettext_lazy("In a wheelchair")),
)


def chips(asked: Asked) -> list[Chip]:
    """Common filters as links that switch on and off."""
    found = [
        Chip(gettext_lazy("All"), address(Step.RESULTS, _bare(asked)), not asked.filters),
        Chip(
            gettext_lazy("Open now"),
            address(Step.RESULTS, replace(asked, open_now=not asked.open_now, page=1)),
            asked.open_now,
        ),
    ]
    for key, text in _CHIP_WISHES:
        is_on = key in asked.wishes
        kept = tuple(wish for wish in asked.wishes if wish != key)
        switched = replace(asked, wishes=kept if is_on else (*asked.wishes, key), page=1)
        found.append(Chip(text, address(Step.RESULTS, switched), is_on))
    return found


def pages(asked: Asked, answer: Answer) -> dict[str, str]:
    """Addresses of the pages before and after, "" when there is none."""
    here = min(asked.page, answer.pages)
    return {
        "previous": address(Step.RESULTS, replace(asked, page=here - 1)) if here > 1 else "",
        "next": address(Step.RESULTS, replace(asked, page=here + 1)) if here < answer.pages else "",
        "here": str(here),
    }


def wider(asked: Asked, answer: Answer) -> str:
    """The address of a search further away, when few places were found; else ""."""
    if answer.looked_m is None or answer.total > FEW:
        return ""
    further = next((km for km in WIDER_KM if km * 1000 > answer.looked_m), 0)
    return address(Step.RESULTS, replace(asked, wider_km=further, page=1)) if further else ""


def share(asked: Asked, answer: Answer) -> Share:
    """The list as a message from one's own telephone: the server sends nothing."""
    url = settings.PUBLIC_URL + address(Step.RESULTS, replace(asked, with_map=False))
    lines = [f"{card.number}. {card.place.name}, {written.phone(card.place.phone)}" for card in answer.cards[:3]]
    return Share.of(title(answer), [line.rstrip(", ") for line in lines], url)


@public
def results_print(request: HttpRequest) -> HttpResponse:
    """The first places on one sheet of paper, in large type, with a code to come back."""
    asked = replace(read(request.GET), page=1, with_map=False)
    if not asked.says_where:
        return redirect(address(Step.WHERE, asked))
    now = clock.now()
    answer = first(asked, now, ON_PAPER)
    back = address(Step.RESULTS, asked)
    page = {
        "answer": answer,
        "title": title(answer),
        "now": now,
        "back_url": back,
        "url": settings.PUBLIC_URL + back,
        "need": choices.need(asked.need),
    }
    return render(request, "portal/results_print.html", page)


@public
def by_words(request: HttpRequest) -> HttpResponse:
    """For those who know what they look for: a place by its name, its town or its street."""
    asked = replace(read(request.GET), everywhere=True)
    form = WordsForm(request.GET if "q" in request.GET else None)
    page: dict[str, object] = {"form": form, "asked": asked, "query": ""}
    if asked.words and form.is_valid():
        now = clock.now()
        answer = find(replace(asked, need="", wishes=(), terms={}, commune="", position=None), now)
        page |= {"answer": answer, "now": now, "pages": _word_pages(asked, answer)}
    return render(request, "portal/by_words.html", page)


def _word_pages(asked: Asked, answer: Answer) -> dict[str, str]:
    here = min(asked.page, answer.pages)

    def link(number: int) -> str:
        return f"{reverse('places')}?{Asked(words=asked.words, page=number).query()}"

    return {
        "previous": link(here - 1) if here > 1 else "",
        "next": link(here + 1) if here < answer.pages else "",
        "here": str(here),
    }
