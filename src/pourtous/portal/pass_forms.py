"""The questions put to who would like a book of passes. What is answered travels in the form, nothing is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.kernel import clock
from pourtous.kernel.text import fold
from pourtous.people.enums import CriterionKind
from pourtous.territories import queries as communes
from pourtous.territories.models import Commune
from pourtous.ui.forms import CheckCards, Form, OptionCards

OLDEST = 120
_SEVERAL = 12  # communes of one postcode to choose among

# The criteria as one says them of oneself. Income, illness and papers are never asked.
OF_ONESELF = {
    CriterionKind.RSA: _("I receive the RSA"),
    CriterionKind.MINIMUM_BENEFIT: _("I receive another minimum benefit"),
    CriterionKind.JOBSEEKER: _("I look for a job"),
    CriterionKind.NO_DIPLOMA: _("I have no diploma"),
    CriterionKind.SENIOR: _("I am retired"),
    CriterionKind.NO_DEVICE: _("I have no computer"),
    CriterionKind.NO_CONNECTION: _("I have no internet at home"),
    CriterionKind.ISOLATED: _("I am often alone"),
    CriterionKind.FRENCH: _("I do not speak French well"),
    CriterionKind.READING: _("I do not read well"),
}


class HomeCommuneForm(Form):
    """Where one lives: a commune or a postcode; several communes of a postcode are chosen among."""

    commune = forms.CharField(
        label=_("Your commune or your postcode"),
        max_length=100,
        error_messages={"required": _("Write your commune or your postcode.")},
    )
    parmi = forms.ChoiceField(
        label=_("Which one?"),
        widget=OptionCards(),
        error_messages={"required": _("Choose your commune."), "invalid_choice": _("Choose your commune.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = _named(str((self.data or self.initial).get("commune", "")))
        self.fields["parmi"].choices = [(one.code, one.name) for one in found]  # type: ignore[attr-defined]
        if len(found) < 2:  # noqa: PLR2004
            del self.fields["parmi"]
        self._found = found

    def clean(self) -> dict[str, Any]:
        """The one commune meant, as `found`."""
        given = super().clean() or {}
        if "commune" not in given:
            return given
        if not self._found:
            raise ValidationError({"commune": _("We do not know this commune. Write its name or its postcode.")})
        chosen = [one for one in self._found if one.code == given.get("parmi")] or self._found
        return given | {"found": chosen[0]}


def _named(text: str) -> list[Commune]:
    """The communes meant: those of a postcode, or the one of that name, or those that begin so."""
    text = text.replace("\0", "")[:100]
    found = communes.communes_of_postcode(text) or communes.communes_named(text, _SEVERAL)
    same = [one for one in found if fold(one.name) == fold(text)]
    return same[:1] or found[:_SEVERAL]


class SituationForm(Form):
    """What one says of oneself, among what the campaigns look at."""

    situation = forms.MultipleChoiceField(
        label=_("What is true for you?"),
        required=False,
        help_text=_("Tick nothing if nothing is true."),
        widget=CheckCards(kind="list", hide_label=True),
        error_messages={"invalid_choice": _("Choose answers of the list.")},
    )

    def __init__(self, *args: Any, kinds: list[CriterionKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = [(kind.value, OF_ONESELF[kind]) for kind in kinds]  # type: ignore[attr-defined]


class BirthYearForm(Form):
    """The year only."""

    naissance = forms.IntegerField(
        label=_("Your year of birth"),
        help_text=_("Four figures, like 1958."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "bday-year", "class": "input--short"}),
        error_messages={
            "required": _("Write your year of birth."),
            "invalid": _("Write four figures, like 1958."),
        },
    )

    def clean_naissance(self) -> int:
        """A year somebody alive may be born in."""
        year = int(self.cleaned_data["naissance"])
        if not clock.today().year - OLDEST <= year <= clock.today().year:
            raise ValidationError(_("Write four figures, like 1958."))
        return year
