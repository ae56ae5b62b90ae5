"""A day, a week, a team: on screen and on paper."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pourtous.agenda.models import Resource
from pourtous.agenda.permissions import USE
from pourtous.agenda.queries import desk
from pourtous.agenda.queries.day import ABSENCE, Entry, entries, free_times
from pourtous.agenda.rules.holidays import is_public_holiday
from pourtous.agenda.views.addresses import agenda_of, day_asked, day_of
from pourtous.kernel import clock
from pourtous.kernel.access import requires

WEEK = timedelta(days=7)
_WEEKEND = 5


def _rows(request: HttpRequest, agenda: Resource | None, first: date, last: date) -> list[Entry]:
    """What an agenda holds, as this user may see it."""
    if agenda is None:
        return []
    own = agenda.pk if agenda.user_id == request.user.pk else None
    return entries([agenda], first, last, shown=desk.unit_ids(request.user), own=own)[agenda.pk]


def _day(request: HttpRequest, day: date) -> dict[str, Any]:
    agenda, now = agenda_of(request), clock.now()
    rows = _rows(request, agenda, day, day + timedelta(days=1))
    free = free_times(agenda, day, now=now) if agenda else []
    lines = [(entry.starts_at, entry, None) for entry in rows] + [(gap[0], None, gap) for gap in free]
    return {
        "day": day,
        "today": clock.today(),
        "now": now,
        "lines": [
            {"entry": entry, "gap": gap, "is_now": bool(entry and entry.starts_at <= now < entry.ends_at)}
            for _at, entry, gap in sorted(lines, key=lambda line: (line[0], line[1] is None))
        ],
        "rows": rows,
        "places": list(dict.fromkeys(row.where for row in rows if row.where and row.mode == "place"))[:3],
        "count": len([row for row in rows if row.what != ABSENCE]),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "is_holiday": is_public_holiday(day),
        **_whose(request, agenda),
    }


def _whose(request: HttpRequest, agenda: Resource | None) -> dict[str, Any]:
    is_own = agenda is None or agenda.user_id == request.user.pk
    query = "" if is_own or agenda is None else f"?de={agenda.pk}"
    return {"agenda": agenda, "is_own": is_own, "query": query}


@requires(USE)
def day(request: HttpRequest, text: str = "") -> HttpResponse:
    """One day: whom, where, what is free."""
    shown = day_of(text) if text else day_asked(request)
    return render(request, "agenda/day.html", _day(request, shown))


@requires(USE)
def day_paper(request: HttpRequest, text: str) -> HttpResponse:
    """The same to take along."""
    return render(request, "agenda/day_paper.html", _day(request, day_of(text)))


def _week(request: HttpRequest, day: date) -> dict[str, Any]:
    agenda = agenda_of(request)
    monday = day - timedelta(days=day.weekday())
    rows = _rows(request, agenda, monday, monday + WEEK)
    days = [monday + timedelta(days=number) for number in range(7)]
    columns = [
        {"day": one, "rows": [row for row in rows if row.day == one], "is_holiday": is_public_holiday(one)}
        for one in days
    ]
    return {
        "columns": [one for one in columns if one["rows"] or one["day"].weekday() < _WEEKEND],  # type: ignore[attr-defined]
        "monday": monday,
        "sunday": days[-1],
        "today": clock.today(),
        "count": len([row for row in rows if row.what != ABSENCE]),
        "before": monday - WEEK,
        "after": monday + WEEK,
        **_whose(request, agenda),
    }


@requires(USE)
def week(request: HttpRequest, text: str = "") -> HttpResponse:
    """One week: columns on a desk, a list on a phone."""
    shown = day_of(text) if text else day_asked(request)
    return render(request, "agenda/week.html", _week(request, shown))


@requires(USE)
def week_paper(request: HttpRequest, text: str) -> HttpResponse:
    """The same on paper."""
    return render(request, "agenda/week_paper.html", _week(request, day_of(text)))


@requires(USE)
def team(request: HttpRequest, text: str = "") -> HttpResponse:
    """Who of the team does what on a day: hours and kinds, no names."""
    shown = day_of(text) if text else day_asked(request)
    colleagues = desk.colleagues(request.user)
    found = entries(colleagues, shown, shown + timedelta(days=1), shown=desk.unit_ids(request.user))
    context = {
        "day": shown,
        "today": clock.today(),
        "team": [{"agenda": one, "rows": found[one.pk]} for one in colleagues],
        "before": shown - timedelta(days=1),
        "after": shown + timedelta(days=1),
        "is_holiday": is_public_holiday(shown),
    }
    return render(request, "agenda/team.html", context)
