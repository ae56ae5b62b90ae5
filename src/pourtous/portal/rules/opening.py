"""The state of a place now, in a sentence: "Open now, until 5 pm"."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import formats
from django.utils.translation import gettext as _

from pourtous.kernel.clock import paris
from pourtous.places.rules.hours import DayHours, Opening
from pourtous.ui import format as written

_MIDNIGHT = time(0)
_WEEK = 7


@dataclass(frozen=True)
class State:
    """`kind` is the kind of the dot: open, closed, holiday, unknown."""

    kind: str
    text: str


def state(opening: Opening, now: datetime) -> State:
    """The sentence of an opening, `now` being the moment it was worked out for."""
    if opening.kind == "open":
        return State("open", _open(opening, now))
    if opening.kind == "holiday":
        return State("holiday", _("Public holiday: call before you come."))
    if opening.kind == "unknown":
        return State("unknown", _unknown(opening))
    if opening.opens_at is None:
        return State("closed", _("Closed for now."))
    return State("closed", _("Closed. Opens %(when)s.") % {"when": moment(opening.opens_at, now)})


def _open(opening: Opening, now: datetime) -> str:
    if opening.until is None:
        return _("Open now.")
    if paris(opening.until).date() == paris(now).date() or paris(opening.until).time() == _MIDNIGHT:
        return _("Open now, until %(hour)s.") % {"hour": written.hour(opening.until)}
    return _("Open now, until %(when)s.") % {"when": moment(opening.until, now)}


def _unknown(opening: Opening) -> str:
    if opening.note:
        return _("Call before you come: %(note)s.") % {"note": opening.note.rstrip(".")}
    return _("Hours to be checked: call before you come.")


def moment(at: datetime, now: datetime) -> str:
    """A coming moment as one says it: "today at 2 pm", "tomorrow at 9 am", "on Thursday at 9 am"."""
    days = (paris(at).date() - paris(now).date()).days
    hour = written.hour(at)
    if days == 0:
        return _("today at %(hour)s") % {"hour": hour}
    if days == 1:
        return _("tomorrow at %(hour)s") % {"hour": hour}
    name = formats.date_format(paris(at), "l") if days < _WEEK else written.day(paris(at).date())
    return _("on %(day)s at %(hour)s") % {"day": name, "hour": hour}


def spans(day: DayHours) -> list[str]:
    """The hours of a day: ["9 am – 12 pm", "2 pm – 5 pm"], ["Closed"], ["Call before you come"]."""
    if day.spans:
        return [f"{written.hour(start)}\u00a0–\u00a0{written.hour(end)}" for start, end in day.spans]
    return [_without_hours(day)]


def _without_hours(day: DayHours) -> str:
    if day.kind == "holiday" or (day.is_holiday and day.kind == "unknown"):
        return _("Public holiday: call before you come.")
    if day.kind == "unknown":
        return day.note[:1].upper() + day.note[1:] if day.note else _("To be checked")
    return _("Public holiday: closed") if day.is_holiday else _("Closed")
