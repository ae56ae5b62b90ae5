"""Forms about requests of people."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.people.enums import RequestKind, RequestState
from pourtous.people.operations.requests import IDENTITY_LENGTH, MOST_TEXT
from pourtous.ui.forms import DateField, Form, Option, OptionCards

_KINDS: dict[str, Option] = {
    RequestKind.ACCESS: Option(gettext_lazy("A copy of all we hold."), "eye"),
    RequestKind.CORRECTION: Option(gettext_lazy("Something is wrong or missing."), "edit"),
    RequestKind.OBJECTION: Option(gettext_lazy("They no longer want to be followed."), "hand"),
    RequestKind.ERASURE: Option(gettext_lazy("They want their file to go."), "trash"),
}


class RequestForm(Form):
    """A request as it comes in: who, what, how we know it is them, when."""

    code = forms.CharField(
        label=gettext_lazy("Code of the file"),
        help_text=gettext_lazy("Eight letters, on the papers they have."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input--short"}),
    )
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80, required=False)
    birth_year = forms.IntegerField(
        label=gettext_lazy("Birth year"),
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "input--short"}),
    )
    without_file = forms.BooleanField(
        label=gettext_lazy("No file is found: write the request down all the same"), required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What do they ask?"), choices=RequestKind.choices, widget=OptionCards(options=_KINDS)
    )
    words = forms.CharField(
        label=gettext_lazy("In their words"),
        help_text=gettext_lazy("Without a file, write also how to answer them."),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    identity_checked = forms.CharField(
        label=gettext_lazy("How do you know it is them?"),
        help_text=gettext_lazy("“Known to the team”, “called back on their number”. No copy of a paper."),
        max_length=IDENTITY_LENGTH,
    )
    received_on = DateField(label=gettext_lazy("Day the request came in"))

    def clean(self) -> Any:
        """A code, or names: something to find the file by."""
        said = super().clean()
        named = said.get("last_name") and said.get("birth_year")
        if not (said.get("code") or named or said.get("without_file")):
            self.add_error("code", _("Give the code, or the names with the birth year."))
        return said


class AnswerForm(Form):
    """The answer, with reasons."""

    state = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[(one.value, one.label) for one in RequestState if one != RequestState.OPEN],
        widget=OptionCards(),
    )
    words = forms.CharField(
        label=gettext_lazy("Your reasons, as the person will read them"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    by_letter = forms.BooleanField(label=gettext_lazy("Send the answer by letter"), required=False)


class ExtensionForm(Form):
    """Two months more."""

    reason = forms.CharField(
        label=gettext_lazy("Why more time is needed, as you tell the person"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
