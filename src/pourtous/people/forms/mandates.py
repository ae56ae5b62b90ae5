"""The form of a mandate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.people.enums import MandateAct, MandateLength
from pourtous.people.operations.mandates import NAME_LENGTH
from pourtous.ui.forms import DateField, Form, Option, OptionCards

_ACTS: dict[str, Option] = {
    MandateAct.SHOWS: Option(_("The person does it all."), "eye"),
    MandateAct.ASSISTS: Option(_("Side by side, the person decides."), "people"),
    MandateAct.DOES: Option(_("The helper clicks and sends."), "hand"),
}


class MandateForm(Form):
    """Who does what, and how long."""

    act = forms.ChoiceField(
        label=_("What does the helper do?"), choices=MandateAct.choices, widget=OptionCards(options=_ACTS)
    )
    procedures = forms.CharField(
        label=_("For which procedures?"),
        help_text=_("One a line, in words. Example: declare income. Never a number, never a password."),
        max_length=2500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    helper_name = forms.CharField(label=_("Name of the helper"), max_length=NAME_LENGTH)
    starts_on = DateField(label=_("From"))
    length = forms.ChoiceField(label=_("For how long?"), choices=MandateLength.choices, widget=OptionCards())
