"""The words an audience explains itself with."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.people.enums import CriterionKind

# What follows "people": "who receive the RSA".
_WHO: dict[str, str | Promise] = {
    CriterionKind.RSA: gettext_lazy("who receive the RSA"),
    CriterionKind.MINIMUM_BENEFIT: gettext_lazy("who receive another minimum benefit"),
    CriterionKind.JOBSEEKER: gettext_lazy("who look for a job"),
    CriterionKind.NO_DIPLOMA: gettext_lazy("without a diploma"),
    CriterionKind.SENIOR: gettext_lazy("who are seniors"),
    CriterionKind.NO_DEVICE: gettext_lazy("without a computer"),
    CriterionKind.NO_CONNECTION: gettext_lazy("without internet at home"),
    CriterionKind.ISOLATED: gettext_lazy("who are isolated"),
    CriterionKind.FRENCH: gettext_lazy("not at ease in French"),
    CriterionKind.READING: gettext_lazy("not at ease in reading"),
}


def criterion(kind: str) -> str:
    """What a criterion says of people."""
    return str(_WHO[kind])


def ages(least: int | None, most: int | None) -> str:
    """What ages say of people: "aged 60 and over"."""
    if least is None:
        return _("aged %(most)s or under") % {"most": most}
    if most is None:
        return _("aged %(least)s and over") % {"least": least}
    if least == most:
        return _("aged %(least)s") % {"least": least}
    return _("aged %(least)s to %(most)s") % {"least": least, "most": most}


def areas(names: Sequence[str]) -> str:
    """Where people live: "who live in Thau or Orb"."""
    return _("who live in %(zones)s") % {"zones": either(names)}


def either(words: Sequence[str]) -> str:
    """As in "a", "a or b", "a, b or c"."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def every(words: Sequence[str]) -> str:
    """As in "a", "a and b", "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def sentence(choices: Sequence[str], needs: Sequence[str], home: str) -> str:
    """The whole sentence: one of the choices, all of the needs, and the home; commas part what stands alone."""
    who = ", ".join(filter(None, [_chosen(choices), every(needs), home]))
    return _("For people %(who)s") % {"who": who} if who else _("For everybody")


def _chosen(choices: Sequence[str]) -> str:
    """Choices are heard apart: "a, or b"."""
    if len(choices) < 2:  # noqa: PLR2004
        return "".join(choices)
    return _("%(first)s, or %(last)s") % {"first": ", ".join(choices[:-1]), "last": choices[-1]}
