"""Words of text messages: one part of 160 places wherever it can be."""

from collections.abc import Mapping

from pourtous.kernel.text import shorten
from pourtous.messaging.rules.sms import GSM_ALONE, prepare

_SHORTEST = 12


def fitted(template: str, facts: Mapping[str, str], gives: str = "spot") -> str:
    """The template filled; when that is longer than one message, the fact that `gives` way is shortened."""
    whole = template % facts
    over = len(prepare(whole).text) - GSM_ALONE
    if over <= 0:
        return whole
    kept = max(_SHORTEST, len(facts[gives]) - over - 3)
    return template % {**facts, gives: shorten(facts[gives], kept).rstrip(" ,.…")}


def unbroken(text: str) -> str:
    """Without the spaces that do not break: telephones and mail programs show them badly."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
