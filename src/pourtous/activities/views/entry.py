"""Recording: the last ways, the form, putting right."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pourtous.accounts.queries import who
from pourtous.activities.forms.desk import Desk, desk_of, include
from pourtous.activities.forms.entry import ActivityForm, initial_of, seen_of
from pourtous.activities.forms.starting import number_of, numbered, start_of, usual
from pourtous.activities.models import Activity
from pourtous.activities.operations import edit, record
from pourtous.activities.operations.record import ConflictError
from pourtous.activities.permissions import RECORD
from pourtous.activities.queries.choices import commune_names
from pourtous.activities.queries.facts import facts_of
from pourtous.activities.queries.ways import is_number_used_up, last_ways, recorded_under
from pourtous.activities.rows import way_card
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import uuid7


@requires(RECORD)
def new(request: HttpRequest) -> HttpResponse:
    """A new activity: as last time, from the agenda, or from nothing."""
    user = who(request)
    desk = desk_of(user, now=clock.now())
    if request.method == "POST":
        form = ActivityForm(request.POST, desk=desk)
        if form.is_valid() and (answer := _recorded(request, form)) is not None:
            return answer
        return _page(request, form, desk)
    identity = number_of(request.GET)
    if identity is None or is_number_used_up(identity, user, now=desk.now):
        return redirect(f"{request.path}?{numbered(request.GET, uuid7())}")
    if (found := recorded_under(identity)) is not None:
        return _already(request, found)
    start = start_of(request.GET, desk)
    ways = [] if start else [way_card(way) for way in last_ways(user, on=desk.today)]
    form = ActivityForm(initial={"id": identity, **usual(desk), **start}, desk=desk)
    return _page(request, form, desk, ways=ways, is_started=bool(start))


def _already(request: HttpRequest, found: Activity) -> HttpResponse:
    """Back to a form that was sent: what it recorded, to be put right."""
    if found.deleted_at is not None:
        return redirect("activity", identity=found.pk)
    messages.info(request, _("This activity is already recorded. What you change here changes it."))
    return redirect("activity-edit", identity=found.pk)


def _recorded(request: HttpRequest, form: ActivityForm) -> HttpResponse | None:
    """Where to go once it is recorded; None when the form must be shown again."""
    now = clock.now()
    try:
        activity = record(identity=form.cleaned_data["id"], facts=form.facts(), actor=who(request), now=now)
    except ConflictError as conflict:
        return _differs(request, form, conflict)
    except DomainError as error:
        form.show(error)
        return None
    if activity.deleted_at is not None:
        return redirect("activity", identity=activity.pk)
    said = _("Recorded.") if activity.created_at == now else _("Already recorded: nothing was added.")
    link = reverse("activity", kwargs={"identity": activity.pk})
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, link, _("See it or change it")))
    return redirect("activities")


def _differs(request: HttpRequest, form: ActivityForm, conflict: ConflictError) -> HttpResponse | None:
    """What is recorded says something else: what was typed is shown as a change of it, to be kept or not."""
    found = conflict.activity
    if found is None:
        form.show(conflict)
        return None
    if found.deleted_at is not None:
        messages.warning(request, conflict.message)
        return redirect("activity", identity=found.pk)
    before = facts_of(found)
    desk = desk_of(who(request), now=clock.now())
    include(desk, before, is_edit=True)
    typed = request.POST.copy()
    typed["id"], typed["seen"] = str(found.pk), seen_of(found)
    changing = ActivityForm(typed, desk=desk, before=before)
    return _page(request, changing, desk, activity=found, is_started=True, conflict=conflict.message)


def _page(request: HttpRequest, form: ActivityForm, desk: Desk, **more: Any) -> HttpResponse:
    context = {"form": form, "desk": desk, "communes": commune_names(), **more}
    return render(request, "activities/entry.html", context)


def own_activity(request: HttpRequest, identity: UUID) -> Activity:
    """The activity of an address when it is the user's own; else 404."""
    activity = Activity.objects.filter(pk=identity).first()
    if activity is None:
        raise Http404
    authorise(request, RECORD, activity)
    return activity


@requires(RECORD)
def change(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Put one's own activity right."""
    activity = own_activity(request, identity)
    if activity.deleted_at is not None:
        raise Http404
    before = facts_of(activity)
    desk = desk_of(who(request), now=clock.now())
    include(desk, before, is_edit=True)
    if request.method == "POST":
        form = ActivityForm(request.POST, desk=desk, before=before)
        if form.is_valid() and _changed(request, form, activity):
            return redirect("activity", identity=activity.pk)
    else:
        shown = initial_of(before, desk, day=before.day) | {"id": activity.pk, "seen": seen_of(activity)}
        form = ActivityForm(initial=shown, desk=desk, before=before)
    return _page(request, form, desk, activity=activity, is_started=True)


def _changed(request: HttpRequest, form: ActivityForm, activity: Activity) -> bool:
    try:
        seen = datetime.fromisoformat(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
    except ValueError:
        seen = None
    try:
        edit(activity=activity, facts=form.facts(), actor=who(request), now=clock.now(), seen=seen)
    except DomainError as error:
        form.show(error)
        return False
    messages.success(request, _("Changed."))
    return True
