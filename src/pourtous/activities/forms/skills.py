"""The steps of a skills check: one form a step, answers saved step by step."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.activities.forms.chips import Chips
from pourtous.activities.rules.questions import CONTEXT, LEVELS, Question
from pourtous.ui.forms import CleanText

MISSING = {"required": _("Choose an answer.")}


class ContextForm(CleanText, forms.Form):
    """Five questions about the person; none is required: one may not want to say."""

    wish = forms.CharField(
        label=_("In their words: what would they like to be able to do?"), max_length=300, required=False
    )

    def __init__(self, *args: Any, known: Mapping[str, str], **kwargs: Any) -> None:
        """`known`: terms given before, by key of the question."""
        super().__init__(*args, **kwargs)
        asked = {
            one.key: forms.ChoiceField(
                label=str(one.words), choices=one.answers, widget=Chips, required=False, initial=known.get(one.key)
            )
            for one in CONTEXT
        }
        self.fields = asked | self.fields

    def terms(self) -> dict[str, str]:
        """The answers given, by key of the question."""
        return {one.key: self.cleaned_data[one.key] for one in CONTEXT if self.cleaned_data.get(one.key)}


class LevelsForm(CleanText, forms.Form):
    """One of four answers a skill; all are asked for."""

    def __init__(self, *args: Any, questions: Iterable[Question], known: Mapping[str, int], **kwargs: Any) -> None:
        """`known`: levels given before, by key of the question."""
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in questions]
        for one in questions:
            self.fields[one.key] = forms.TypedChoiceField(
                label=str(one.words),
                choices=[(str(level), words) for level, words in LEVELS],
                coerce=int,
                widget=Chips,
                error_messages=MISSING,
                initial=str(known[one.key]) if one.key in known else None,
            )

    def told(self) -> dict[str, int]:
        """The levels that can be read, also when others are missing: nothing typed is lost."""
        return {key: self.cleaned_data[key] for key in self.keys if key in getattr(self, "cleaned_data", {})}
