"""Forms of those who hold courses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.models import Unit
from pourtous.agenda.enums import FAMILY, Family, Format, Level, Theme
from pourtous.agenda.models import Course, Resource, Session
from pourtous.agenda.operations.courses import FIELDS
from pourtous.agenda.operations.sessions import Means, Venue
from pourtous.agenda.queries import courses as queries
from pourtous.agenda.rules.runs import MAX_DATES, Meeting, Pattern, meeting
from pourtous.kernel.clock import paris
from pourtous.places.models import Place
from pourtous.places.queries import published
from pourtous.territories.queries import communes_named, communes_of_postcode
from pourtous.ui.forms import CheckCards, DateField, Form, Option, OptionCards

LANGUAGES = [
    ("fr", _("French")),
    ("ar", _("Arabic")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("oc", _("Occitan")),
    ("uk", _("Ukrainian")),
    ("lsf", _("French sign language")),
]
_FORMATS: dict[str, Option] = {
    Format.TRAINING: Option(_("One or several sessions, free or paid with passes."), "book"),
    Format.TRY_ONCE: Option(_("One session, free, no paper asked."), "heart"),
    Format.OUTREACH: Option(_("A market, a food bank, a school gate: nobody registers, you count."), "people"),
}
_WEEKDAYS = [(str(number), name) for number, name in WEEKDAYS.items()]


def _grouped_themes() -> list[tuple[Any, list[tuple[str, Any]]]]:
    return [
        (family.label, [(theme.value, theme.label) for theme in Theme if FAMILY[theme] is family]) for family in Family
    ]


def _number(label: Any, least: int, most: int, *, hint: Any = "", initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=least,
        max_value=most,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}),
        error_messages={"invalid": _("Write a number.")},
    )


class CourseForm(Form):
    """A course, in words a person understands."""

    unit = forms.ModelChoiceField(label=_("Held by"), queryset=Unit.objects.none())
    format = forms.ChoiceField(
        label=_("What it is"), choices=Format.choices, widget=OptionCards(options=_FORMATS), initial=Format.TRAINING
    )
    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("For example: “First steps with my phone”."))
    theme = forms.ChoiceField(label=_("Theme"), choices=_grouped_themes)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.BEGINNER)
    aims = forms.CharField(
        label=_("What people will be able to do"),
        help_text=_("One a line, in plain words. For example: “Send a photo”."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    for_whom = forms.CharField(label=_("For whom"), required=False, max_length=300)
    session_count = _number(_("Number of sessions"), 1, MAX_DATES, initial=1)
    minutes = _number(_("Length of a session, in minutes"), 15, 480, initial=120)
    seats = _number(_("Seats"), 1, 500, initial=8)
    pass_cost = _number(_("Passes for the whole course"), 0, 100, hint=_("0: free of charge."), initial=0)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="fr")
    plain_french = forms.BooleanField(label=_("For people not at ease in French"), required=False)
    wheelchair = forms.NullBooleanField(
        label=_("One can enter in a wheelchair"),
        required=False,
        widget=forms.Select(choices=[("unknown", _("Not said")), ("true", _("Yes")), ("false", _("No"))]),
    )
    access_notes = forms.CharField(
        label=_("Getting in"), help_text=_("For example: “Ring at the blue door”."), required=False, max_length=300
    )

    def __init__(self, *args: Any, user: Any, course: Course | None = None, **kwargs: Any) -> None:
        if course is not None:
            kwargs.setdefault("initial", {name: getattr(course, name) for name in FIELDS})
        super().__init__(*args, **kwargs)
        units = queries.holding_units(user)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if course is not None:
            del self.fields["unit"]
        elif len(units) == 1:
            self.fields["unit"].initial = units[0].pk
            self.fields["unit"].widget = forms.HiddenInput()

    def facts(self) -> dict[str, Any]:
        """Columns of the course."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class _PlacedForm(Form):
    """Where, with whom, for how many: shared by a run and a session."""

    place = forms.ModelChoiceField(
        label=_("Place"), queryset=Place.objects.none(), required=False, empty_label=_("Another place, below")
    )
    place_code = forms.CharField(
        label=_("Or the code of a place of the directory"),
        help_text=_("Six letters and digits, on the place’s page."),
        required=False,
        max_length=20,
    )
    where = forms.CharField(
        label=_("Or where it is, in words"),
        help_text=_("For example: “Market, in front of the town hall”."),
        required=False,
        max_length=200,
    )
    commune = forms.CharField(label=_("and in which commune"), required=False, max_length=120)
    mediators = forms.ModelMultipleChoiceField(
        label=_("With"), queryset=Resource.objects.none(), required=False, widget=CheckCards(kind="list")
    )
    room = forms.ModelChoiceField(label=_("Room or vehicle"), queryset=Resource.objects.none(), required=False)
    seats = _number(_("Seats"), 1, 500)
    is_open = forms.BooleanField(label=_("The public may register on the internet"), required=False, initial=True)

    def __init__(self, *args: Any, unit: Unit, is_outreach: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = queries.places_of(unit)  # type: ignore[attr-defined]
        self.fields["mediators"].queryset = queries.mediators_of(unit)  # type: ignore[attr-defined]
        self.fields["room"].queryset = queries.rooms_of(unit)  # type: ignore[attr-defined]
        for name in ("mediators", "room"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]
        if is_outreach:
            del self.fields["seats"], self.fields["is_open"]

    def clean_place_code(self) -> Any:
        """The place of this code."""
        code = self.cleaned_data["place_code"]
        if not code:
            return None
        place = published(code)
        if place is None:
            raise ValidationError(_("No place of the directory has this code."))
        return place

    def clean_commune(self) -> Any:
        """One commune, by its name or postcode."""
        text = self.cleaned_data["commune"]
        if not text:
            return None
        found = communes_of_postcode(text) if text.replace(" ", "").isdigit() else communes_named(text, 2)
        if not found:
            raise ValidationError(_("We do not know this commune."))
        if text.replace(" ", "").isdigit() and len(found) > 1:
            names = ", ".join(one.name for one in found[:6])
            raise ValidationError(
                _("Several communes have this postcode. Write one name: %(names)s."), params={"names": names}
            )
        return found[0]

    def venue(self) -> Venue:
        """Where."""
        data = self.cleaned_data
        place = data["place"] or data["place_code"]
        return Venue(place, "" if place else data["where"], None if place else data["commune"])

    def means(self) -> Means:
        """With whom and for how many."""
        data = self.cleaned_data
        return Means(
            seats=data.get("seats") or 1,
            mediators=tuple(data.get("mediators") or ()),
            room=data.get("room"),
            is_open=bool(data.get("is_open", True)),
        )


class RunForm(_PlacedForm):
    """A course held once: dates by a pattern, then where and with whom."""

    first = DateField(label=_("First date"))
    starts = forms.TimeField(
        label=_("Starts at"),
        help_text=_("For example: 9:30."),
        widget=forms.TextInput(attrs={"class": "input--short", "inputmode": "text"}),
        input_formats=["%H:%M", "%Hh%M", "%Hh", "%H h %M", "%H h", "%H"],
        error_messages={"invalid": _("Write an hour. Example: 9:30.")},
    )
    minutes = _number(_("Length of a session, in minutes"), 15, 480)
    weekdays = forms.MultipleChoiceField(
        label=_("Days"),
        help_text=_("Without a day, that of the first date."),
        required=False,
        choices=_WEEKDAYS,
        widget=CheckCards(kind="row"),
    )
    every_weeks = forms.TypedChoiceField(
        label=_("Comes back"),
        coerce=int,
        choices=[
            (1, _("Every week")),
            (2, _("Every second week")),
            (3, _("Every third week")),
            (4, _("Every fourth week")),
        ],
    )
    count = _number(_("Number of sessions"), 1, MAX_DATES)
    skips_public = forms.BooleanField(label=_("Not on public holidays"), required=False, initial=True)
    skips_school = forms.BooleanField(label=_("Not in the school holidays"), required=False)
    field_order = ("first", "starts", "minutes", "weekdays", "every_weeks", "count", "skips_public", "skips_school")

    def pattern(self) -> Pattern:
        """The dates asked."""
        data = self.cleaned_data
        weekdays = frozenset(int(day) for day in data["weekdays"]) or frozenset({data["first"].weekday()})
        return Pattern(
            first=data["first"],
            weekdays=weekdays,
            starts=data["starts"],
            minutes=data["minutes"],
            count=data["count"],
            every_weeks=data["every_weeks"],
        )


class SessionForm(_PlacedForm):
    """One session."""

    day = DateField(label=_("Day"))
    starts = forms.TimeField(
        label=_("Starts at"),
        widget=forms.TextInput(attrs={"class": "input--short"}),
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", "%H h %M", "%H h", "%H"],
        error_messages={"invalid": _("Write an hour. Example: 9:30.")},
    )
    minutes = _number(_("Length of a session, in minutes"), 15, 480)
    field_order = ("day", "starts", "minutes")

    def meeting(self) -> Meeting:
        """When."""
        data = self.cleaned_data
        return meeting(data["day"], data["starts"], data["minutes"])


def initial_of(session: Session) -> dict[str, Any]:
    """A session as its form shows it."""
    at = paris(session.starts_at)
    return {
        "day": at.date(),
        "starts": at.strftime("%H:%M"),
        "minutes": int((session.ends_at - session.starts_at).total_seconds() // 60),
        "place": session.place_id,
        "where": session.where,
        "commune": session.commune.name if session.commune and not session.place_id else "",
        "mediators": [one.pk for one in session.mediators.all()],
        "room": session.room_id,
        "seats": session.seats,
        "is_open": session.is_open,
    }


class ReasonForm(Form):
    """Why a session will not take place."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("People who registered will read it. For example: “The room is flooded”."),
        max_length=200,
    )
    scope = forms.ChoiceField(
        label=_("What is cancelled"),
        choices=[("one", _("Only this session")), ("run", _("This one and all that follow in the same course"))],
        widget=OptionCards(kind="list"),
        initial="one",
    )
