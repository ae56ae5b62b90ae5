"""When one is there and when not: weekly patterns, absences, calendars kept elsewhere and read elsewhere."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.forms.settings import (
    AbsenceForm,
    AvailabilityForm,
    CalendarForm,
    absence_initial,
    pattern_initial,
)
from pourtous.agenda.models import Absence, Availability, Feed, OutsideCalendar, Resource
from pourtous.agenda.operations import calendars, feeds, settings
from pourtous.agenda.operations.resources import ensure_mediator
from pourtous.agenda.permissions import MANAGE, USE
from pourtous.agenda.queries import desk, outside
from pourtous.agenda.queries.day import full_name, pattern_of, phone_of
from pourtous.agenda.rules.occupied_time import moment_of
from pourtous.agenda.rules.patterns import Pattern, spans_of
from pourtous.agenda.rules.slots import cut, ticks_in
from pourtous.agenda.views.addresses import agenda_of
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can

_DATES = 10
_LOOKED = timedelta(days=370)


def _agenda(request: HttpRequest) -> Resource | None:
    """The agenda whose hours are set: one's own, or that of somebody of a unit one manages."""
    found = agenda_of(request)
    if found is not None and not _may_set(request, found):
        raise Http404
    return found


def _may_set(request: HttpRequest, agenda: Resource) -> bool:
    return agenda.user_id == request.user.pk or can(request.user, MANAGE, agenda.unit)


def _written(request: HttpRequest) -> Resource:
    """The same, made when it was not yet."""
    return _agenda(request) or ensure_mediator(user=who(request))


def _home(agenda: Resource, request: HttpRequest) -> str:
    query = "" if agenda.user_id == request.user.pk else f"?de={agenda.pk}"
    return reverse("agenda-hours") + query


@requires(USE)
def hours(request: HttpRequest) -> HttpResponse:
    """All that says when somebody can be booked."""
    agenda, now = _agenda(request), clock.now()
    is_own = agenda is None or agenda.user_id == request.user.pk
    today = clock.today()
    context: dict[str, Any] = {
        "agenda": agenda,
        "is_own": is_own,
        "query": "" if is_own or agenda is None else f"?de={agenda.pk}",
        "patterns": [_told(row) for row in _patterns(agenda) if row.until_on is None or row.until_on > today],
        "absences": Absence.objects.filter(resource=agenda, calendar=None, ends_at__gt=now) if agenda else [],
        "calendars": OutsideCalendar.objects.filter(resource=agenda) if agenda else [],
        "feed": Feed.objects.filter(resource=agenda).first() if agenda else None,
        "feed_address": request.session.pop("agenda_feed", "") if is_own else "",
        "outside": _rows(outside.outside_hours(agenda, now=now)) if agenda else [],
        "during": _rows(outside.during_absences(agenda, now=now)) if agenda else [],
        "calendar_form": CalendarForm(),
        "absence_form": AbsenceForm(initial=absence_initial(now)),
        "has_kinds": desk.kinds(desk.unit_ids(request.user)).exists(),
        "managed": [one for one in desk.colleagues(request.user) if _may_set(request, one)],
    }
    return render(request, "agenda/hours.html", context)


def _patterns(agenda: Resource | None) -> list[Availability]:
    if agenda is None:
        return []
    rows = Availability.objects.filter(resource=agenda).select_related("place", "room")
    return list(rows.prefetch_related("kinds").order_by("weekdays", "starts", "id"))


def _told(row: Availability) -> dict[str, Any]:
    names = [str(WEEKDAYS[int(day)]) for day in sorted(row.weekdays)]
    return {"row": row, "days": ", ".join(names).capitalize(), "last_on": _last(row)}


def _last(row: Availability) -> Any:
    return row.until_on - timedelta(days=1) if row.until_on else None


def _rows(found: list[Any]) -> list[dict[str, Any]]:
    return [{"appointment": one, "name": full_name(one), "phone": phone_of(one)} for one in found]


def next_dates(pattern: Pattern, kinds: list[Any]) -> list[dict[str, Any]]:
    """The next ten days on which a pattern holds, with how many appointments of the first kind fit in each."""
    first = max(pattern.first_on, clock.today())
    spans = spans_of(pattern, first, first + _LOOKED)[:_DATES]
    length, rest = (ticks_in(kinds[0].minutes), ticks_in(kinds[0].rest_minutes)) if kinds else (1, 0)
    return [
        {
            "at": moment_of(span[0]),
            "until": moment_of(span[1]),
            "slots": len(list(cut(span, [], length=length, rest=rest))),
        }
        for span in spans
    ]


@requires(USE)
def availability(request: HttpRequest, identity: UUID | None = None) -> HttpResponse:
    """A weekly pattern: described, looked at in dates, then kept."""
    row = _pattern(request, identity)
    posted = request.POST if request.method == "POST" else None
    form = AvailabilityForm(posted, user=request.user, initial=_initial(request, row))
    dates = next_dates(pattern_of(row), list(row.kinds.all())) if row else []
    if form.is_bound and form.is_valid():
        dates = next_dates(form.pattern(), list(form.cleaned_data["kinds"]))
        if request.POST.get("action") != "preview":
            return _kept(request, form, row)
    context = {"form": form, "row": row, "dates": dates, "is_shown": form.is_bound and not form.errors}
    return render(request, "agenda/availability.html", context)


