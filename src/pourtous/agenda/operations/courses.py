"""Courses of a host or of a mediation team: written, published, closed, copied."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.accounts.queries import may_hold_personal_data
from pourtous.agenda.enums import CourseState, Format
from pourtous.agenda.models import Course
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, clean_lines, shorten

# Columns that the form may change.
FIELDS = (
    "format",
    "title",
    "theme",
    "level",
    "aims",
    "for_whom",
    "session_count",
    "minutes",
    "seats",
    "pass_cost",
    "language",
    "plain_french",
    "wheelchair",
    "access_notes",
)
COURSE_MOVES: dict[CourseState, frozenset[CourseState]] = {
    CourseState.DRAFT: frozenset({CourseState.PUBLISHED, CourseState.CLOSED}),
    CourseState.PUBLISHED: frozenset({CourseState.CLOSED, CourseState.DRAFT}),
    CourseState.CLOSED: frozenset({CourseState.PUBLISHED}),
}
_LONGEST_MINUTES = 480
_MOST_SEATS = 500
_MOST_SESSIONS = 60
_MOST_PASSES = 100


@transaction.atomic
def create_course(*, unit: Unit, facts: dict[str, Any], actor: Any, now: datetime) -> Course:
    """A draft. `facts`: columns of `FIELDS`. Raises DomainError naming the field at fault."""
    course = Course(unit=unit, created_at=now)
    _fill(course, facts)
    course.save(force_insert=True)
    record(actor=actor, verb="agenda.create_course", subject=course, now=now)
    return course


@transaction.atomic
def update_course(*, course: Course, facts: dict[str, Any], actor: Any, now: datetime) -> Course:
    """Change a course; its sessions keep the seats and length they were made with."""
    _fill(course, facts)
    course.save()
    record(actor=actor, verb="agenda.update_course", subject=course, now=now)
    return course


@transaction.atomic
def move_course(*, course: Course, state: CourseState, actor: Any, now: datetime) -> Course:
    """Publish, close or take back to draft. Publishing needs the agreement for personal data: people will register."""
    before = [one for one, after in COURSE_MOVES.items() if state in after]
    if state is CourseState.PUBLISHED:
        _refuse_without_agreement(course, now)
    if not Course.objects.filter(pk=course.pk, state__in=before).update(state=state):
        course.refresh_from_db()
        if course.state == state:
            return course
        raise DomainError(_("Somebody has changed this course meanwhile. Look at it again."))
    course.state = state
    record(actor=actor, verb=f"agenda.{state.value}_course", subject=course, now=now)
    return course


@transaction.atomic
def duplicate_course(*, course: Course, actor: Any, now: datetime) -> Course:
    """The same course as a draft, without its sessions."""
    facts = {name: getattr(course, name) for name in FIELDS}
    facts["title"] = shorten(_("%(title)s (copy)") % {"title": course.title}, 160)
    copy = Course(unit=course.unit, created_at=now)
    _fill(copy, facts)
    copy.save(force_insert=True)
    record(actor=actor, verb="agenda.duplicate_course", subject=copy, now=now)
    return copy


def _refuse_without_agreement(course: Course, now: datetime) -> None:
    is_nameless = course.format == Format.OUTREACH
    if not is_nameless and not may_hold_personal_data(course.unit.organisation_id, on=paris(now).date()):
        raise DomainError(
            _("People will register: the agreement of your organisation must be recorded first. Ask the team.")
        )


def _fill(course: Course, facts: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in facts:
            value = facts[name]
            setattr(course, name, clean_lines(value) if isinstance(value, str) else value)
    course.title = clean(course.title)
    if not course.title:
        raise DomainError(_("Give the course a title."), field="title")
    if course.format == Format.TRY_ONCE:
        course.pass_cost, course.session_count = 0, 1  # no papers at all
    _refuse_out_of_range(course)


def _refuse_out_of_range(course: Course) -> None:
    ranges = {
        "minutes": (15, _LONGEST_MINUTES),
        "seats": (1, _MOST_SEATS),
        "session_count": (1, _MOST_SESSIONS),
        "pass_cost": (0, _MOST_PASSES),
    }
    for name, (least, most) in ranges.items():
        if not least <= getattr(course, name) <= most:
            raise DomainError(
                _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}, field=name
            )
