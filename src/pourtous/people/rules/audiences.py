"""Who a scheme is for: criteria, ages, zones of residence. Explains itself in a sentence, judges with its reasons.

Three answers: yes, no, and "to be confirmed", when something was not checked, is over, or is only known to the year.
Passes and devices keep an audience as JSON (`to_dict`, `from_dict`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pourtous.people.enums import CriterionKind
from pourtous.people.rules import wording
from pourtous.people.rules.validity import CriterionState

OLDEST = 130


@dataclass(frozen=True)
class Ages:
    """From `least` to `most` years old, both included; None: no limit on that side."""

    least: int | None = None
    most: int | None = None

    def __post_init__(self) -> None:
        limits = [limit for limit in (self.least, self.most) if limit is not None]
        if not limits or any(not 0 <= limit <= OLDEST for limit in limits) or limits != sorted(limits):
            msg = f"no ages are from {self.least} to {self.most}"
            raise ValueError(msg)

    def hold(self, age: int) -> bool:
        """Whether an age is within."""
        return (self.least is None or age >= self.least) and (self.most is None or age <= self.most)


@dataclass(frozen=True)
class Area:
    """A named set of INSEE codes that counts from a day to before another (None: open)."""

    name: str
    codes: frozenset[str]
    valid_from: date | None = None
    valid_until: date | None = None

    def counts_on(self, day: date) -> bool:
        """Whether it counts on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


@dataclass(frozen=True)
class Facts:
    """What is known of a person on a day.

    `criteria`: by kind, what the last check is worth; a kind that is absent was never checked. `birth_year` gives two
    possible ages; `age` is the one the prescriber asked for when it matters, believed when it is one of the two.
    `commune`: INSEE code of today, of residence or domiciliation; None: unknown, or no home.
    """

    on: date
    criteria: Mapping[str, CriterionState] = field(default_factory=dict)
    birth_year: int | None = None
    age: int | None = None
    commune: str | None = None

    @property
    def possible_ages(self) -> tuple[int, ...]:
        """The ages the person may have on this day: none when unknown, one on 31 December, else two."""
        if self.birth_year is None or self.birth_year > self.on.year:
            return () if self.age is None else (self.age,)
        older = self.on.year - self.birth_year
        is_last_day = (self.on.month, self.on.day) == (12, 31)
        ages = (older,) if is_last_day or older == 0 else (older - 1, older)
        return (self.age,) if self.age in ages and self.age is not None else ages


@dataclass(frozen=True)
class Reason:
    """Why, in words: whether it speaks for (True), against (False), or is to be confirmed (None)."""

    fits: bool | None
    text: str


@dataclass(frozen=True)
class Verdict:
    """Whether the person is of the audience; None: to be confirmed. The reasons are those that decided."""

    fits: bool | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Audience:
    """Everybody, narrowed: one at least of `any_criteria` and `any_ages`; all of `all_criteria`; `ages`; one of `areas`."""

    any_criteria: frozenset[str] = frozenset()
    any_ages: Ages | None = None
    all_criteria: frozenset[str] = frozenset()
    ages: Ages | None = None
    areas: tuple[Area, ...] = ()

    def __post_init__(self) -> None:
        unknown = (self.any_criteria | self.all_criteria) - set(CriterionKind.values)
        if unknown:
            msg = f"no criterion is called {min(unknown)}"
            raise ValueError(msg)

    def explain(self) -> str:
        """One sentence in plain words: "For people who receive the RSA, or aged 60 and over, who live in Thau"."""
        kinds = CriterionKind.values
        choices = [wording.criterion(kind) for kind in kinds if kind in self.any_criteria]
        choices += [wording.ages(self.any_ages.least, self.any_ages.most)] if self.any_ages else []
        needs = [wording.criterion(kind) for kind in kinds if kind in self.all_criteria]
        needs += [wording.ages(self.ages.least, self.ages.most)] if self.ages else []
        home = wording.areas([area.name for area in self.areas]) if self.areas else ""
        return wording.sentence(choices, needs, home)

    def judge(self, facts: Facts) -> Verdict:
        """Whether this person is of the audience on this day, and why."""
        parts = [_all_of([_criterion(kind, facts) for kind in _ordered(self.all_criteria)])]
        if self.any_criteria or self.any_ages:
            options = [_criterion(kind, facts) for kind in _ordered(self.any_criteria)]
            parts.append(_any_of([*options, *([_ages(self.any_ages, facts)] if self.any_ages else [])]))
        if self.ages:
            parts.append(_one(_ages(self.ages, facts)))
        if self.areas:
            parts.append(_one(_area(self.areas, facts)))
        return _both(parts)

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "any_criteria": _ordered(self.any_criteria),
            "any_ages": _pair(self.any_ages),
            "all_criteria": _ordered(self.all_criteria),
            "ages": _pair(self.ages),
            "areas": [
                {
                    "name": area.name,
                    "codes": sorted(area.codes),
                    "valid_from": area.valid_from.isoformat() if area.valid_from else None,
                    "valid_until": area.valid_until.isoformat() if area.valid_until else None,
                }
                for area in self.areas
            ],
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "Audience":
        """From what `to_dict` gave. ValueError for what cannot be an audience: nobody fits by mistake."""
        try:
            return cls(
                any_criteria=frozenset(said.get("any_criteria") or ()),
                any_ages=_read_ages(said.get("any_ages")),
                all_criteria=frozenset(said.get("all_criteria") or ()),
                ages=_read_ages(said.get("ages")),
                areas=tuple(_read_area(area) for area in said.get("areas") or ()),
            )
        except (TypeError, KeyError, AttributeError) as error:
            msg = "this is no audience"
            raise ValueError(msg) from error


