"""Two files side by side: what stays of each, made one, taken apart again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.models import Merge, Person
from pourtous.people.operations import read_file
from pourtous.people.operations.merges import merge, undo
from pourtous.people.permissions import SEE
from pourtous.people.queries import active_follow_ups, by_code, followed, following_unit_ids, own_unit_ids
from pourtous.people.rules.merging import PARTS, differs
from pourtous.ui.format import phone

_LABELS = {
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "birth_year": gettext_lazy("Birth year"),
    "gender": gettext_lazy("Gender"),
    "status": gettext_lazy("Situation"),
    "commune": gettext_lazy("Commune"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "postal_address": gettext_lazy("Postal address"),
    "reach": gettext_lazy("How to reach them"),
    "language": gettext_lazy("Language"),
}


def _both(request: HttpRequest, code: str, other: str) -> tuple[Person, Person, Unit]:
    """Two files and the own unit that follows both; 404 when there is none such."""
    today = clock.today()
    kept, absorbed = by_code(code), by_code(other)
    if kept is None or absorbed is None or kept.pk == absorbed.pk:
        raise Http404
    own = following_unit_ids(kept, on=today) & following_unit_ids(absorbed, on=today) & {*own_unit_ids(request.user)}
    unit = Unit.objects.filter(pk__in=own).first()
    if unit is None:
        raise Http404
    return kept, absorbed, unit


@requires(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_files(request: HttpRequest, code: str) -> HttpResponse:
    """Both files side by side; only for whose unit follows both."""
    said = request.POST if request.method == "POST" else request.GET
    try:
        kept, absorbed, unit = _both(request, code, said.get("avec", ""))
    except Http404:
        if (
            request.method == "POST"
            or by_code(code) is None
            or not followed(request.user, words=code, on=clock.today()).exists()
        ):
            raise
        messages.error(request, _("Your team follows no other file of this code. Check it."))
        return redirect("person-rights", code)
    if request.method == "POST":
        return _made_one(request, kept, absorbed, unit)
    for one in (kept, absorbed):
        read_file(person=one, actor=who(request), what="people.merge", now=clock.now())
    rows = [_row(part, kept, absorbed) for part in PARTS]
    context = {
        "kept": kept,
        "absorbed": absorbed,
        "rows": rows,
        "choices": [row for row in rows if row["differs"]],
        "kept_teams": _teams(kept),
        "absorbed_teams": _teams(absorbed),
    }
    return render(request, "people/merge.html", context)


def _made_one(request: HttpRequest, kept: Person, absorbed: Person, unit: Unit) -> HttpResponse:
    take = {part for part in PARTS if request.POST.get(part) == "absorbed"}
    try:
        merge(kept=kept, absorbed=absorbed, unit=unit, actor=who(request), now=clock.now(), take=take)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Both files are one now. You can undo this for thirty days."))
    return redirect("person-rights", kept.code)


def _row(part: str, kept: Person, absorbed: Person) -> dict[str, Any]:
    ours = {name: getattr(kept, name) for name in PARTS[part]}
    theirs = {name: getattr(absorbed, name) for name in PARTS[part]}
    return {
        "part": part,
        "label": _LABELS[part],
        "kept": _said(part, kept),
        "absorbed": _said(part, absorbed),
        "differs": differs(ours, theirs, part),
    }


def _said(part: str, person: Person) -> str:
    match part:
        case "gender" | "status" | "reach":
            return str(getattr(person, f"get_{part}_display")())
        case "commune":
            return person.commune.name if person.commune else ""
        case "phone":
            return phone(person.phone) if person.phone else ""
        case _:
            return str(getattr(person, part) or "")


def _teams(person: Person) -> str:
    rows = active_follow_ups(clock.today()).filter(person=person).select_related("unit").order_by("unit__name")
    return ", ".join(sorted({one.unit.name for one in rows}))


@requires(SEE)
@require_POST
def merge_undo(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take two files apart again; for whose unit follows the kept one."""
    mine = followed(request.user, on=clock.today())
    done = Merge.objects.filter(pk=identity, kept__in=mine).select_related("kept").first()
    if done is None:
        raise Http404
    try:
        back = undo(done=done, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file %(code)s is back.") % {"code": back.code})
    return redirect("person-rights", done.kept.code)
