"""Skills checks of the demonstration: before, and for some after, so that progress shows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Model

from pourtous.activities.enums import Moment
from pourtous.activities.models import Diagnosis, DiagnosisAnswer
from pourtous.activities.rules.diagnosis import stops
from pourtous.activities.rules.questions import CONTEXT, GESTURES, SKILLS, VERSION
from pourtous.demo.agenda import at
from pourtous.demo.draw import Draw
from pourtous.demo.people import SHOWN, Known
from pourtous.demo.scenario import fixed_id, read

_COUNT = 60
_EVERY = 7  # one person in seven, of those still helped
_GAP = 60  # days between the two, and at least since the first


def checks(known: Sequence[Known], now: datetime) -> Iterator[Model]:
    """Sixty people were asked; two in three of them twice."""
    draw = Draw("skills")
    wishes = [str(row["need"]) for row in read("needs")]
    chosen = [known[SHOWN], *(one for one in known[::_EVERY] if _has_time(one))][:_COUNT]
    for number, one in enumerate(chosen, start=1):
        base = draw.choice((0.6, 1.0, 1.4))
        before = {question.key: min(3, max(0, round(draw.gauss(base, 0.8)))) for question in SKILLS}
        day = one.since + timedelta(days=draw.randrange(10))
        wish = draw.choice(wishes)
        context = {choice.key: draw.choice(choice.answers)[0] for choice in CONTEXT}
        yield from _check(one, f"{number}/before", Moment.BEFORE, at(day, time(11)), before, context, wish)
        if number % 3:
            after = {key: min(3, level + draw.choice((0, 1, 1, 2))) for key, level in before.items()}
            last = at(one.person.last_contact_on, time(11))
            yield from _check(one, f"{number}/after", Moment.AFTER, min(last, now), after, context, wish)


def _has_time(one: Known) -> bool:
    return (one.person.last_contact_on - one.since).days > _GAP


def _check(
    one: Known,
    key: str,
    moment: Moment,
    when: datetime,
    levels: Mapping[str, int],
    context: Mapping[str, str],
    wish: str,
) -> Iterator[Model]:
    is_short = stops(levels)
    check = Diagnosis(
        id=fixed_id("diagnosis", key),
        person=one.person,
        unit_id=one.team.unit_id,
        by_id=one.mediator.user_id,
        on=when.date(),
        moment=moment,
        version=VERSION,
        wish=wish,
        stopped_early=is_short,
        finished_at=when,
    )
    yield check
    for question, term in context.items():
        yield DiagnosisAnswer(diagnosis=check, question=question, term=term)
    asked = GESTURES if is_short else SKILLS
    for one_asked in asked:
        yield DiagnosisAnswer(diagnosis=check, question=one_asked.key, level=levels[one_asked.key])
