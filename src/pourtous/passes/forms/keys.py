"""Asking for a key."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.models import Unit
from pourtous.ui.forms import Form


class KeyForm(Form):
    """Which team, and which program."""

    unit = forms.ModelChoiceField(label=_("Team"), queryset=Unit.objects.none(), empty_label=None)
    name = forms.CharField(label=_("Which program is it for?"), max_length=80)

    def __init__(self, data: Any = None, *, units: Sequence[Unit]) -> None:
        super().__init__(data)
        held = Unit.objects.filter(pk__in=[one.pk for one in units]).select_related("organisation")
        self.fields["unit"].queryset = held  # type: ignore[attr-defined]
