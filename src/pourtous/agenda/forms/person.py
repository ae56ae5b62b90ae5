"""Choosing one of the persons one's unit follows, by part of the name or the code."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.clock import paris
from pourtous.people.models import Person
from pourtous.people.queries import followed


class PersonField(forms.CharField):
    """One of the persons the user's units follow; None when left empty. `look_in` says who asks."""

    user: Any = None
    now: datetime | None = None

    def look_in(self, user: Any, *, now: datetime, chosen: Person | None = None) -> None:
        """Say whose persons these are; `chosen` is shown as already chosen."""
        self.user, self.now = user, now
        if chosen is not None:
            self.initial = chosen.code

    def clean(self, value: Any) -> Any:
        """The person; a sentence when nobody or several answer."""
        words = str(value or "").strip()
        if not words or self.now is None:
            return None
        found = list(followed(self.user, words=words, on=paris(self.now).date())[:2])
        if not found:
            raise ValidationError(_("Your unit follows nobody of this name."))
        if len(found) > 1:
            raise ValidationError(_("Several persons answer to this. Give the code of the file."))
        return found[0]
