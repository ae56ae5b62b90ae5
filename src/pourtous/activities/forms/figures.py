"""What the address of a page of figures asks for. It holds keys and codes, never a name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.activities.enums import Procedure, Source, Topic, label_of
from pourtous.activities.models import Tag
from pourtous.activities.queries.figures import FiguresFilter
from pourtous.activities.queries.scopes import Whose, oldest_day, place_named, units_and_mediators
from pourtous.activities.rules.periods import Period, Preset, period
from pourtous.kernel.text import clean
from pourtous.places.models import Place
from pourtous.territories.queries import clean_code, commune
from pourtous.ui import format as written

PRESETS: dict[Preset, str | Promise] = {
    Preset.MONTH: gettext_lazy("This month"),
    Preset.LAST_MONTH: gettext_lazy("Last month"),
    Preset.QUARTER: gettext_lazy("This quarter"),
    Preset.YEAR: gettext_lazy("This year"),
    Preset.LAST_YEAR: gettext_lazy("Last year"),
    Preset.TWELVE_MONTHS: gettext_lazy("Last 12 months"),
    Preset.ALL: gettext_lazy("Since the start"),
}
_LONGEST = 60  # characters of a value in an address


@dataclass(frozen=True)
class Asked:
    """What is asked for: whose figures, which days, what narrows them, and the words of each."""

    whose: Whose
    period: Period
    filter: FiguresFilter
    narrowed: list[tuple[str, str]]  # name of a filter and its value, in words
    values: Mapping[str, str]  # as in the address

    @property
    def query(self) -> str:
        """The same as an address, in one order."""
        return urlencode({name: value for name, value in self.values.items() if value})

    @property
    def days(self) -> str:
        """The days in words."""
        return days_in_words(self.period.since, self.period.last)

    @property
    def days_before(self) -> str:
        """The days it is compared with; empty when with none."""
        before = self.period.before
        return days_in_words(before[0], _day_before(before[1])) if before else ""

    @property
    def before(self) -> FiguresFilter | None:
        """The filter of the days it is compared with."""
        if self.period.before is None:
            return None
        return replace(self.filter, since=self.period.before[0], until=self.period.before[1])


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def days_in_words(first: date, last: date) -> str:
    """Days as one says them (du 1er janvier au 31 mars 2026): the year once when it is the same."""
    if first == last:
        return _("on %(day)s") % {"day": written.date_in_full(first)}
    start = written.day(first).split(" ", 1)[1] if first.year == last.year else written.date_in_full(first)
    return _("from %(start)s to %(end)s") % {"start": start, "end": written.date_in_full(last)}


def read(query: Mapping[str, str], whose: Whose, *, today: date, may_name_mediator: bool) -> Asked:
    """What an address says; what cannot be read narrows nothing."""
    given = {name: clean(query.get(name, ""))[:_LONGEST] for name in _NAMES}
    span = _days(given)
    preset = _preset(given["periode"], has_days=span is not None)
    found = period(preset, today=today, oldest=_oldest(preset, whose, today), days=span)
    units, mediators = units_and_mediators(whose.scope)
    wanted = FiguresFilter(since=found.since, until=found.until, units=units, mediators=mediators)
    narrowing = _Narrowing(wanted, [], {})
    for name, narrow in _NARROWINGS.items():
        if given[name] and (name != "mediateur" or (may_name_mediator and whose.lets_choose_mediator)):
            narrow(narrowing, given[name])
    values = dict.fromkeys(_NAMES, "") | {"qui": whose.value, "periode": preset.value} | narrowing.values
    if preset is Preset.DAYS:
        values |= {"du": found.since.isoformat(), "au": found.last.isoformat()}
    return Asked(whose, found, narrowing.filter, narrowing.words, values)


def _oldest(preset: Preset, whose: Whose, today: date) -> date:
    return oldest_day(whose.scope, today=today) if preset is Preset.ALL else today


def _preset(value: str, *, has_days: bool) -> Preset:
    chosen = Preset(value) if value in set(Preset) else (Preset.DAYS if has_days and not value else Preset.YEAR)
    return Preset.YEAR if chosen is Preset.DAYS and not has_days else chosen


def _days(given: Mapping[str, str]) -> tuple[date, date] | None:
    try:
        first, last = date.fromisoformat(given["du"]), date.fromisoformat(given["au"])
    except ValueError:
        return None
    return (first, last) if min(first, last).year >= _FIRST_YEAR and max(first, last).year <= _LAST_YEAR else None


_FIRST_YEAR, _LAST_YEAR = 1990, 2200


@dataclass
class _Narrowing:
    """What the filters read so far make."""

    filter: FiguresFilter
    words: list[tuple[str, str]]
    values: dict[str, str]

    def add(self, name: str, value: str, label: str, words: Any, **narrow: Any) -> None:
        self.filter = replace(self.filter, **narrow)
        self.words.append((label, str(words)))
        self.values[name] = value


def _kind(made: _Narrowing, value: str) -> None:
    if value in KINDS:
        made.add("type", value, _("Kind"), KINDS[value], kind=value)


def _topic(made: _Narrowing, value: str) -> None:
    for choices in (Topic, Procedure):
        if value in choices.values:
            made.add("theme", value, _("Topic"), label_of(choices, value), topic=value)
            return


def _place(made: _Narrowing, value: str) -> None:
    place: Place | None = place_named(value)
    if place is not None:
        made.add("lieu", place.code, _("Place"), place.name, place=place.pk)


def _commune(made: _Narrowing, value: str) -> None:
    found = commune(value) if clean_code(value) else None
    if found is not None:
        made.add("commune", found.code, _("Commune"), found.name, commune=found.code)


def _tag(made: _Narrowing, value: str) -> None:
    tag = Tag.objects.filter(pk=key).first() if (key := _key(value)) else None
    if tag is not None:
        made.add("mot", str(tag.pk), _("Tag"), tag.name, tag=tag.pk)


def _mediator(made: _Narrowing, value: str) -> None:
    if key := _key(value):
        made.add("mediateur", str(key), _("Mediator"), _("one mediator"), mediators=frozenset({key}))


def _source(made: _Narrowing, value: str) -> None:
    if value in Source.values:
        made.add("source", value, _("Recorded"), label_of(Source, value), source=value)


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


KINDS: dict[str, str | Promise] = {
    "individuel": gettext_lazy("One to one"),
    "collectif": gettext_lazy("Workshop"),
    "ponctuel": gettext_lazy("A help in passing"),
}
_NARROWINGS = {
    "type": _kind,
    "theme": _topic,
    "lieu": _place,
    "commune": _commune,
    "mot": _tag,
    "mediateur": _mediator,
    "source": _source,
}
_NAMES = ("periode", "du", "au", *_NARROWINGS)
