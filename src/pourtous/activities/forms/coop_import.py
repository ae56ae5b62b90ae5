"""The form by which a mediator sends La Coop's export."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.models import Unit
from pourtous.ui.forms import Form


class CoopImportForm(Form):
    """A file, and the team it was done for."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("In La Coop: Mes activités, Exporter. The workbook (XLSX), 10 MB at most."),
        allow_empty_file=True,
    )
    unit = forms.ModelChoiceField(label=_("For which team"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[one.pk for one in units]).order_by("name")  # type: ignore[attr-defined]
