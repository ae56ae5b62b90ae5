"""Patterns that fraud and error leave, in sentences somebody can act on. A flag accuses nobody and blocks no payment."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from pourtous.passes.enums import Pattern

SOON_DAYS = 31  # new bank details so soon before a claim are looked at: the usual order of a fraud by false invoice


def sentence(pattern: str, facts: Mapping[str, Any]) -> str:
    """What was found, from the facts of a flag; what to look at stands in it."""
    texts = {
        Pattern.OWN_PRESCRIBER: _(
            "All passes of book %(book)s were taken by the organisation that handed it over. Ask who came, and when."
        ),
        Pattern.SAME_DAY: _(
            "All %(count)s passes of book %(book)s were taken on %(day)s. Compare with the sheets of attendance."
        ),
        Pattern.OVER_CAPACITY: _(
            "%(count)s books paid for “%(course)s” of %(day)s, which has %(seats)s seats. Compare with the sheet of attendance."
        ),
        Pattern.OUT_OF_TIME: _(
            "Pass %(book)s was shown on %(day)s, before its book was handed over or after it was lost. Ask how it came there."
        ),
        Pattern.BANK_CHANGE: _(
            "The bank details changed on %(day)s, shortly before claim %(claim)s. Call the host on a number you knew before."
        ),
    }
    return texts[Pattern(pattern)] % facts
