"""The form by which a unit sends the files it kept elsewhere."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.models import Unit
from pourtous.people.enums import NoticeKind, Purpose
from pourtous.ui.forms import DateField, Form, OptionCards


class PeopleImportForm(Form):
    """A file, for which unit, why, and when these people were told about their data."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("The spreadsheet of La Coop (XLSX), or a CSV of the same columns. 10 MB and 5,000 rows at most."),
        allow_empty_file=True,
    )
    unit = forms.ModelChoiceField(label=_("For which unit?"), queryset=Unit.objects.none(), empty_label=None)
    purpose = forms.ChoiceField(label=_("Why does it follow them?"), choices=Purpose.choices)
    notice_kind = forms.ChoiceField(
        label=_("How were these people told about their data?"), choices=NoticeKind.choices, widget=OptionCards()
    )
    notice_on = DateField(label=_("When were they told? The latest day."))

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[one.pk for one in units]).order_by("name")  # type: ignore[attr-defined]
