"""The questions put to who looks for a course, and to who registers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.agenda.rules.contacts import read_email
from pourtous.kernel.ids import read_code
from pourtous.people.rules.phones import read_phone
from pourtous.portal.rules import sought
from pourtous.ui.forms import Form, Option, OptionCards

WHOLE, ONE = "tout", "une"
ME, OTHER = "moi", "autre"
CODE_LENGTH = 8
_MAX_NAME = 80


class ThemeForm(Form):
    """What one wants to learn: nine themes in two families, or all."""

    theme = forms.ChoiceField(
        label=_("What would you like to learn?"),
        choices=[
            *((key, theme.label) for key, theme in sought.THEMES.items()),
            (sought.EVERYTHING, _("I don’t know")),
        ],
        widget=OptionCards(
            options={
                **{key: Option("", sought.ICONS[theme]) for key, theme in sought.THEMES.items()},
                sought.EVERYTHING: Option(_("We show you everything."), "question", apart=True),
            },
            hide_label=True,
        ),
        error_messages={
            "required": _("Choose an answer. You may choose “I don’t know”."),
            "invalid_choice": _("Choose an answer of the list."),
        },
    )


class CriteriaForm(Form):
    """All the filters of the catalogue, on a page of their own."""

    niveau = forms.ChoiceField(
        label=_("Your level"),
        required=False,
        choices=[
            ("", _("All levels")),
            ("debut", _("To begin")),
            ("deja", _("I manage a little")),
            ("avance", _("To go further")),
        ],
        widget=forms.RadioSelect,
    )
    quand = forms.MultipleChoiceField(
        label=_("When"),
        required=False,
        choices=[(one.key, one.title) for one in sought.WHEN],
        widget=forms.CheckboxSelectMultiple,
    )
    avec = forms.MultipleChoiceField(
        label=_("What matters to you"),
        required=False,
        choices=[(one.key, one.title) for one in sought.WISHES],
        widget=forms.CheckboxSelectMultiple,
    )


class ScopeForm(Form):
    """A course has several sessions: all of them, or this one."""

    quoi = forms.ChoiceField(
        label=_("Which sessions do you come to?"),
        choices=[(WHOLE, _("All the sessions")), (ONE, _("Only this one"))],
        widget=OptionCards(hide_label=True),
    )


class ForWhomForm(Form):
    """Oneself, or somebody else."""

    pour = forms.ChoiceField(
        label=_("Who is the seat for?"),
        choices=[(ME, _("For me")), (OTHER, _("For somebody else"))],
        widget=OptionCards(
            options={
                ME: Option("", "person"),
                OTHER: Option(_("A relative, a neighbour, somebody you help."), "people"),
            },
            hide_label=True,
        ),
    )


class NameForm(Form):
    """A first name, nothing more."""

    prenom = forms.CharField(
        label=_("First name"),
        max_length=_MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "autocapitalize": "words"}),
        error_messages={"required": _("Write a first name."), "max_length": _("Write only the first name.")},
    )


class Maybe(forms.CharField):
    """One of two ways to answer: not marked as optional, yet it may stay empty when the other is filled."""

    def validate(self, value: Any) -> None:
        """The form says what is missing, once both answers are known."""


class ReachForm(Form):
    """A phone or an e-mail: one is enough."""

    telephone = Maybe(
        label=_("Phone number"),
        help_text=_("We send an SMS before the session."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"max_length": _("Write only a phone number.")},
    )
    courriel = Maybe(
        label=_("Or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "inputmode": "email"}),
        error_messages={"max_length": _("Write only an e-mail.")},
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and each one readable."""
        cleaned: dict[str, Any] = super().clean() or {}
        phone, email = cleaned.get("telephone") or "", cleaned.get("courriel") or ""
        if not phone and not email and not self.errors:
            self.add_error("telephone", ValidationError(_("Write a phone number or an e-mail.")))
        if read_phone(phone) is None:
            self.add_error("telephone", ValidationError(_("This number cannot be right. Example: 06 39 98 00 01.")))
        if read_email(email) is None:
            self.add_error("courriel", ValidationError(_("This e-mail cannot be right. Example: odile@exemple.fr.")))
        return cleaned


class CodeForm(Form):
    """To come back to what one booked."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Eight letters and digits. It is on your paper or your message."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write your code."), "max_length": _("A code has eight letters and digits.")},
    )

    def clean_code(self) -> str:
        """The code put straight."""
        code = read_code(self.cleaned_data["code"])
        if code is None or len(code) != CODE_LENGTH:
            raise ValidationError(_("This code cannot be right. Read it again, letter by letter."))
        return code
