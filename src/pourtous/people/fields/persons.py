"""Choosing a person in any form: `PersonField`. Other apps use it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.clock import paris
from pourtous.kernel.text import clean
from pourtous.people.models import Person
from pourtous.people.queries import followed, person_for

SHOWN = 8
WORDS = "_words"


class PersonPicker(forms.TextInput):
    """Type part of a name or the code, then choose. With `people/picker.js` the list follows what is typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.found: Sequence[Person] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:  # noqa: ARG002
        """The code that was chosen and the words that were typed."""
        return str(data.get(name) or ""), clean(str(data.get(name + WORDS) or ""))[:100]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether the form did not send this field at all."""
        return name not in data and name + WORDS not in data

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:  # noqa: ARG002
        """One line to type in, and those it may be."""
        code, words = value if isinstance(value, tuple) else (str(value or ""), "")
        context = {
            "name": name,
            "words": words,
            "code": code,
            "found": self.found,
            "attrs": self.build_attrs(attrs or {}),
        }
        return render_to_string("people/parts/picker.html", context)


class PersonField(forms.Field):
    """One of the persons the user's units follow; None when left empty and not required.

    The form says who asks, in its `__init__`: `self.fields["person"].look_in(user, now=now)`. `initial` is a code.
    Without JavaScript, several answers come back as a list to choose from.
    """

    widget: Any = PersonPicker

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Person"))
        kwargs.setdefault("help_text", _("Part of the name, or the code. Among those your unit follows."))
        super().__init__(**kwargs)
        self.user: Any = None
        self.now: datetime | None = None

    def look_in(self, user: Any, *, now: datetime, chosen: Person | None = None) -> None:
        """Say whose persons these are; `chosen` is shown as already chosen."""
        self.user, self.now = user, now
        if chosen is not None:
            self.initial = chosen.code
            self.widget.found = [chosen]

    def clean(self, value: Any) -> Person | None:
        """The person; a sentence when nobody or several answer."""
        code, words = value if isinstance(value, tuple) else (str(value or ""), "")
        if code:
            return self._by_code(code)
        if words:
            return self._by_words(words)
        if self.required:
            raise ValidationError(_("Say who it is for."), code="required")
        return None

    def _by_code(self, code: str) -> Person:
        person = person_for(self.user, code, now=self.now) if self.now else None
        if person is None:
            raise ValidationError(_("Choose a person your unit follows."))
        self.widget.found = [person]
        return person

    def _by_words(self, words: str) -> Person:
        found = choices(self.user, words, now=self.now) if self.now else []
        self.widget.found = found
        if not found:
            raise ValidationError(_("Your unit follows nobody of this name. Register the person first."))
        if len(found) > 1:
            raise ValidationError(_("Several persons answer to this. Choose one below."))
        return found[0]


def choices(user: Any, words: str, *, now: datetime) -> list[Person]:
    """The first persons that answer to these words, among those the user's units follow."""
    found = followed(user, words=words, on=paris(now).date()) if words.strip() else Person.objects.none()
    return list(found.select_related("commune")[:SHOWN])
