"""Forms about files that go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.people.enums import StillThere
from pourtous.ui.forms import DateField, Form, OptionCards


class StillThereForm(Form):
    """Why a file stays: a sign of the person."""

    reason = forms.ChoiceField(label=_("Why does it stay?"), choices=StillThere.choices)


class VisaForm(Form):
    """The archivist's visa, given or refused on paper."""

    decision = forms.ChoiceField(
        label=_("What did the archivist decide?"),
        choices=(("approved", _("Visa given")), ("refused", _("Visa refused"))),
        widget=OptionCards(),
    )
    by = forms.CharField(label=_("Name and office of the archivist"), max_length=120)
    on = DateField(label=_("Day of the visa"))
    note = forms.CharField(label=_("Note"), help_text=_("When it is refused, say why."), max_length=300, required=False)
