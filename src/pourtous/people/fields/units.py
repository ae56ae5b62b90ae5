"""Choosing a unit by its organisation and its name."""

from typing import Any

from django import forms

from pourtous.accounts.models import Unit


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit; which ones may be chosen is set by the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def label_from_instance(self, unit: Any) -> str:
        """As in "CCAS de Rive, Accueil"."""
        return f"{unit.organisation.name}, {unit.name}"

    def offer(self, units: list[Unit]) -> None:
        """Set the units one may choose; a single one is not asked."""
        self.queryset = Unit.objects.filter(pk__in=[one.pk for one in units]).select_related("organisation")
        if units:
            self.initial = units[0].pk
        if len(units) == 1:
            self.widget = forms.HiddenInput()
