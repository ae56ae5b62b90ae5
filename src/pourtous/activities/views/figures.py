"""Figures on a page: for oneself, a team, an employer, the territory."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pourtous.accounts.queries import who
from pourtous.activities.blocks import blocks_of, columns_of, headlines_of
from pourtous.activities.blocks.blocks import Block, Frame
from pourtous.activities.blocks.headlines import HEADLINE_DIMENSIONS, Headline
from pourtous.activities.enums import Procedure, Source, Topic
from pourtous.activities.forms.figures import KINDS, PRESETS, Asked, read
from pourtous.activities.permissions import FIGURES
from pourtous.activities.queries.figures import figures
from pourtous.activities.queries.meetings import meetings
from pourtous.activities.queries.scopes import Whose, choices_of, mediators_in, read_scope, tags_for
from pourtous.activities.rules.periods import Preset
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.territories.queries import commune


def asked_by(request: HttpRequest) -> Asked:
    """What the address asks for, once one may: else 404, as for what does not exist."""
    choices = choices_of(request.user)
    value = request.GET.get("qui", "") or choices[0].value
    scope = read_scope(value, request.user)
    if scope is None:
        raise Http404
    authorise(request, FIGURES, scope)
    whose = next((one for one in choices if one.scope == scope), None)
    if whose is None:
        raise Http404
    return read(request.GET, whose, today=clock.today(), may_name_mediator=True)


def counted(asked: Asked, *, on: date) -> tuple[list[Headline], list[Block]]:
    """Headline figures beside the period before, and all blocks."""
    now = figures(asked.filter)
    before = figures(asked.before, HEADLINE_DIMENSIONS) if asked.before else None
    return headlines_of(now, before), blocks_of(now, meetings(asked.filter), Frame(_("Pourtous"), on))


@requires(FIGURES)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All figures of a period."""
    asked = asked_by(request)
    headlines, blocks = counted(asked, on=clock.today())
    shown = {
        "asked": asked,
        "choices": choices_of(request.user),
        "headlines": headlines,
        "columns": columns_of(blocks),
        "periods": _periods(asked),
        "filters": _filters(request, asked.whose),
    }
    return render(request, "activities/figures.html", shown)


def _periods(asked: Asked) -> list[tuple[str, Any, bool]]:
    return [(preset.value, label, asked.period.preset is preset) for preset, label in PRESETS.items()]


def _filters(request: HttpRequest, whose: Whose) -> dict[str, Any]:
    """What may be chosen in each list of the fold."""
    user = who(request)
    named = commune(request.GET.get("commune", ""))
    return {
        "kinds": KINDS.items(),
        "topics": Topic.choices,
        "procedures": Procedure.choices,
        "sources": Source.choices,
        "tags": tags_for(user, whose.scope),
        "mediators": mediators_in(whose.scope) if whose.lets_choose_mediator else (),
        "commune": named.name if named else "",
        "is_days": request.GET.get("periode") == Preset.DAYS,
    }
