"""The form by which the team sends a file of places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.places.importers import formats
from pourtous.places.models import Collector
from pourtous.ui.forms import Form

FORMAT_NAMES = {
    formats.AUTO: _("Find out by the columns"),
    "standard": _("National standard of places"),
    "france-services": _("List of France services houses"),
    "herault": _("Open data portal of the Hérault"),
    "conseillers-numeriques": _("Structures that host conseillers numériques"),
}


class ImportForm(Form):
    """A file, who collected it, and its format."""

    source = forms.CharField(
        label=_("Who collected these rows?"),
        help_text=_("A short code, always the same for the same source. Example: france-services."),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("File"), help_text=_("CSV or JSON, 10 MB at most."), allow_empty_file=True)
    format_name = forms.ChoiceField(label=_("Format"), choices=tuple(FORMAT_NAMES.items()), initial=formats.AUTO)

    def sources(self) -> list[str]:
        """The codes used before, to choose from."""
        return list(Collector.objects.values_list("code", flat=True))
