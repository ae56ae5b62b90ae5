"""Figures and activities in files: what is on the page, as asked."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pourtous.accounts.queries import who
from pourtous.activities.exporters import figures as exporter
from pourtous.activities.exporters.figures import Figured
from pourtous.activities.exporters.files import COOP, KINDS, export
from pourtous.activities.forms.figures import Asked
from pourtous.activities.permissions import FIGURES
from pourtous.activities.queries.figures import activities
from pourtous.activities.views.figures import asked_by, counted
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.ui.documents import answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def _figured(request: HttpRequest) -> Figured:
    asked = asked_by(request)
    return Figured(asked, *counted(asked, on=clock.today()))


def _name(asked: Asked, what: str, kind: str) -> str:
    return f"{what}-{asked.period.since:%Y-%m-%d}-{asked.period.last:%Y-%m-%d}.{kind}"


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    sent = HttpResponse(content, content_type=kind)
    sent["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    sent["Cache-Control"] = "private, no-store"
    return sent


@requires(FIGURES)
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """All figures, a sheet a block."""
    one = _figured(request)
    return _file(exporter.xlsx(one, clock.now()), _name(one.asked, "chiffres", "xlsx"), XLSX)


@requires(FIGURES)
@require_safe
def block(request: HttpRequest, key: str) -> HttpResponse:
    """One block as CSV."""
    one = _figured(request)
    found = next((block for block in one.blocks if block.key == key), None)
    if found is None:
        raise Http404
    return _file(exporter.block_csv(found), _name(one.asked, key, "csv"), CSV)


@requires(FIGURES)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """One page for elected members."""
    one = _figured(request)
    return answer(exporter.report(one, clock.now()), name=_name(one.asked, "rapport", "pdf"))


@requires(FIGURES)
@require_safe
def activities_file(request: HttpRequest, layout: str) -> HttpResponse:
    """The activities behind the figures; names and free text only of one's own, and when asked for."""
    asked = asked_by(request)
    user: Any = who(request)
    is_own = asked.whose.scope.user_id == user.pk
    content = export(
        layout,
        activities(asked.filter),
        asker=(user.name, _("Mediator") if is_own else _("Coordinator")),
        filters=[(_("Whose figures"), asked.whose.label), (_("Period"), asked.days), *asked.narrowed],
        with_names=is_own and request.GET.get("noms") == "1",
        now=clock.now(),
    )
    kind = KINDS[layout]
    name = _name(asked, "activites-coop" if layout == COOP else "activites", kind)
    return _file(content, name, XLSX if kind == "xlsx" else CSV)
