"""Registering somebody, or adding who came without registering."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.agenda.operations.registrations import Attendee
from pourtous.agenda.queries.registrations import event_of_code
from pourtous.kernel.ids import read_code
from pourtous.people.fields import PersonField
from pourtous.ui.forms import Form


class AttendeeForm(Form):
    """Somebody with a file, or a first name and how to reach them."""

    person = PersonField(label=_("Somebody your unit follows"), required=False)
    first_name = forms.CharField(label=_("Or a first name"), required=False, max_length=80)
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "type": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    event = forms.CharField(
        label=_("Code of a slip"),
        help_text=_("Given at a market, a food bank, a school gate."),
        required=False,
        max_length=20,
    )

    def __init__(self, *args: Any, user: Any, now: datetime, follows: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if follows:
            self.fields["person"].look_in(user, now=now)  # type: ignore[attr-defined]
        else:
            del self.fields["person"]
            self.fields["first_name"].label = _("First name")

    def clean_event(self) -> Any:
        """The event of this code."""
        text = self.cleaned_data["event"]
        if not text:
            return None
        event = event_of_code(read_code(text) or "")
        if event is None:
            raise ValidationError(_("No event has this code."))
        return event

    def who(self) -> Attendee:
        """Who comes."""
        data = self.cleaned_data
        return Attendee(
            person=data.get("person"), first_name=data["first_name"], phone=data["phone"], email=data["email"]
        )
