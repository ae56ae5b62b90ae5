"""A skills check in words and as a picture, for its pages and its papers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pourtous.activities.models import Diagnosis
from pourtous.activities.queries.diagnoses import compared_with, context_of, levels_of
from pourtous.activities.rules.diagnosis import Advice, Band, Next, advise, bands, gained
from pourtous.activities.rules.questions import AREAS, BY_KEY, CONTEXT, SKILLS
from pourtous.agenda.enums import Theme
from pourtous.ui.charts import Chart, steps_before_after
from pourtous.ui.format import date_in_full

Words = str | Promise
BANDS: dict[Band, Words] = {
    Band.START: gettext_lazy("Not yet"),
    Band.GUIDED: gettext_lazy("With help"),
    Band.ALONE: pgettext_lazy("skill", "Alone"),
    Band.SHOWS: gettext_lazy("Could show someone"),
}
FIRST_STEPS = gettext_lazy("First gestures")
_STEPS: dict[Next, tuple[Words, str]] = {
    Next.ONE_TO_ONE: (gettext_lazy("Meetings with an adviser, one to one, to begin gently"), "hand"),
    Next.COURSE: (gettext_lazy("A course"), "book"),
    Next.DEVICE: (gettext_lazy("Look at how to get a computer"), "laptop"),
    Next.CONNECTION: (gettext_lazy("Look at internet at home, or a place with free access"), "home-wifi"),
    Next.PROCEDURES: (gettext_lazy("Help with procedures, in a France services house or with an adviser"), "document"),
    Next.HELP_OTHERS: (gettext_lazy("Could show others: would they help in a workshop?"), "heart"),
}


@dataclass(frozen=True)
class AreaShown:
    """One area in words."""

    name: Words
    band: Words
    before: Words


@dataclass(frozen=True)
class StepShown:
    """One next step in words, with where to go on."""

    words: Words
    icon: str
    url: str = ""


@dataclass(frozen=True)
class Shown:
    """A finished check: areas, picture, next steps, what was gained since the first one."""

    areas: list[AreaShown]
    chart: Chart
    steps: list[StepShown]
    gained: list[Words]
    context: list[tuple[Words, Words]]
    compared_on: str


def shown(diagnosis: Diagnosis) -> Shown:
    """All that a check says."""
    levels, context = levels_of(diagnosis), context_of(diagnosis)
    earlier = compared_with(diagnosis)
    before = levels_of(earlier) if earlier else {}
    return Shown(
        areas=_areas(levels, before),
        chart=_chart(levels, before, diagnosis, earlier),
        steps=[_step(one) for one in advise(levels, context)],
        gained=[BY_KEY[key].words for key in gained(before, levels)],
        context=_context(context),
        compared_on=date_in_full(earlier.on) if earlier else "",
    )


def _areas(levels: Mapping[str, int], before: Mapping[str, int]) -> list[AreaShown]:
    now, then = bands(levels), bands(before)
    found = []
    for area, band in now.items():
        was = then[area]
        name = AREAS.get(area, FIRST_STEPS)
        told = BANDS[band] if band is not None else gettext_lazy("Not asked")
        found.append(AreaShown(name, told, BANDS[was] if was is not None else ""))
    return found


def _chart(
    levels: Mapping[str, int], before: Mapping[str, int], diagnosis: Diagnosis, earlier: Diagnosis | None
) -> Chart:
    asked = [one for one in SKILLS if one.key in levels or one.key in before]
    rows = [(one.short, before.get(one.key), levels.get(one.key)) for one in asked]
    if earlier is None:
        rows = [(label, None, level) for label, _before, level in rows]
    return steps_before_after(
        _("What they can do"),
        rows,
        rule=_("0: not yet. 1: with help. 2: alone. 3: could show someone."),
        source=_("Told or shown by the person"),
        on=diagnosis.on,
    )


def _step(advice: Advice) -> StepShown:
    words, icon = _STEPS[advice.step]
    if advice.step is Next.COURSE:
        themes = ", ".join(str(Theme(theme).label) for theme in advice.themes)
        return StepShown(_("A course: %(themes)s") % {"themes": themes}, icon)
    if advice.step is Next.PROCEDURES:
        return StepShown(words, icon, reverse("home"))
    return StepShown(words, icon)


def _context(terms: Mapping[str, str]) -> list[tuple[Words, Words]]:
    return [(one.words, dict(one.answers)[terms[one.key]]) for one in CONTEXT if one.key in terms]


def paper(diagnosis: Diagnosis, one: Shown) -> dict[str, object]:
    """What the paper a person takes home says; names and titles included."""
    return {
        "intro": diagnosis.person.name,
        "heading": _("What I can do"),
        "on": date_in_full(diagnosis.on),
        "compared": _("Beside the check of %(day)s.") % {"day": one.compared_on} if one.compared_on else "",
        "scale": [str(BANDS[band]) for band in Band],
        "then_label": _("before"),
        "areas": _bars(diagnosis),
        "gained_title": _("What I have learnt"),
        "gained": [str(words) for words in one.gained],
        "next_title": _("What I can do next"),
        "next": [str(step.words) for step in one.steps],
        "wish_title": _("What I wish"),
        "wish": diagnosis.wish,
    }


def _bars(diagnosis: Diagnosis) -> list[dict[str, object]]:
    earlier = compared_with(diagnosis)
    now, then = bands(levels_of(diagnosis)), bands(levels_of(earlier) if earlier else {})
    return [
        {
            "name": str(AREAS.get(area, FIRST_STEPS)),
            "now": -1 if band is None else int(band),
            "then": -1 if (was := then[area]) is None else int(was),
            "words": str(BANDS[band]) if band is not None else "",
        }
        for area, band in now.items()
    ]
