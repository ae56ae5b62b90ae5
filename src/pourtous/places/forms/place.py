"""The editing form of a place, in sections that a person understands. Any clear format of phone, site or e-mail."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pourtous.places.enums import Network
from pourtous.places.forms import wording
from pourtous.places.forms.hours import HoursForm
from pourtous.places.forms.told import in_words
from pourtous.places.importers import values
from pourtous.places.models import Place
from pourtous.ui import format as written
from pourtous.ui.forms import CheckCards, Form, OptionCards

_BETWEEN = re.compile(r"[\s,;|]+")
_YES_NO = [("yes", _("Yes")), ("no", _("No")), ("", _("To be checked"))]
_TRUTHS = {"yes": True, "no": False, "": None}
TRUTHS = ("walk_in", "wheelchair", "home_help", "plain_french", "accepts_pass")
LISTS = ("services", "supports", "audiences", "care", "fees", "access_modes", "itinerance", "programmes", "networks")


def _ticks(label: Any, choices: Any, help_text: Any = "", **widget: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=False,
        widget=CheckCards(**({"kind": "list"} | widget)),
    )


def _truth(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=_YES_NO,
        help_text=help_text,
        required=False,
        coerce=_TRUTHS.get,
        empty_value=None,
        widget=OptionCards(kind="row"),
    )


def _line(label: Any, longest: int, help_text: Any = "", *, required: bool = False, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=help_text,
        required=required,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"max_length": _("Write a shorter text: %(limit_value)s signs at most.")},
    )


def _lines(label: Any, longest: int, rows: int, help_text: Any = "") -> forms.CharField:
    field = _line(label, longest, help_text)
    field.widget = forms.Textarea(attrs={"rows": rows})
    return field


@dataclass(frozen=True)
class Section:
    """A part of the form; `told` says in a few words what is in it."""

    key: str
    title: str | Promise
    fields: list[BoundField]
    told: str

    @property
    def has_errors(self) -> bool:
        """Whether an answer of this part is to be seen again."""
        return any(field.errors for field in self.fields)


class PlaceForm(Form):
    """What a manager says of a place; `cleaned_data` holds columns of `Place`, except the opening hours."""

    mixes_required = False  # the page says which few answers are needed

    name = _line(_("Name of the place"), 250, required=True, autocomplete="organization")
    services = _ticks(_("What do you help with?"), wording.SERVICES, options=wording.SERVICE_OPTIONS)
    supports = _ticks(_("How do you help?"), wording.SUPPORTS)
    summary = _lines(
        _("In one or two sentences"), 280, 2, _("What one reads first. 280 signs at most. Short and plain words.")
    )
    description = _lines(_("More, for those who want to know"), 5000, 5)

    audiences = _ticks(
        _("Is the place above all for some people?"), wording.AUDIENCES, _("Nothing ticked: it is for everybody.")
    )
    care = _ticks(_("Whom do you know how to welcome?"), wording.CARE, _("Tick only what is really in place."))
    plain_french = _truth(_("Do you help people who are not at ease in French?"))
    home_help = _truth(_("Do you go to people’s homes?"))

    address = _line(_("Street and number"), 250, _("For example: 14, quai des Jouteurs"), autocomplete="street-address")
    address_complement = _line(_("Building, floor, entrance"), 250)
    postcode = _line(_("Postcode"), 10, autocomplete="postal-code", inputmode="numeric")
    commune_name = _line(_("Commune"), 120, required=True, autocomplete="address-level2")
    itinerance = _ticks(_("Does the place move?"), wording.ITINERANCE)
    access_modes = _ticks(_("How does one come to you?"), wording.ACCESS_MODES)
    walk_in = _truth(_("Can one come without an appointment?"))
    access_notes = _lines(
        _("What helps to find you"), 2000, 3, _("Bus stop, entrance, car park, languages that you speak.")
    )

    phone = _line(_("Telephone"), 40, inputmode="tel", autocomplete="tel")
    emails = _lines(_("E-mail"), 1000, 2, _("Several: one a line. An address of the place, not of a person."))
    websites = _lines(_("Website"), 2000, 2, _("Several: one a line."))
    booking_url = _line(_("Page where one books"), 500, inputmode="url")

    hours_notes = _line(
        _("To know about the hours"),
        300,
        _("Shown under the hours. For example: shorter hours in the school holidays."),
    )

    wheelchair = _truth(_("Can one come in with a wheelchair?"))
    accessibility_url = _line(
        _("Page of the place on Acceslibre"), 500, _("acceslibre.beta.gouv.fr tells how to get in."), inputmode="url"
    )

    fees = _ticks(_("What does it cost?"), wording.FEES)
    accepts_pass = _truth(_("Do you take the digital pass?"))
    networks = _ticks(_("Is the place part of a local network?"), Network.choices)
    programmes = _ticks(_("National programmes"), wording.PROGRAMMES)
    parent = _line(_("Organisation the place belongs to"), 250)

    SECTIONS = (
        ("what", _("What for"), ("name", "services", "supports", "summary", "description")),
        ("hours", _("Opening hours"), ("hours_notes",)),
        ("contact", _("Contact"), ("phone", "emails", "websites", "booking_url")),
        (
            "way",
            _("How to come"),
            (
                "address",
                "address_complement",
                "postcode",
                "commune_name",
                "itinerance",
                "access_modes",
                "walk_in",
                "access_notes",
            ),
        ),
        ("whom", _("For whom"), ("audiences", "care", "plain_french", "home_help")),
        ("access", _("Access for everybody"), ("wheelchair", "accessibility_url")),
        ("programme", _("Price and programmes"), ("fees", "accepts_pass", "networks", "programmes", "parent")),
    )

    def sections(self, hours: HoursForm | None = None) -> Iterator[Section]:
        """The parts, in order: what changes often comes first."""
        told = in_words(self, hours)
        for key, title, names in self.SECTIONS:
            yield Section(key, title, [self[name] for name in names], told[key])

    def clean_postcode(self) -> str:
        """Five digits, whatever the spaces."""
        return self._read("postcode", values.postcode)

    def clean_phone(self) -> str:
        """In E.164, whatever the spaces, dots and dashes."""
        area = values.region(re.sub(r"\D", "", str(self.data.get(self.add_prefix("postcode"), ""))))
        return self._read("phone", lambda text: values.phone(text, area))

    def clean_booking_url(self) -> str:
        """With its https://."""
        return self._read("booking_url", values.url)

    def clean_accessibility_url(self) -> str:
        """With its https://."""
        return self._read("accessibility_url", values.url)

    def clean_emails(self) -> tuple[str, ...]:
        """One or several."""
        return self._read_all("emails", values.email)

    def clean_websites(self) -> tuple[str, ...]:
        """One or several."""
        return self._read_all("websites", values.url)

    def _read(self, name: str, read: Any) -> str:
        text = self.cleaned_data[name]
        if not text:
            return ""
        value = read(text)
        if not value.kept:
            raise ValidationError(value.message)
        return str(value.kept)

    def _read_all(self, name: str, read: Any) -> tuple[str, ...]:
        found = [read(part) for part in _BETWEEN.split(self.cleaned_data[name]) if part]
        if wrong := next((value for value in found if not value.kept), None):
            raise ValidationError(wrong.message)
        return tuple(value.kept for value in found)

    def changes(self, place: Place | None) -> dict[str, Any]:
        """Columns and values for `edit_place`: valid answers only. Terms that the form does not know stay."""
        found = dict(self.cleaned_data)
        for name in set(LISTS) & set(found):
            field = self.fields[name]
            offered = {value for value, _label in field.choices}  # type: ignore[attr-defined]
            kept = [term for term in getattr(place, name, ()) if term not in offered]
            found[name] = _in_order(getattr(place, name, ()), [*found[name], *kept])
        return found


def _in_order(before: tuple[str, ...], terms: list[str]) -> tuple[str, ...]:
    """The terms in the order they had, new ones after: an order alone is no change."""
    return tuple([term for term in before if term in terms] + [term for term in terms if term not in before])


def initial_of(place: Place) -> dict[str, Any]:
    """What the form shows of a place."""
    names = [name for name in PlaceForm.base_fields if name not in {"emails", "websites", *TRUTHS}]
    found = {name: getattr(place, name) for name in names}
    found |= {name: "\n".join(getattr(place, name)) for name in ("emails", "websites")}
    words = {truth: word for word, truth in _TRUTHS.items()}
    found["phone"] = written.phone(place.phone) if place.phone else ""
    return found | {name: words[getattr(place, name)] for name in TRUTHS}
