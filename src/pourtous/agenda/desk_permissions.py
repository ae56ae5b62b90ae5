"""Who may book for others: prescribers for the people their unit follows, the phone desk for who calls."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability
from pourtous.kernel.permissions import Post, Standing, permission

_ANSWERING = frozenset({Capability.MEDIATION.value, Capability.STEERING.value})


def _prescribes(post: Post) -> bool:
    return post.holds_personal_data and Capability.PRESCRIBER.value in post.capabilities


def _prescribe(standing: Standing, unit: Any) -> bool:
    return any(_prescribes(post) and (unit is None or post.unit_id == unit.pk) for post in standing.posts)


def _answers(standing: Standing, _subject: Any) -> bool:
    """Names and phones: only where personal data may be held."""
    return any(_ANSWERING & post.capabilities for post in standing.held(personal=True))


# Its object is a unit.
PRESCRIBE = permission("agenda.prescribe", _("Book appointments for the people one’s unit follows"), _prescribe)
ANSWER_CALLS = permission(
    "agenda.answer_calls", _("Answer the phone: find and book for who calls, call back"), _answers
)
