"""Forms of the zones."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pourtous.territories import queries
from pourtous.territories.models import Zone
from pourtous.territories.operations import ZoneFacts
from pourtous.ui.forms import CheckCards, DateField, Form, Option

MAX_PASTED = 40_000


class ZoneForm(Form):
    """A zone: its name and dates, and its communes by EPCI, by code or by name."""

    name = forms.CharField(label=_("Name of the zone"), max_length=120)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("Where this list comes from."))
    valid_from = DateField(label=_("First day on which the zone counts"))
    is_confirmed = forms.BooleanField(label=_("This list is confirmed"), required=False)
    pasted = forms.CharField(
        label=_("Communes"),
        max_length=MAX_PASTED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("One a line: INSEE codes or names. Old codes and old names are understood."),
    )
    epci = forms.MultipleChoiceField(
        label=_("Whole groups of communes (EPCI)"),
        required=False,
        widget=CheckCards,
        help_text=_("All their communes of the territory are added to the list above."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = list(queries.groups())
        field = self.fields["epci"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(group.code, group.name) for group in groups]
        field.widget.cards = {group.code: Option(_size(group)) for group in groups}

    def facts(self, zone: Zone | None = None) -> ZoneFacts:
        """What was said; the closing day of an existing zone stays."""
        said = self.cleaned_data
        return ZoneFacts(
            name=said["name"],
            note=said["note"],
            valid_from=said["valid_from"],
            valid_until=zone.valid_until if zone else None,
            is_confirmed=said["is_confirmed"],
            epci=tuple(said["epci"]),
            pasted=said["pasted"],
        )


def said_of(zone: Zone) -> dict[str, Any]:
    """What the form shows of an existing zone: its communes one a line."""
    lines = [f"{code} {name}" for code, name in zone.communes.order_by("name", "code").values_list("code", "name")]
    return {
        "name": zone.name,
        "note": zone.note,
        "valid_from": zone.valid_from,
        "is_confirmed": zone.is_confirmed,
        "pasted": "\n".join(lines),
    }


def _size(group: Any) -> str:
    return ngettext("%(count)s commune", "%(count)s communes", group.size) % {"count": group.size}


class CloseForm(Form):
    """The day a zone closes."""

    until = DateField(label=_("Close the zone on"), help_text=_("First day on which it no longer counts."))
