"""The questions put to who books a meeting, and to who comes back with a code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pourtous.people.rules.phones import read_phone
from pourtous.portal.course_forms import CodeForm, ReachForm
from pourtous.ui.forms import CheckCards, Form

_capital = lazy(capfirst, str)


class ReachBookerForm(ReachForm):
    """How to reach who comes to an appointment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telephone"].help_text = _("We send an SMS before the appointment.")


class CallForm(Form):
    """Only a phone: we call."""

    telephone = forms.CharField(
        label=_("Phone number"),
        help_text=_("We call this number."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Write your phone number."), "max_length": _("Write only a phone number.")},
    )

    def clean_telephone(self) -> str:
        """A number that can be called."""
        if read_phone(self.cleaned_data["telephone"]) is None:
            raise ValidationError(_("This number cannot be right. Example: 06 39 98 00 01."))
        return str(self.cleaned_data["telephone"])


class HomeForm(Form):
    """Where to come."""

    adresse = forms.CharField(
        label=_("Your address"),
        help_text=_("Number, street, town. A floor or a door code too."),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Write your address."), "max_length": _("Write a shorter address, please.")},
    )


class BackForm(CodeForm):
    """The code, and something only who booked knows."""

    preuve = forms.CharField(
        label=_("Your first name, or the end of your phone number"),
        help_text=_("Two letters are enough, or the last four digits."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write your first name, or four digits."),
            "max_length": _("Write only the first name."),
        },
    )


class WaitForm(ReachForm):
    """Which days, who, and how to tell them: no hour suited."""

    jours = forms.MultipleChoiceField(
        label=_("Which days suit you?"),
        help_text=_("Tick nothing if every day suits you."),
        required=False,
        choices=[(str(number), _capital(name)) for number, name in list(WEEKDAYS.items())[:6]],
        widget=CheckCards(kind="list"),
        error_messages={"invalid_choice": _("Choose days of the list.")},
    )
    prenom = forms.CharField(
        label=_("First name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "autocapitalize": "words"}),
        error_messages={"required": _("Write a first name."), "max_length": _("Write only the first name.")},
    )
    cle = forms.CharField(max_length=60, widget=forms.HiddenInput)
    field_order = ("jours", "prenom", "telephone", "courriel", "cle")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telephone"].help_text = _("A mobile phone: we send an SMS when an hour is free.")


class ConfirmForm(Form):
    """The code that was just sent."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Six digits."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Write the six digits."), "max_length": _("The code has six digits.")},
    )


class CallMeForm(CallForm):
    """To be called back: a phone, and when."""

    prenom = forms.CharField(
        label=_("First name"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "autocapitalize": "words"}),
        error_messages={"max_length": _("Write only the first name.")},
    )
    ou = forms.CharField(
        label=_("Your town"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "autocapitalize": "words"}),
        error_messages={"max_length": _("Write only the name of your town.")},
    )
    quand = forms.CharField(
        label=_("When shall we call?"),
        help_text=_("For example: in the morning."),
        required=False,
        max_length=120,
        error_messages={"max_length": _("Write fewer words, please.")},
    )
