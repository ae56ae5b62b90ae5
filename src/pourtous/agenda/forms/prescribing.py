"""Booking for somebody else: who, where from, in which way, and the hour chosen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.agenda.enums import Mode, Theme
from pourtous.agenda.forms.appointments import DayInput, PhoneField
from pourtous.agenda.operations.open_booking import Hour
from pourtous.agenda.queries.offers import kind_for
from pourtous.people.fields import PersonField
from pourtous.places.queries import published
from pourtous.territories import queries as communes
from pourtous.ui.forms import Form

WAYS = [("", _("On the spot or by phone")), *Mode.choices]
THEMES = [("", _("All themes")), *Theme.choices]


class CommuneField(forms.CharField):
    """A name or a postcode: the first commune that answers; None when nothing was said."""

    def clean(self, value: Any) -> Any:
        """From words to a commune."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        found = communes.communes_of_postcode(text) or communes.communes_named(text, 1)
        if not found:
            raise ValidationError(_("Nothing is known under this name. Write a commune or its postcode."))
        return found[0]


class NearForm(Form):
    """Where from, and in which way."""

    commune = CommuneField(label=_("Near which commune"), max_length=100, required=False)
    mode = forms.ChoiceField(label=_("How they meet"), choices=WAYS, required=False)


class PrescribeForm(NearForm):
    """One of the people one's unit follows."""

    person = PersonField()
    need = forms.CharField(
        label=_("What for"),
        max_length=300,
        required=False,
        help_text=_("In the person’s words. No health, no password."),
    )
    home_address = forms.CharField(label=_("Address to go to"), max_length=250, required=False)
    field_order = ("person", "need", "commune", "mode", "home_address")

    def __init__(self, *args: Any, user: Any, now: datetime, chosen: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].look_in(user, now=now, chosen=chosen)  # type: ignore[attr-defined]


class PrescribeCourseForm(Form):
    """One of the people one's unit follows, and what they would learn."""

    person = PersonField()
    commune = CommuneField(label=_("Near which commune"), max_length=100, required=False)
    theme = forms.ChoiceField(label=_("What to learn"), choices=THEMES, required=False)
    first = forms.DateField(label=_("From which day on"), widget=DayInput(), required=False)
    has_seats = forms.BooleanField(label=_("Only where a seat is free"), required=False)

    def __init__(self, *args: Any, user: Any, now: datetime, chosen: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].look_in(user, now=now, chosen=chosen)  # type: ignore[attr-defined]


class CallerForm(NearForm):
    """Somebody on the phone."""

    words = forms.CharField(
        label=_("Place or course"), max_length=100, required=False, help_text=_("A name, or a word of it.")
    )
    theme = forms.ChoiceField(label=_("What to learn"), choices=THEMES, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    need = forms.CharField(label=_("What for"), max_length=300, required=False)
    home_address = forms.CharField(label=_("Address to go to"), max_length=250, required=False)


def read_hour(text: str, booker: str) -> Hour:
    """The free hour a button stands for. ValidationError when it is none of ours."""
    parts = text.split("|")
    try:
        kind = kind_for(UUID(parts[0]), booker)
        starts_at = datetime.fromisoformat(parts[1])
        place = published(parts[3]) if parts[3] else None
    except (ValueError, IndexError):
        kind = None
    if kind is None or parts[2] not in Mode.values or starts_at.tzinfo is None or (parts[3] and place is None):
        raise ValidationError(_("Choose one of the free hours."))
    return Hour(kind, starts_at, parts[2], place)
