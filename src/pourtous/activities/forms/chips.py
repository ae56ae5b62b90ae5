"""Choices as words one taps: the whole answer shows, chosen ones are filled and ticked."""

from django import forms


class Chips(forms.RadioSelect):
    """One answer among a few words."""

    template_name = "ui/forms/chips.html"


class CheckChips(forms.CheckboxSelectMultiple):
    """Any number of answers among a few words."""

    template_name = "ui/forms/chips.html"


class CountInput(forms.NumberInput):
    """A number one types, or moves by one with two buttons where scripts run."""

    template_name = "ui/forms/count.html"
