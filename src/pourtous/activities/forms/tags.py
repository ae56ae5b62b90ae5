"""Forms of tags."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.models import Unit
from pourtous.activities.enums import TagScope
from pourtous.ui.forms import Form


class TagForm(Form):
    """A new tag: its word, and whose it is (`owners`: value and label of each choice one has)."""

    name = forms.CharField(label=_("New tag"), max_length=60)
    scope = forms.ChoiceField(label=_("Who sees it"))

    def __init__(self, *args: Any, units: list[Unit], steers: bool, records: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        mine = [(TagScope.PERSONAL.value, _("Me alone"))] if records else []
        every = [(TagScope.TERRITORY.value, _("All mediators"))] if steers else []
        field: Any = self.fields["scope"]
        field.choices = [*mine, *((key, unit.name) for key, unit in self.units.items()), *every]

    @property
    def owner(self) -> tuple[str, Unit | None]:
        """The scope, and the unit when it is one's."""
        said = self.cleaned_data["scope"]
        return (TagScope.UNIT, self.units[said]) if said in self.units else (said, None)
