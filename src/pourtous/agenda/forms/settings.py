"""Forms of hours, absences, kinds of appointments, rooms."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pourtous.accounts.models import Unit
from pourtous.agenda.enums import AbsenceKind, Booker, Mode, ResourceKind
from pourtous.agenda.forms.appointments import DayInput, HourInput, moment
from pourtous.agenda.models import AppointmentKind, Availability, Resource
from pourtous.agenda.queries import desk
from pourtous.agenda.queries.openings import zone_of
from pourtous.agenda.rules.patterns import Pattern
from pourtous.kernel.clock import paris
from pourtous.places.enums import Service
from pourtous.places.models import Place
from pourtous.ui.forms import CheckCards, Form, OptionCards

_MINUTES = 60


def _in_words(minutes: int) -> str:
    hours, rest = divmod(minutes, _MINUTES)
    return f"{hours} h {rest:02}" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def _lengths(*minutes: int) -> list[tuple[int, str]]:
    return [(one, _in_words(one)) for one in minutes]


class AvailabilityForm(Form):
    """When one is there, week after week."""

    kinds = forms.ModelMultipleChoiceField(
        label=_("For which appointments"), queryset=AppointmentKind.objects.none(), widget=CheckCards
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=[(str(number), name) for number, name in WEEKDAYS.items()], widget=CheckCards
    )
    starts = forms.TimeField(label=_("From what hour"), widget=HourInput())
    ends = forms.TimeField(label=_("To what hour"), widget=HourInput())
    every_weeks = forms.TypedChoiceField(
        label=_("Which weeks"),
        choices=[
            (1, _("Every week")),
            (2, _("One week out of two")),
            (3, _("One week out of three")),
            (4, _("One week out of four")),
        ],
        coerce=int,
    )
    first_on = forms.DateField(label=_("From which day on"), widget=DayInput())
    last_on = forms.DateField(label=_("Until which day"), widget=DayInput(), required=False)
    skips_school_holidays = forms.BooleanField(label=_("Not during school holidays"), required=False)
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, widget=OptionCards)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)
    room = forms.ModelChoiceField(label=_("Room or vehicle"), queryset=Resource.objects.none(), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = desk.unit_ids(user)
        for name, found in {"kinds": desk.kinds(ids), "place": desk.places(ids), "room": desk.rooms(ids)}.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> Any:
        """Hours in order, by five minutes; a place to be at; kinds of one unit."""
        given = super().clean() or {}
        for name in ("starts", "ends"):
            if given.get(name) and given[name].minute % 5:
                self.add_error(name, _("Choose a multiple of five minutes."))
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", _("The end is before the beginning."))
        if given.get("first_on") and given.get("last_on") and given["last_on"] < given["first_on"]:
            self.add_error("last_on", _("The last day is before the first."))
        if given.get("mode") == Mode.PLACE and not given.get("place") and "place" not in self.errors:
            self.add_error("place", _("Choose the place."))
        if len({kind.unit_id for kind in given.get("kinds") or ()}) > 1:
            self.add_error("kinds", _("Choose appointments of one unit."))
        if given.get("mode") and any(given["mode"] not in kind.modes for kind in given.get("kinds") or ()):
            self.add_error("mode", _("One of these appointments is not held in this way."))
        return given

    def values(self) -> dict[str, Any]:
        """The columns."""
        given = dict(self.cleaned_data)
        given.pop("kinds")
        last_on = given.pop("last_on")
        return given | {"until_on": last_on + timedelta(days=1) if last_on else None}

    def pattern(self) -> Pattern:
        """The rule that was described."""
        given = self.values()
        return Pattern(
            frozenset(int(day) for day in given["weekdays"]),
            given["starts"],
            given["ends"],
            given["first_on"],
            given["until_on"],
            given["every_weeks"],
            zone_of(skips=given["skips_school_holidays"]),
        )


def pattern_initial(row: Availability) -> dict[str, Any]:
    """A pattern as the form shows it."""
    names = ("starts", "ends", "every_weeks", "first_on", "skips_school_holidays", "mode", "place", "room", "weekdays")
    last_on = row.until_on - timedelta(days=1) if row.until_on else None
    return {name: getattr(row, name) for name in names} | {"kinds": row.kinds.all(), "last_on": last_on}


class AbsenceForm(Form):
    """When one is not there."""

    kind = forms.ChoiceField(
        label=_("Why"), choices=[one for one in AbsenceKind.choices if one[0] != AbsenceKind.OUTSIDE]
    )
    first_day = forms.DateField(label=_("First day"), widget=DayInput())
    first_hour = forms.TimeField(label=_("Hour"), widget=HourInput(), required=False)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput(), help_text=_("This day is included."))
    last_hour = forms.TimeField(label=_("Hour"), widget=HourInput(), required=False)
    note = forms.CharField(label=_("Note for you"), max_length=120, required=False)

    def clean(self) -> Any:
        """A period of at most a year."""
        given = super().clean() or {}
        if given.get("first_day") and given.get("last_day"):
            starts_at, ends_at = self._period(given)
            if ends_at <= starts_at:
                self.add_error("last_day", _("The end is before the beginning."))
            elif ends_at - starts_at > timedelta(days=400):
                self.add_error("last_day", _("An absence lasts a year at most."))
        return given

    def period(self) -> tuple[datetime, datetime]:
        """From when until when; whole days without hours."""
        return self._period(self.cleaned_data)

    @staticmethod
    def _period(given: dict[str, Any]) -> tuple[datetime, datetime]:
        starts_at = moment(given["first_day"], given.get("first_hour") or time())
        if given.get("last_hour"):
            return starts_at, moment(given["last_day"], given["last_hour"])
        return starts_at, moment(given["last_day"] + timedelta(days=1), time())


class KindForm(Form):
    """What one books."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("What people read when they book."))
    words = forms.CharField(
        label=_("What to know before coming"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In simple words: what happens, what to bring."),
    )
    minutes = forms.TypedChoiceField(
        label=_("Length"), choices=_lengths(15, 20, 30, 45, 60, 75, 90, 120, 180), coerce=int
    )
    rest_minutes = forms.TypedChoiceField(
        label=_("Kept free afterwards"),
        choices=_lengths(0, 5, 10, 15, 30, 45, 60),
        coerce=int,
        help_text=_("To write down what was done, or for the road."),
    )
    modes = forms.MultipleChoiceField(label=_("How"), choices=Mode.choices, widget=CheckCards)
    bookers = forms.MultipleChoiceField(label=_("Who may book"), choices=Booker.choices, widget=CheckCards)
    notice_minutes = forms.TypedChoiceField(
        label=_("No later than"),
        choices=[
            (0, _("Until the last moment")),
            (120, _("Two hours before")),
            (1440, _("One day before")),
            (2880, _("Two days before")),
            (10080, _("One week before")),
        ],
        coerce=int,
    )
    ahead_days = forms.TypedChoiceField(
        label=_("How far ahead"),
        choices=[
            (days, ngettext_lazy("%(days)s day", "%(days)s days", "days") % {"days": days})
            for days in (7, 14, 30, 60, 90)
        ],
        coerce=int,
    )
    needs = forms.MultipleChoiceField(
        label=_("Which needs it answers"),
        choices=[(term.value, term.value) for term in Service],
        widget=CheckCards,
        required=False,
    )
    asks_code = forms.BooleanField(
        label=_("Always ask the public for a code"),
        help_text=_(
            "When hours are booked for nothing. A code comes by SMS or e-mail and is typed before the booking."
        ),
        required=False,
    )
    is_active = forms.BooleanField(label=_("Can be booked"), required=False)

    columns = (
        "name",
        "words",
        "minutes",
        "rest_minutes",
        "modes",
        "bookers",
        "notice_minutes",
        "ahead_days",
        "needs",
        "asks_code",
    )

    def values(self) -> dict[str, Any]:
        """The columns."""
        return {name: self.cleaned_data[name] for name in (*self.columns, "is_active")}


def kind_initial(kind: AppointmentKind | None) -> dict[str, Any]:
    """A kind as the form shows it; a new one as most are."""
    shown = kind or AppointmentKind()
    usual = {"modes": (Mode.PLACE,), "bookers": (Booker.PRESCRIBER, Booker.COLLEAGUE, Booker.DESK)}
    return {name: getattr(shown, name) for name in (*KindForm.columns, "is_active")} | ({} if kind else usual)


class RoomForm(Form):
    """A room or a vehicle."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[one for one in ResourceKind.choices if one[0] != ResourceKind.MEDIATOR],
        widget=OptionCards,
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=500, required=False)
    is_active = forms.BooleanField(label=_("Can be booked"), required=False, initial=True)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = desk.places(desk.unit_ids(user))  # type: ignore[attr-defined]


class UnitForm(Form):
    """For which unit, when one has several."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[one.pk for one in units])  # type: ignore[attr-defined]
        self.initial.setdefault("unit", units[0].pk if units else None)


class CalendarForm(Form):
    """A calendar kept elsewhere."""

    url = forms.URLField(
        label=_("Secret address of the calendar"),
        max_length=500,
        assume_scheme="https",
        help_text=_("In the other program: share or publish, ICS format. It begins with https://"),
    )

    def clean_url(self) -> str:
        """Encrypted only."""
        url = str(self.cleaned_data["url"])
        url = "https://" + url.removeprefix("webcal://") if url.startswith("webcal://") else url
        if not url.startswith("https://"):
            raise ValidationError(_("The address must begin with https://"))
        return url


def absence_initial(day: datetime) -> dict[str, Any]:
    """A new absence as the form shows it."""
    return {"first_day": paris(day).date(), "last_day": paris(day).date()}
