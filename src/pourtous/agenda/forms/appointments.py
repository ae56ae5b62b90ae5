"""Forms about one appointment."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.agenda.enums import Mode
from pourtous.agenda.models import Appointment, AppointmentKind, Resource
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.queries import desk
from pourtous.agenda.queries.day import place_at
from pourtous.agenda.rules.occupied_time import on_clock
from pourtous.people.fields import PersonField
from pourtous.people.models import Person
from pourtous.people.rules.phones import read_phone
from pourtous.places.models import Place
from pourtous.ui.format import phone
from pourtous.ui.forms import Form, OptionCards


class DayInput(forms.DateInput):
    """The calendar of the phone."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class HourInput(forms.TimeInput):
    """The clock of the phone, by five minutes."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", attrs={"step": 300}, **kwargs)


class PhoneField(forms.CharField):
    """A telephone number as people write it; kept as E.164."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"})
        super().__init__(max_length=30, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """In pairs, as one reads it aloud."""
        return phone(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The number in one form."""
        number = read_phone(super().clean(value))
        if number is None:
            raise ValidationError(_("This is not a telephone number. Example: 06 39 98 00 01."))
        return number


class WhoForm(Form):
    """Who comes."""

    person = PersonField(required=False)
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    need = forms.CharField(
        label=_("What for"),
        max_length=300,
        required=False,
        help_text=_("In the person’s words. No health, no password."),
    )
    home_address = forms.CharField(label=_("Address to go to"), max_length=250, required=False)

    who_fields = ("person", "first_name", "phone", "email", "need", "home_address")

    def __init__(self, *args: Any, user: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.now = user, now
        field = self.fields["person"]
        field.label, field.help_text = _("Person with a file"), _("Part of the name, or the code.")
        field.look_in(user, now=now)  # type: ignore[attr-defined]

    def clean(self) -> Any:
        """Somebody, one way or the other."""
        cleaned = super().clean() or {}
        told = cleaned.get("person") or cleaned.get("first_name") or "person" not in self.fields
        if not told and "person" not in self.errors:
            self.add_error("first_name", _("Choose a person, or give a first name."))
        return cleaned

    def who(self, *, kept: Person | None = None) -> Who:
        """Who comes, for the operation. `kept`: the person, when the form does not ask."""
        given = self.cleaned_data
        person = given.get("person", kept)
        told = {name: given[name] for name in self.who_fields if name != "person"}
        return Who(person=person, language=person.language if person else "fr", **told)


def initial_of(appointment: Appointment) -> dict[str, Any]:
    """Who comes, as the form shows it."""
    names = ("first_name", "phone", "email", "need", "home_address")
    return {name: getattr(appointment, name) for name in names}


class WhenForm(Form):
    """On which day and at what hour."""

    day = forms.DateField(label=_("Day"), widget=DayInput())
    hour = forms.TimeField(label=_("Hour"), widget=HourInput())

    def starts_at(self) -> datetime:
        """The moment."""
        return moment(self.cleaned_data["day"], self.cleaned_data["hour"])


def moment(day: date, hour: time) -> datetime:
    """The moment of an hour in Paris (UTC)."""
    return on_clock(day, hour.replace(second=0, microsecond=0)).astimezone(UTC)


class BookForm(WhoForm, WhenForm):
    """A new appointment, by a professional."""

    kind = forms.ModelChoiceField(label=_("Kind of appointment"), queryset=AppointmentKind.objects.none())
    mediator = forms.ModelChoiceField(
        label=_("With"),
        queryset=Resource.objects.none(),
        required=False,
        empty_label=_("Whoever is free"),
    )
    mode = forms.ChoiceField(label=_("How"), choices=Mode.choices, widget=OptionCards)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)
    room = forms.ModelChoiceField(label=_("Room or vehicle"), queryset=Resource.objects.none(), required=False)

    field_order = ("kind", "mediator", "day", "hour", "mode", "place", "room", *WhoForm.who_fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = desk.unit_ids(self.user)
        chosen = {"kind": desk.kinds(ids), "mediator": desk.mediators_of(ids)}
        chosen |= {"place": desk.places(ids), "room": desk.rooms(ids)}
        for name, found in chosen.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> Any:
        """A place to meet at, when it is at a place."""
        cleaned = super().clean()
        cleaned["place"] = cleaned.get("place") or self._place_of_hours(cleaned)
        if cleaned.get("mode") == Mode.PLACE and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Choose the place."))
        if cleaned.get("mode") == Mode.HOME and not cleaned.get("home_address"):
            self.add_error("home_address", _("Give the address to come to."))
        return cleaned

    def _place_of_hours(self, given: dict[str, Any]) -> Place | None:
        """Where the mediator receives at that hour, when no place was chosen."""
        mediator, day, hour = given.get("mediator"), given.get("day"), given.get("hour")
        if given.get("mode") != Mode.PLACE or mediator is None or day is None or hour is None:
            return None
        return place_at(mediator, moment(day, hour))
