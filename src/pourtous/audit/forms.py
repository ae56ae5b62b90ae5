"""What one may look for in the journal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.audit.queries import Wanted, verbs
from pourtous.audit.verbs import verb_name


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class JournalForm(forms.Form):
    """Filters of the journal; all may stay empty."""

    verb = forms.ChoiceField(label=_("Act"), required=False)
    actor = forms.CharField(label=_("Who"), required=False, max_length=100)
    first_day = _day(_("First day"))
    last_day = _day(_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((verb, verb_name(verb)) for verb in verbs()), key=lambda choice: choice[1])
        self.fields["verb"].choices = [("", _("All acts")), *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was asked; what could not be read is left out (its error stands beside the field)."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})
