"""The words of values: of closed lists, of places and communes by their keys."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.activities.enums import (
    ActivityKind,
    Autonomy,
    Equipment,
    Orientation,
    OrientationOutcome,
    PlaceKind,
    Procedure,
    Source,
    Topic,
    label_of,
)
from pourtous.activities.rules.tally import AGAIN, ANONYMOUS, BANDS, HELPED_BEFORE, NEW, ONE_OFF
from pourtous.agenda.enums import Level
from pourtous.people.enums import AgeBand, Gender, Status
from pourtous.places.models import Place
from pourtous.territories.queries import resolve_codes

Words = str | Promise
_BANDS: dict[str, Words] = dict(
    zip(
        BANDS,
        (
            gettext_lazy("Under 30 minutes"),
            gettext_lazy("30 minutes to 1 hour"),
            gettext_lazy("1 to 2 hours"),
            gettext_lazy("2 hours and more"),
        ),
        strict=True,
    )
)
_NOVELTY: dict[str, Words] = {
    NEW: gettext_lazy("For the first time"),
    AGAIN: gettext_lazy("Already known"),
    ANONYMOUS: gettext_lazy("Without file"),
    HELPED_BEFORE: gettext_lazy("Without file, already helped"),
}
_KINDS: dict[str, Words] = {
    ActivityKind.INDIVIDUAL: ActivityKind.INDIVIDUAL.label,
    ActivityKind.WORKSHOP: ActivityKind.WORKSHOP.label,
    ONE_OFF: gettext_lazy("A help in passing"),
}
_LISTS: dict[str, type[TextChoices]] = {
    "topic": Topic,
    "procedure": Procedure,
    "place_kind": PlaceKind,
    "age": AgeBand,
    "gender": Gender,
    "status": Status,
    "autonomy": Autonomy,
    "level": Level,
    "orientation": Orientation,
    "outcome": OrientationOutcome,
    "equipment": Equipment,
    "source": Source,
}
_NAMED: dict[str, Mapping[str, Words]] = {"band": _BANDS, "novelty": _NOVELTY, "kind": _KINDS}


@dataclass(frozen=True)
class Dictionary:
    """Names of the places and communes that the figures hold."""

    places: Mapping[str, str]
    communes: Mapping[str, str]

    def label(self, dimension: str, value: str) -> Words:
        """A value in words; unknown ones as they are written."""
        if dimension in _LISTS:
            return label_of(_LISTS[dimension], value)
        if dimension in _NAMED:
            return _NAMED[dimension].get(value, value)
        if dimension == "place":
            return self.places.get(value, _("A place that is gone"))
        return self.communes.get(value, value) if value else _("Not told")


def dictionary(places: Iterable[str], communes: Iterable[str]) -> Dictionary:
    """The names of these keys of places and INSEE codes, in two queries."""
    rows = Place.objects.filter(pk__in=list(places)).values_list("pk", "name", "commune_name")
    found = resolve_codes([code for code in communes if code])
    return Dictionary(
        {str(key): f"{name}, {commune}" if commune else name for key, name, commune in rows},
        {code: one.name for code, one in found.items()},
    )


def order_of(dimension: str) -> Callable[[str], Any] | None:
    """The order of a list that has one (ages, lengths…), None for those shown by size."""
    lists: dict[str, Iterable[str]] = {
        name: _LISTS[name].values for name in ("age", "autonomy", "level", "gender", "status")
    }
    lists |= {name: list(_NAMED[name]) for name in ("band", "novelty", "kind")}
    if dimension not in lists:
        return None
    known = {value: at for at, value in enumerate(lists[dimension])}
    return lambda value: (known.get(value, len(known)), value)
