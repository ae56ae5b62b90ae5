"""The questions put to the public."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.text import slug
from pourtous.places.enums import ProblemAbout
from pourtous.portal.rules import choices, words
from pourtous.portal.rules.asked import DIMENSIONS, Asked
from pourtous.ui.forms import CheckCards, Form, Option, OptionCards

SENT = "suite"
EVERYWHERE = "partout"


def _options(of: tuple[choices.Choice, ...]) -> dict[str, Option]:
    return {one.key: Option(one.hint, one.icon, apart=one is choices.UNSURE) for one in of}


class NeedForm(Form):
    """Question 1."""

    besoin = forms.ChoiceField(
        label=_("What do you need help with?"),
        choices=[(one.key, one.title) for one in (*choices.NEEDS, choices.UNSURE)],
        widget=OptionCards(options=_options((*choices.NEEDS, choices.UNSURE)), hide_label=True),
        error_messages={
            "required": _("Choose an answer. You may choose “I don’t know”."),
            "invalid_choice": _("Choose an answer of the list."),
        },
    )


class TypedPlace(forms.CharField):
    """One of two ways to answer: not marked as optional, yet it may be empty when the other is used."""

    def validate(self, value: Any) -> None:
        """The view says what is missing, once both answers are known."""


class WhereForm(Form):
    """Question 2: where, in the person's own words, or nowhere in particular."""

    ou = TypedPlace(
        label=_("Town, postcode or address"),
        help_text=_("For example: Frontignan."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "autocapitalize": "words"}),
        error_messages={"max_length": _("Write only the name of your town.")},
    )
    partout = forms.MultipleChoiceField(
        label=_("Or"),
        required=False,
        choices=[("oui", _("I prefer not to say"))],
        widget=CheckCards(
            options={"oui": Option(_("We show places all over the département."), "map")}, hide_label=True
        ),
    )


class WishesForm(Form):
    """Question 3."""

    avec = forms.MultipleChoiceField(
        label=_("Does something matter to you?"),
        required=False,
        choices=[(one.key, one.title) for one in choices.WISHES],
        widget=CheckCards(options=_options(choices.WISHES), hide_label=True),
        error_messages={"invalid_choice": _("Choose among the answers of the list.")},
    )


class FiltersForm(Form):
    """All that the national standard tells of places, and our own yes or no."""

    avec = forms.MultipleChoiceField(
        label=_("What matters to you"),
        required=False,
        choices=[(one.key, one.title) for one in choices.WISHES],
        widget=forms.CheckboxSelectMultiple,
    )
    ouvert = forms.BooleanField(label=_("Open now"), required=False)
    # "pass" is a word of the language: the field is made in __init__.

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pass"] = forms.BooleanField(label=_("Takes digital passes"), required=False)
        for name, (_dimension, terms) in DIMENSIONS.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=FILTER_TITLES[name],
                required=False,
                choices=[(slug(term), words.label(term)) for term in terms],
                widget=forms.CheckboxSelectMultiple,
            )

    def groups(self) -> list[BoundField]:
        """The fields of several choices, each with a title of its own."""
        return [field for field in self if field.use_fieldset]

    def singles(self) -> list[BoundField]:
        """The yes or no fields: they stand in the first group."""
        return [field for field in self if not field.use_fieldset]


FILTER_TITLES: dict[str, Any] = {
    "service": _("What they help with"),
    "public": _("Made for"),
    "accueil": _("Used to receiving"),
    "prix": _("Price"),
    "contact": _("How to get in touch"),
    "aide": _("How they help"),
    "programme": _("National programmes"),
    "formation": _("Training and labels"),
    "reseau": _("Local network"),
    "mobile": _("Where it takes place"),
}


def filters_form(asked: Asked) -> FiltersForm:
    """The form with what is asked already ticked."""
    ticked: dict[str, Any] = {name: [slug(term) for term in terms] for name, terms in asked.terms.items()}
    ticked |= {"avec": list(asked.wishes), "ouvert": asked.open_now, "pass": asked.accepts_pass}
    return FiltersForm(initial=ticked)


class ReportForm(Form):
    """Something is wrong at a place."""

    about = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ProblemAbout.choices,
        widget=OptionCards,
        error_messages={"required": _("Say what is wrong.")},
    )
    text = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Write a shorter text, please.")},
    )
    contact = forms.CharField(
        label=_("Your phone or e-mail"),
        help_text=_("Only to answer you. We erase it after six months."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Write only a phone number or an e-mail.")},
    )

    def clean(self) -> dict[str, Any]:
        """What is called "something else" needs words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("about") == ProblemAbout.OTHER and not cleaned.get("text"):
            self.add_error("text", ValidationError(_("Say in a few words what is wrong.")))
        return cleaned


class WordsForm(Form):
    """For those who know what they look for."""

    q = forms.CharField(
        label=_("Name of the place, town or street"),
        required=False,
        max_length=120,
        error_messages={"max_length": _("Write fewer words, please.")},
    )