def _ordered(kinds: Iterable[str]) -> list[str]:
    wanted = set(kinds)
    return [kind for kind in CriterionKind.values if kind in wanted]


def _pair(ages: Ages | None) -> list[int | None] | None:
    return None if ages is None else [ages.least, ages.most]


def _read_ages(said: Any) -> Ages | None:
    if said is None:
        return None
    least, most = said
    if any(limit is not None and (not isinstance(limit, int) or isinstance(limit, bool)) for limit in (least, most)):
        msg = "an age is a whole number"
        raise ValueError(msg)
    return Ages(least, most)


def _read_area(said: Mapping[str, Any]) -> Area:
    days = [date.fromisoformat(text) if (text := said.get(name)) else None for name in ("valid_from", "valid_until")]
    return Area(str(said["name"]), frozenset(str(code) for code in said["codes"]), *days)


def _criterion(kind: str, facts: Facts) -> Reason:
    name = str(CriterionKind(kind).label)
    state = facts.criteria.get(kind)
    if state in {CriterionState.VALID, CriterionState.ENDING}:
        return Reason(fits=True, text=_("%(criterion)s: checked") % {"criterion": name})
    if state == CriterionState.WITHDRAWN:
        return Reason(fits=False, text=_("%(criterion)s: no longer so") % {"criterion": name})
    if state == CriterionState.EXPIRED:
        return Reason(fits=None, text=_("%(criterion)s: the check is over, check again") % {"criterion": name})
    return Reason(fits=None, text=_("%(criterion)s: to be checked") % {"criterion": name})


def _ages(wanted: Ages, facts: Facts) -> Reason:
    possible = facts.possible_ages
    words = wording.ages(wanted.least, wanted.most)
    if not possible:
        return Reason(fits=None, text=_("Age: the birth year is missing (%(ages)s)") % {"ages": words})
    inside = [wanted.hold(age) for age in possible]
    if all(inside):
        return Reason(fits=True, text=_("Age: %(ages)s") % {"ages": words})
    if not any(inside):
        return Reason(fits=False, text=_("Age: not %(ages)s") % {"ages": words})
    told = {"younger": min(possible), "older": max(possible)}
    return Reason(fits=None, text=_("Age: %(younger)s or %(older)s years old, ask") % told)


def _area(areas: Iterable[Area], facts: Facts) -> Reason:
    open_areas = [area for area in areas if area.counts_on(facts.on)]
    if not open_areas:
        return Reason(fits=False, text=_("Commune: no zone counts on this day"))
    if facts.commune is None:
        return Reason(fits=None, text=_("Commune: not known"))
    inside = next((area for area in open_areas if facts.commune in area.codes), None)
    if inside is None:
        names = wording.either([area.name for area in open_areas])
        return Reason(fits=False, text=_("Commune: outside %(zones)s") % {"zones": names})
    return Reason(fits=True, text=_("Commune: in %(zone)s") % {"zone": inside.name})


def _one(reason: Reason) -> Verdict:
    return Verdict(reason.fits, (reason,))


def _all_of(reasons: list[Reason]) -> Verdict:
    return _both([_one(reason) for reason in reasons])


def _both(parts: list[Verdict]) -> Verdict:
    """A no decides; else what is to be confirmed; else yes. The reasons of what decided."""
    for answer in (False, None):
        deciding = [part for part in parts if part.fits is answer]
        if deciding:
            return Verdict(answer, tuple(reason for part in deciding for reason in part.reasons))
    return Verdict(fits=True, reasons=tuple(reason for part in parts for reason in part.reasons))


def _any_of(reasons: list[Reason]) -> Verdict:
    """A yes decides; else what could be confirmed; else no."""
    for answer in (True, None):
        deciding = tuple(reason for reason in reasons if reason.fits is answer)
        if deciding:
            return Verdict(answer, deciding)
    return Verdict(fits=False, reasons=tuple(reasons))
