"""What the answers of a skills check say: when to stop, how far a person is, what to do next, what was gained."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from pourtous.activities.enums import Autonomy
from pourtous.activities.rules.questions import AREAS, GESTURES, TASKS
from pourtous.agenda.enums import Theme

ALONE = 2
_FEWEST_ALONE = 4  # of nine gestures: six that are not done alone stop the check
Levels = Mapping[str, int]  # by key of the question, 0 to 3


class Band(IntEnum):
    """How far a person is in an area."""

    START = 0  # not yet
    GUIDED = 1  # DigComp foundation, level 1: simple tasks with guidance
    ALONE = 2  # DigComp foundation, level 2: simple tasks alone, guidance where needed
    SHOWS = 3  # beyond: could show someone


# La Coop's three values of autonomy for the same bands.
AUTONOMY: dict[Band, Autonomy] = {
    Band.START: Autonomy.GUIDED,
    Band.GUIDED: Autonomy.GUIDED,
    Band.ALONE: Autonomy.PARTLY,
    Band.SHOWS: Autonomy.ALONE,
}


class Next(StrEnum):
    """What may come next."""

    ONE_TO_ONE = "one_to_one"
    COURSE = "course"
    DEVICE = "device"
    CONNECTION = "connection"
    PROCEDURES = "procedures"
    HELP_OTHERS = "help_others"


@dataclass(frozen=True)
class Advice:
    """A next step; of a course, the themes (values of `agenda.enums.Theme`), the weakest area first."""

    step: Next
    themes: tuple[str, ...] = ()


# The themes of courses that answer an area.
_THEMES: dict[int, Theme] = {
    1: Theme.INTERNET,
    2: Theme.MESSAGES,
    3: Theme.DOCUMENTS,
    4: Theme.SAFETY,
    5: Theme.RIGHTS,
}


def stops(levels: Levels) -> bool:
    """Whether the tasks of life are left out: all nine gestures told, six or more not done alone."""
    told = [levels[one.key] for one in GESTURES if one.key in levels]
    return len(told) == len(GESTURES) and sum(level >= ALONE for level in told) < _FEWEST_ALONE


def is_complete(levels: Levels) -> bool:
    """Whether all that is to be asked was told."""
    asked = GESTURES if stops(levels) else (*GESTURES, *TASKS)
    return all(one.key in levels for one in asked)


def band_of(levels: Levels, area: int) -> Band | None:
    """How far the person is in an area (0: the gestures), None when nothing was told of it.

    The mean of the answers, halves rounded down: one is as far as one can go alone on a bad day.
    """
    questions = GESTURES if area == 0 else TASKS
    told = [levels[one.key] for one in questions if one.area == area and one.key in levels]
    if not told:
        return None
    return Band((2 * sum(told) + len(told) - 1) // (2 * len(told)))


def bands(levels: Levels) -> dict[int, Band | None]:
    """By area, gestures first."""
    return {area: band_of(levels, area) for area in (0, *AREAS)}


def advise(levels: Levels, context: Mapping[str, str]) -> list[Advice]:
    """What may come next, most useful first. `context`: terms by key of the question."""
    return list(_advise(levels, context))


def _advise(levels: Levels, context: Mapping[str, str]) -> Iterator[Advice]:
    found = bands(levels)
    if context.get("device") in {"nothing", "phone"}:
        yield Advice(Next.DEVICE)
    if context.get("connection") in {"none", "elsewhere"}:
        yield Advice(Next.CONNECTION)
    if context.get("aim") == "procedures" and levels.get("form", 0) < ALONE:
        yield Advice(Next.PROCEDURES)
    if stops(levels):
        yield Advice(Next.ONE_TO_ONE)
        yield Advice(Next.COURSE, (_beginners_theme(context),))
        return
    weak = sorted((band, area) for area, band in found.items() if band is not None and band < Band.ALONE)
    themes = tuple(dict.fromkeys(_theme(area, context) for _band, area in weak))
    if themes:
        yield Advice(Next.COURSE, themes)
    elif found[1] is not None and all(band is Band.SHOWS for band in found.values()):
        yield Advice(Next.HELP_OTHERS)


def _theme(area: int, context: Mapping[str, str]) -> str:
    if area == 0:
        return _beginners_theme(context)
    if area == max(AREAS) and context.get("aim") == "work":
        return Theme.WORK.value
    return _THEMES[area].value


def _beginners_theme(context: Mapping[str, str]) -> str:
    return (Theme.PHONE if context.get("device") in {"phone", "tablet"} else Theme.COMPUTER).value


def gained(before: Levels, after: Levels) -> list[str]:
    """Keys of what the person now does alone and did not before, in the order of the questions."""
    asked = [one.key for one in (*GESTURES, *TASKS)]
    return [key for key in asked if key in before and before[key] < ALONE <= after.get(key, 0)]