def _pattern(request: HttpRequest, identity: UUID | None) -> Availability | None:
    if identity is None:
        _agenda(request)
        return None
    row = Availability.objects.select_related("resource__unit", "unit").filter(pk=identity).first()
    colleagues = {one.pk for one in desk.colleagues(request.user)}
    if row is None or row.resource_id not in colleagues or not _may_set(request, row.resource):
        raise Http404
    return row


def _initial(request: HttpRequest, row: Availability | None) -> dict[str, Any]:
    if row is not None:
        return pattern_initial(row)
    ids = desk.unit_ids(request.user)
    places, kinds = list(desk.places(ids)[:2]), list(desk.kinds(ids)[:2])
    return {
        "first_on": clock.today(),
        "every_weeks": 1,
        "mode": "place",
        "place": places[0].pk if len(places) == 1 else None,
        "kinds": kinds if len(kinds) == 1 else None,
    }


def _kept(request: HttpRequest, form: AvailabilityForm, row: Availability | None) -> HttpResponse:
    kinds = list(form.cleaned_data["kinds"])
    agenda = row.resource if row else _written(request)
    settings.save_availability(
        availability=row,
        resource=agenda,
        unit=kinds[0].unit,
        values=form.values(),
        kinds=kinds,
        actor=who(request),
        now=clock.now(),
    )
    messages.success(request, _("Your hours are kept. They can be booked from now on."))
    _warn_outside(request, agenda)
    return redirect(_home(agenda, request))


def _warn_outside(request: HttpRequest, agenda: Resource) -> None:
    count = len(outside.outside_hours(agenda, now=clock.now()))
    if count:
        words = ngettext(
            "%(count)s appointment is now outside your hours. It is kept: see below.",
            "%(count)s appointments are now outside your hours. They are kept: see below.",
            count,
        )
        messages.warning(request, words % {"count": count})


@require_POST
@requires(USE)
def availability_end(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The pattern holds no longer from today on."""
    row = _pattern(request, identity)
    if row is None:
        raise Http404
    settings.end_availability(availability=row, on=clock.today(), actor=who(request), now=clock.now())
    messages.success(request, _("These hours can no longer be booked. Appointments are kept."))
    _warn_outside(request, row.resource)
    return redirect(_home(row.resource, request))


@requires(USE)
def absence(request: HttpRequest) -> HttpResponse:
    """Not there for a time; what is booked meanwhile is shown."""
    _agenda(request)
    posted = request.POST if request.method == "POST" else None
    form = AbsenceForm(posted, initial=absence_initial(clock.now()))
    if form.is_bound and form.is_valid():
        agenda = _written(request)
        starts_at, ends_at = form.period()
        kept = settings.add_absence(
            resource=agenda,
            kind=form.cleaned_data["kind"],
            starts_at=starts_at,
            ends_at=ends_at,
            note=form.cleaned_data["note"],
            actor=who(request),
            now=clock.now(),
        )
        messages.success(request, _("The absence is kept. Nobody can book in this time."))
        count = len(outside.during(kept, now=clock.now()))
        if count:
            words = ngettext(
                "%(count)s appointment is booked in this time: see below.",
                "%(count)s appointments are booked in this time: see below.",
                count,
            )
            messages.warning(request, words % {"count": count})
        return redirect(_home(agenda, request))
    return render(request, "agenda/absence.html", {"form": form})


@require_POST
@requires(USE)
def absence_remove(request: HttpRequest, identity: UUID) -> HttpResponse:
    """There after all."""
    row = Absence.objects.select_related("resource__unit").filter(pk=identity, calendar=None).first()
    colleagues = {one.pk for one in desk.colleagues(request.user)}
    if row is None or row.resource_id not in colleagues or not _may_set(request, row.resource):
        raise Http404
    settings.remove_absence(absence=row, actor=who(request), now=clock.now())
    messages.success(request, _("The absence is gone. This time can be booked."))
    return redirect(_home(row.resource, request))


@require_POST
@requires(USE)
def calendar_add(request: HttpRequest) -> HttpResponse:
    """A calendar kept elsewhere, read as busy time."""
    form = CalendarForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("agenda-hours")
    try:
        calendars.add(
            resource=ensure_mediator(user=who(request)),
            url=form.cleaned_data["url"],
            actor=who(request),
            now=clock.now(),
        )
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("This calendar will be read within a quarter of an hour."))
    return redirect("agenda-hours")


@require_POST
@requires(USE)
def calendar_remove(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Read no more; its busy times go."""
    row = OutsideCalendar.objects.select_related("resource").filter(pk=identity, resource__user=request.user.pk).first()
    if row is None:
        raise Http404
    calendars.remove(calendar=row, actor=who(request), now=clock.now())
    messages.success(request, _("This calendar is read no more."))
    return redirect("agenda-hours")


@require_POST
@requires(USE)
def feed(request: HttpRequest) -> HttpResponse:
    """Make, renew or turn off the address at which another program reads one's agenda."""
    agenda = ensure_mediator(user=who(request))
    if request.POST.get("action") == "off":
        feeds.turn_off(resource=agenda, actor=who(request), now=clock.now())
        messages.success(request, _("The address no longer answers."))
    else:
        token = feeds.renew(resource=agenda, actor=who(request), now=clock.now())
        request.session["agenda_feed"] = request.build_absolute_uri(reverse("agenda-feed", args=(token,)))
        messages.success(request, _("Here is the address. It is shown once: copy it now."))
    return redirect("agenda-hours")
