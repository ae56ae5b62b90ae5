"""Bringing in a mediator's activities from La Coop's spreadsheet: again and again without harm.

Activities are known by their "ID CRA". One that changed in La Coop is updated, unless it was changed or removed here.
People are never made: those of a line become counts.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Membership, Unit, User
from pourtous.activities.enums import Dimension, Source
from pourtous.activities.importers.coop import Group, read
from pourtous.activities.models import Activity, ActivityVersion, AnonymousCount, Tag
from pourtous.activities.operations.months import touch
from pourtous.activities.queries.choices import usable_tags
from pourtous.activities.rules.coop import COLUMNS, CoopActivity, UnreadableError, marginals, read_lines
from pourtous.activities.rules.facts import TOLD
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import fold
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place
from pourtous.runtime.progress import Progress
from pourtous.territories.queries import resolve_codes

AT_ONCE = 200  # activities a transaction
MOST_PROBLEMS = 500
NOTES_KEPT_FOR = timedelta(days=2 * 365)
_DIMENSIONS = {"gender": Dimension.GENDER, "age": Dimension.AGE, "status": Dimension.STATUS}


@dataclass
class Problem:
    """What was wrong with an activity: the row of the file, its id there, and a sentence."""

    row: int
    id: str
    message: str


@dataclass
class Report:
    """What an import did, or would do. `kept`: changed here, left alone; `here`: recorded here in the first place."""

    rows: int = 0
    activities: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    here: int = 0
    rejected: int = 0
    accompaniments: int = 0
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)  # "column: text", how many activities

    def reject(self, group: Group, message: str) -> None:
        """An activity that stays out."""
        self.rejected += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(group.row, group.source_id, message))

    def as_json(self) -> dict[str, Any]:
        """For files and pages."""
        return asdict(self) | {"unknown": dict(sorted(self.unknown.items()))}


@dataclass(frozen=True)
class Terms:
    """Whose activities these are, and for which team."""

    mediator: User
    unit: Unit


def check_terms(terms: Terms) -> None:
    """Raises DomainError unless the mediator belongs to the team, and the team does digital mediation."""
    is_there = Membership.objects.filter(user=terms.mediator, unit=terms.unit).exists()
    if not is_there or not terms.unit.can_do(Capability.MEDIATION):
        raise DomainError(_("%(name)s is no mediator of this team.") % {"name": terms.mediator.name}, field="unit")


def import_activities(
    *, path: Path, terms: Terms, actor: Any, now: datetime, progress: Progress, dry_run: bool = False
) -> Report:
    """Bring a file in, some activities a transaction. Raises DomainError when it is no such spreadsheet."""
    check_terms(terms)
    groups = read(path)
    report = Report(rows=sum(len(group.lines) for group in groups), activities=len(groups))
    shared = _Shared(terms, now, usable_tags(terms.mediator))
    progress.start(len(groups), _("Activities are being read."))
    for start in range(0, len(groups), AT_ONCE):
        batch = groups[start : start + AT_ONCE]
        _batch(batch, shared, report, dry_run=dry_run)
        progress.advance(len(batch))
    if not dry_run:
        told = {name: getattr(report, name) for name in ("created", "updated", "kept", "rejected")}
        record(actor=actor, verb="activities.import", subject=terms.mediator, now=now, details=told)
    return report


class _Shared:
    """What all activities of a file share."""

    def __init__(self, terms: Terms, now: datetime, tags: Any) -> None:
        self.terms, self.now, self.today = terms, now, paris(now).date()
        self.tags: dict[str, Tag] = {fold(tag.name): tag for tag in tags}


@dataclass(frozen=True)
class _Read:
    """An activity of the file, and the mark of all it says."""

    group: Group
    told: CoopActivity
    mark: str


def _batch(groups: Sequence[Group], shared: _Shared, report: Report, *, dry_run: bool) -> None:
    read_ones = [one for group in groups if (one := _read(group, shared, report)) is not None]
    with transaction.atomic():
        known = _known([one.told.source_id for one in read_ones])
        here = _recorded_here([one.told.source_id for one in read_ones])
        writer = _Writer(shared, read_ones)
        for one in read_ones:
            _sort(one, known.get(one.told.source_id), here, shared, report, writer)
        if not dry_run:
            writer.write()


def _read(group: Group, shared: _Shared, report: Report) -> _Read | None:
    if not group.source_id:
        report.reject(group, _("This line has no “ID CRA”."))
        return None
    try:
        told = read_lines(group.lines)
    except UnreadableError as error:
        words = {"column": COLUMNS[error.column], "text": error.text or "–"}
        report.reject(group, _("“%(column)s” cannot be read: %(text)s.") % words)
        return None
    if told.day > shared.today:
        report.reject(group, _("This day is to come."))
        return None
    if told.day < shared.today - NOTES_KEPT_FOR:  # what was let go of does not come back
        told = replace(told, notes="", procedure_name="")
    for column, texts in told.unknown.items():
        report.unknown.update(f"{column}: {text}" for text in texts)
    report.accompaniments += len(told.people)
    unit = shared.terms.unit.pk
    return _Read(group, told, hashlib.sha256(f"{unit} {told!r}".encode()).hexdigest())


def _known(source_ids: Sequence[str]) -> dict[str, Activity]:
    rows = Activity.objects.filter(source=Source.COOP, source_id__in=source_ids).select_for_update()
    edited = ActivityVersion.objects.filter(activity=OuterRef("pk"))
    return {one.source_id: one for one in rows.annotate(is_edited=Exists(edited))}


def _recorded_here(source_ids: Sequence[str]) -> set[str]:
    """Ids that are those of activities of ours: a file that came from here."""
    keys = [key for text in source_ids if (key := _key(text))]
    rows = Activity.objects.filter(pk__in=keys, source=Source.POURTOUS)
    return {str(key) for key in rows.values_list("pk", flat=True)}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _sort(
    one: _Read, known: Activity | None, here: set[str], shared: _Shared, report: Report, writer: "_Writer"
) -> None:
    """What becomes of an activity of the file."""
    if one.told.source_id.lower() in here:
        report.here += 1
    elif known is None:
        report.created += 1
        writer.new.append(one)
    elif known.mediator_id != shared.terms.mediator.pk:
        report.accompaniments -= len(one.told.people)
        report.reject(one.group, _("This activity is already there, for another mediator."))
    elif known.recorded_mark == one.mark:
        report.unchanged += 1
    elif known.deleted_at is not None or known.is_edited:  # type: ignore[attr-defined]  # annotated
        report.kept += 1
    else:
        report.updated += 1
        writer.changed.append((one, known))


class _Writer:
    """Writes the activities of a batch."""

    def __init__(self, shared: _Shared, read_ones: Sequence[_Read]) -> None:
        self.shared = shared
        self.new: list[_Read] = []
        self.changed: list[tuple[_Read, Activity]] = []
        self.communes = resolve_codes({one.told.insee_code for one in read_ones if one.told.insee_code})
        self.places = self._places({one.told.insee_code for one in read_ones})

    def _places(self, told: set[str]) -> dict[tuple[str, str], list[Place]]:
        """Places of the directory by folded name and commune."""
        codes = told - {""} | {commune.code for commune in self.communes.values()}
        rows = Place.objects.filter(insee_code__in=codes).exclude(state=PlaceState.CLOSED).order_by("code")
        found: dict[tuple[str, str], list[Place]] = {}
        for place in rows:
            found.setdefault((fold(place.name), place.insee_code), []).append(place)
        return found

    def write(self) -> None:
        """All of them, their counts and tags; their months are counted again, before and after."""
        touch(activity for _one, activity in self.changed)
        for one, activity in self.changed:
            self._fill(activity, one)
            activity.save()
        mine = self.shared.terms.mediator
        made = [(one, self._fill(Activity(mediator=mine), one)) for one in self.new]
        Activity.objects.bulk_create(activity for _one, activity in made)
        pairs = [*self.changed, *made]
        AnonymousCount.objects.filter(activity__in=[activity.pk for _one, activity in self.changed]).delete()
        AnonymousCount.objects.bulk_create(count for one, activity in pairs for count in _counts(one.told, activity))
        for one, activity in pairs:
            if one.told.tags or (one, activity) in self.changed:
                activity.tags.set(self._tags(one.told))
        touch(activity for _one, activity in pairs)

    def _tags(self, told: CoopActivity) -> list[Tag]:
        return [self.shared.tags[fold(name)] for name in told.tags if fold(name) in self.shared.tags]

    def _fill(self, activity: Activity, one: _Read) -> Activity:
        told = one.told
        for name in _PLAIN:
            setattr(activity, name, getattr(told, name))
        commune = self.communes.get(told.insee_code)
        activity.unit, activity.commune = self.shared.terms.unit, commune
        activity.insee_code = commune.code if commune else told.insee_code
        activity.place = self._place(told, activity.insee_code)
        activity.source, activity.recorded_mark = Source.COOP, one.mark
        activity.participant_count = activity.anonymous_count = len(told.people)
        activity.created_at = _noon(told.recorded_on) or self.shared.now
        activity.modified_at = _noon(told.modified_on) or activity.created_at
        activity.source_values = self._kept(told, activity)
        return activity

    def _place(self, told: CoopActivity, insee_code: str) -> Place | None:
        """The one place of the directory with this name there."""
        found = self.places.get((fold(told.place_name), insee_code), [])
        return found[0] if told.place_kind == "lieu_activite" and len(found) == 1 else None

    def _kept(self, told: CoopActivity, activity: Activity) -> dict[str, Any]:
        """What has no column here, as it came."""
        kept: dict[str, Any] = {
            "homes": marginals(told.people)["insee_code"],
            "unknown": {name: list(texts) for name, texts in told.unknown.items()},
            "tags": [name for name in told.tags if fold(name) not in self.shared.tags],
            "commune": "" if activity.commune else told.commune,
            "insee_code": told.insee_code if told.insee_code != activity.insee_code else "",
            "is_oriented": told.is_oriented and not told.orientation,
        }
        if activity.place is None:
            kept |= {"place_name": told.place_name, "address": told.address, "postcode": told.postcode}
        return {name: value for name, value in kept.items() if value}


_PLAIN = ("source_id", *TOLD)


def _counts(told: CoopActivity, activity: Activity) -> list[AnonymousCount]:
    found = marginals(told.people)
    return [
        AnonymousCount(activity=activity, dimension=dimension, value=value, count=count)
        for name, dimension in _DIMENSIONS.items()
        for value, count in found[name].items()
    ]


def _noon(day: date | None) -> datetime | None:
    return datetime.combine(day, time(12), UTC) if day else None
