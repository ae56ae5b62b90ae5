"""Forms of a hand-over: for whom, then which book and what comes first."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.passes.enums import Unbooked
from pourtous.passes.models import Campaign
from pourtous.passes.rules.codes import read_serial
from pourtous.people.fields import PersonField
from pourtous.people.rules.audiences import OLDEST
from pourtous.ui.forms import DateField, Form

REASONS = [(value, label) for value, label in Unbooked.choices if value != Unbooked.PAPER]


class WhoForm(Form):
    """For whom, and in which campaign when several are open."""

    person = PersonField()
    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none(), empty_label=None)
    age = forms.IntegerField(
        label=_("Their age today"),
        help_text=_("Only when it is asked: the birth year alone leaves two ages."),
        min_value=0,
        max_value=OLDEST,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, user: Any, now: datetime, campaigns: Any, chosen: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].look_in(user, now=now, chosen=chosen)  # type: ignore[attr-defined]
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        if len(campaigns) == 1:
            self.fields["campaign"].initial = campaigns[0].pk
            self.fields["campaign"].widget = forms.HiddenInput()


class BookForm(Form):
    """The book, and the first session or why there is none."""

    book = forms.CharField(
        label=_("Number of the book"),
        help_text=_("On its cover: 26-000123. A scanner types it."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    first = forms.ChoiceField(label=_("First session"), choices=(), widget=forms.RadioSelect)
    handed_on = DateField(
        label=_("Day of the hand-over"), required=False, help_text=_("Only for a paper slip typed in later.")
    )

    def __init__(self, *args: Any, sessions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = [*sessions, *REASONS]  # type: ignore[attr-defined]

    def clean_book(self) -> tuple[int, int]:
        """Year of the vintage, and the number."""
        read = read_serial(self.cleaned_data["book"])
        if read is None:
            raise forms.ValidationError(_("A number looks like this: 26-000123. It is on the cover."))
        return read

    @property
    def slip_day(self) -> date | None:
        """The day of a paper slip; None when it is now."""
        return self.cleaned_data.get("handed_on")
