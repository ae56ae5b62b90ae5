"""What a folded part of the form says of itself in a few words: "6 kinds of help, free"."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.forms import BoundField, ChoiceField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.places.enums import Itinerance
from pourtous.places.forms.hours import HoursForm
from pourtous.ui.forms import Form

NAMED = 2  # choices named in full; beyond, they are counted
Words = Iterable[str]


def in_words(form: Form, hours: HoursForm | None) -> dict[str, str]:
    """Part of the form → its line. `hours`: None when they follow a rule that the grid cannot say."""
    found = {key: tell(form) for key, tell in _TELLERS.items()} | {"hours": _hours(form, hours)}
    return {key: capfirst(", ".join(words)) or _("Nothing yet") for key, words in found.items()}


def _text(field: BoundField) -> str:
    value = field.value()
    return value.strip() if isinstance(value, str) else ""


def _chosen(field: BoundField) -> list[str]:
    value = field.value()
    return [str(term) for term in value] if isinstance(value, (list, tuple)) else []


def _labels(field: BoundField) -> list[str]:
    """The words of the choices made, terms that are not offered left out."""
    assert isinstance(field.field, ChoiceField)  # noqa: S101 (for the type checker)
    words: dict[str, Any] = {str(value): label for value, label in field.field.choices}  # type: ignore[union-attr, misc]
    return [str(words[term]) for term in _chosen(field) if term in words]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _is(form: Form, name: str, answer: str, words: str) -> list[str]:
    return [words] if form[name].value() == answer else []


def _lines(field: BoundField) -> int:
    return len([part for part in re.split(r"[\s,;|]+", _text(field)) if part])


def _many(count: int, words: str) -> list[str]:
    return [words % {"count": count}] if count else []


def _what(form: Form) -> list[str]:
    services, supports = len(_chosen(form["services"])), len(_chosen(form["supports"]))
    return [
        *_many(services, ngettext("%(count)s kind of help", "%(count)s kinds of help", services)),
        *_many(supports, ngettext("%(count)s way of helping", "%(count)s ways of helping", supports)),
        *([_("presented in a few words")] if _text(form["summary"]) else [_("no presentation")]),
    ]


def _whom(form: Form) -> list[str]:
    audiences = [_small(label) for label in _labels(form["audiences"])]
    care = len(_chosen(form["care"]))
    named = audiences if len(audiences) <= NAMED else [_("%(count)s audiences") % {"count": len(audiences)}]
    return [
        *(named or [_("for everybody")]),
        *_many(care, ngettext("%(count)s special welcome", "%(count)s special welcomes", care)),
        *_is(form, "plain_french", "yes", _("help in plain French")),
        *_is(form, "home_help", "yes", _("at people’s homes too")),
    ]


def _way(form: Form) -> list[str]:
    moves = Itinerance.MOBILE.value in _chosen(form["itinerance"])
    return [
        *filter(None, [_text(form["address"]), _text(form["commune_name"])]),
        *([_("the place moves")] if moves else []),
        *_is(form, "walk_in", "yes", _("without appointment")),
        *_is(form, "walk_in", "no", _("by appointment")),
    ]


def _contact(form: Form) -> list[str]:
    mails, sites = _lines(form["emails"]), _lines(form["websites"])
    return [
        *filter(None, [_text(form["phone"])]),
        *_many(mails, ngettext("%(count)s e-mail", "%(count)s e-mails", mails)),
        *_many(sites, ngettext("%(count)s website", "%(count)s websites", sites)),
        *([_("booking online")] if _text(form["booking_url"]) else []),
    ]


def _hours(form: Form, hours: HoursForm | None) -> list[str]:
    if hours is None:
        return [_("hours with a rule of their own")]
    days = sum(bool(row.fields[0].value() or row.fields[2].value()) for row in hours.days())
    exceptions = sum(bool(row.first and row.first.value()) for row in hours.exceptions())
    return [
        *_many(days, ngettext("open %(count)s day a week", "open %(count)s days a week", days)),
        *_many(exceptions, ngettext("%(count)s exception", "%(count)s exceptions", exceptions)),
        *([_("a note")] if _text(form["hours_notes"]) else []),
    ]


def _access(form: Form) -> list[str]:
    return [
        *_is(form, "wheelchair", "yes", _("one comes in with a wheelchair")),
        *_is(form, "wheelchair", "no", _("no way in with a wheelchair")),
        *_is(form, "wheelchair", "", _("to be checked")),
        *([_("page on Acceslibre")] if _text(form["accessibility_url"]) else []),
    ]


def _programme(form: Form) -> list[str]:
    programmes = len(_chosen(form["programmes"]))
    return [
        *(_small(label) for label in _labels(form["fees"])),
        *_is(form, "accepts_pass", "yes", _("takes the digital pass")),
        *_many(len(_chosen(form["networks"])), _("local network")),
        *_many(programmes, ngettext("%(count)s programme", "%(count)s programmes", programmes)),
    ]


_TELLERS: dict[str, Callable[[Form], list[str]]] = {
    "what": _what,
    "whom": _whom,
    "way": _way,
    "contact": _contact,
    "access": _access,
    "programme": _programme,
}
