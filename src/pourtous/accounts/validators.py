"""The password rule, where Django asks for it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pourtous.accounts.queries import words_of
from pourtous.accounts.rules.passwords import MAX_LENGTH, MIN_LENGTH, Weakness, weakness


class NotGuessable:
    """Refuses what `rules.passwords` would guess, knowing the person's name, address, teams and territory."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError with a sentence that says what to do."""
        why = weakness(password, words_of(user))
        if why is not None:
            raise ValidationError(_SENTENCES[why](), code=why.value)

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("Twelve signs or more. A sentence works well.")


_SENTENCES = {
    Weakness.SHORT: lambda: _("This password is too short: %(count)s signs at least.") % {"count": MIN_LENGTH},
    Weakness.LONG: lambda: _("This password is too long: %(count)s signs at most.") % {"count": MAX_LENGTH},
    Weakness.MONOTONOUS: lambda: _("This password repeats the same signs. Choose a sentence of your own."),
    Weakness.GUESSABLE: lambda: _(
        "This password is easy to guess: a common word, a name or a row of keys. Choose a sentence of your own."
    ),
}
