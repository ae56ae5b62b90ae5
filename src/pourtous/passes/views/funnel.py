"""Where books stop, as a chart with its table, for all or for one's own units."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.passes.models import Campaign
from pourtous.passes.permissions import HOLD_STOCK
from pourtous.passes.queries.funnel import Funnel, Steps, funnel, units_seen
from pourtous.passes.queries.stock import campaigns
from pourtous.runtime.downloads import TABLE_KINDS, table_download
from pourtous.ui import charts

_BY = {
    "prescripteurs": ("unit", pgettext_lazy("counted by", "Prescribers")),
    "communes": ("commune", gettext_lazy("Communes")),
    "publics": ("public", gettext_lazy("Publics")),
    "campagnes": ("campaign", gettext_lazy("Campaigns")),
}
_STEPS = (
    ("printed", pgettext_lazy("books", "Printed")),
    ("handed", pgettext_lazy("books", "Handed over")),
    ("booked", gettext_lazy("First session booked")),
    ("first", gettext_lazy("First session attended")),
    ("second", gettext_lazy("Second session attended")),
    ("third", gettext_lazy("Third session attended")),
    ("completed", gettext_lazy("All passes used")),
)


def _asked(request: HttpRequest) -> tuple[str, Campaign | None, Funnel]:
    """What the address asks for; the latest campaign when it names none, all with "toutes". 404 for anything else."""
    by, named = request.GET.get("par", "prescripteurs"), request.GET.get("campagne", "")
    if by not in _BY:
        raise Http404
    campaign = None
    if named not in {"", "toutes"}:
        try:
            campaign = get_object_or_404(campaigns(), pk=UUID(named))
        except ValueError as error:
            raise Http404 from error
    elif named == "" and by != "campagnes":
        campaign = campaigns().first()
    return by, campaign, funnel(by=_BY[by][0], campaign=campaign, units=units_seen(request.user))


@requires(HOLD_STOCK)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The chart, then each line."""
    by, campaign, found = _asked(request)
    shown: dict[str, Any] = {
        "by": by,
        "choices": [(key, label) for key, (_column, label) in _BY.items()],
        "campaign": campaign,
        "campaigns": campaigns(),
        "chart": _chart(found.total, clock.today()),
        "lines": found.lines,
        "total": found.total,
        "has_printed": by in {"prescripteurs", "campagnes"},
        "label": _BY[by][1],
        "is_own": units_seen(request.user) is not None,
    }
    return render(request, "passes/funnel.html", shown)


def _chart(total: Steps, today: date) -> charts.Chart:
    rows = [(label, getattr(total, name)) for name, label in _STEPS]
    rule = _("A book that replaces another one counts in its place. Sessions are those paid with passes.")
    return charts.funnel(_("Where books stop"), rows if total.printed else [], rule=rule, source="Pourtous", on=today)


@requires(HOLD_STOCK)
@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """The lines shown, as a file."""
    if kind not in TABLE_KINDS:
        raise Http404
    by, _campaign, found = _asked(request)
    columns = [str(_BY[by][1]), *(str(label) for _name, label in _STEPS)]
    lines = [*((one.name, one.steps) for one in found.lines), (_("Total"), found.total)]
    rows = [(name, *(getattr(steps, step) for step, _label in _STEPS)) for name, steps in lines]
    return table_download(kind, f"suivi-des-chequiers-{by}", _("Where books stop"), columns, rows)
