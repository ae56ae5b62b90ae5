"""Importing a file of people for one unit: looked at first, then imported; run again, it changes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean_lines
from pourtous.people.enums import PersonState
from pourtous.people.importers.workbooks import Line, Sheet, read
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations.facts import PersonFacts, fill
from pourtous.people.operations.persons import check_follow_up, register
from pourtous.people.queries import active_follow_ups
from pourtous.people.rules.imported import Known, Problem, Reading, is_same, understand
from pourtous.people.rules.similar import Trace, is_similar
from pourtous.runtime.progress import Progress
from pourtous.territories.models import Commune
from pourtous.territories.queries import communes_named, communes_of_postcode, resolve_codes, same_name

STATUSES = ("new", "known", "doubtful", "rejected")
NOTE_LENGTH = 500
_CLOSEST = 3


@dataclass(frozen=True)
class Terms:
    """On what terms a unit brings its files in."""

    unit: Unit
    purpose: str
    notice_kind: str
    notice_on: date
    with_notes: bool = False


@dataclass
class Report:
    """What a file would do, or did: numbers of rows, and each row by its number, without names."""

    error: str = ""  # why nothing could be done
    rows: int = 0
    created: int = 0
    notes: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATUSES, 0))
    remarks: list[str] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Keys: error, rows, created, notes, counts by status, remarks, lines (row, status, problems, like)."""
        return dict(vars(self))


def import_people(
    *,
    path: Path,
    terms: Terms,
    actor: User | None,
    now: datetime,
    dry_run: bool = False,
    accepted: Collection[int] = (),
    progress: Progress | None = None,
) -> Report:
    """Import a file; with `dry_run`, only say what it would do. `accepted`: numbers of doubtful rows to import too.

    DomainError, with nothing written, when the file cannot be read or the unit may not follow people.
    """
    today = paris(now).date()
    check_follow_up(
        unit=terms.unit,
        purpose=terms.purpose,
        notice_kind=terms.notice_kind,
        notice_on=terms.notice_on,
        today=today,
    )
    sheet = read(path)
    work = _Import(terms, actor, now, sheet)
    progress = progress or Progress()
    progress.start(len(sheet.lines))
    for line in sheet.lines:
        work.take(line, dry_run=dry_run, is_accepted=line.number in accepted)
        progress.advance()
    return work.report


class _Import:
    """One import at work: the files the unit follows, and what was seen so far."""

    def __init__(self, terms: Terms, actor: User | None, now: datetime, sheet: Sheet) -> None:
        self.terms, self.actor, self.now = terms, actor, now
        self.today = paris(now).date()
        self.communes = _Communes(sheet.lines)
        self.known = list(_followed(terms.unit, self.today))
        self.report = Report(rows=len(sheet.lines), remarks=list(sheet.remarks))

    def take(self, line: Line, *, dry_run: bool, is_accepted: bool) -> None:
        """Understand one row, say what it is, import it when it is somebody new (or accepted as such)."""
        row = understand(line.number, line.cells, year=self.today.year, rounded=line.rounded)
        commune = self.communes.of(row)
        facts = _facts(row, commune)
        _check(row, facts, self.today)
        status, like = self._status(row)
        person = None
        if status == "new" or (status == "doubtful" and is_accepted):
            person = None if dry_run else self._register(row, facts)
            self._remember(row, person)
        self.report.counts[status] += 1
        self.report.notes += bool(row.notes)
        self.report.created += person is not None
        self.report.lines.append(
            {
                "row": row.number,
                "status": status,
                "created": person.code if person else "",
                "like": like,
                "problems": [{"column": one.column, "message": one.message} for one in row.problems],
            }
        )

    def _status(self, row: Reading) -> tuple[str, list[str]]:
        if not row.is_usable:
            return "rejected", []
        same = [one.code for one in self.known if is_same(row, one)]
        if same:
            return "known", same[:_CLOSEST]
        asked = Trace(None, row.names, row.birth_year, row.phone)
        like = [one.code for one in self.known if is_similar(asked, Trace(None, one.names, one.birth_year, one.phone))]
        return ("doubtful", like[:_CLOSEST]) if like else ("new", [])

    def _register(self, row: Reading, facts: PersonFacts) -> Person:
        person = register(
            unit=self.terms.unit,
            purpose=self.terms.purpose,
            notice_kind=self.terms.notice_kind,
            notice_on=self.terms.notice_on,
            actor=self.actor,
            now=self.now,
            **facts,
        )
        note = clean_lines(row.notes)[:NOTE_LENGTH]
        if self.terms.with_notes and note:
            FollowUp.objects.filter(person=person, unit=self.terms.unit).update(note=note)
        return person

    def _remember(self, row: Reading, person: Person | None) -> None:
        """The next rows are compared with this one too."""
        code = person.code if person else _("row %(row)s") % {"row": row.number}
        self.known.append(Known(code, row.names, row.birth_year, row.phone, row.email))


def _followed(unit: Unit, today: date) -> Iterable[Known]:
    mine = active_follow_ups(today).filter(unit=unit).order_by().values("person")
    rows = Person.objects.filter(pk__in=mine, state=PersonState.ACTIVE).order_by()
    return (Known(*row) for row in rows.values_list("code", "search_text", "birth_year", "phone", "email"))


def _facts(row: Reading, commune: Commune | None) -> PersonFacts:
    facts: PersonFacts = {
        "first_name": row.first_name,
        "last_name": row.last_name,
        "birth_year": row.birth_year,
        "gender": row.gender,
        "phone": row.phone,
        "email": row.email,
        "commune": commune,
    }
    if row.email and not row.phone:
        facts["reach"] = "email"
    return facts


def _check(row: Reading, facts: PersonFacts, today: date) -> None:
    """The rules of every file hold here too."""
    if not row.is_usable:
        return
    try:
        fill(Person(), facts, on=today)
    except DomainError as error:
        row.problems.append(Problem(error.field or "", str(error), is_fatal=True))


class _Communes:
    """Communes of a file: by INSEE code, else by name and postcode. What contradicts itself is left empty."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.by_code = resolve_codes({line.cells["insee"] for line in lines if line.cells["insee"]})
        self.by_words: dict[tuple[str, str], list[Commune]] = {}

    def of(self, row: Reading) -> Commune | None:
        """The commune of a row; a problem is written on the row when it cannot be told."""
        name, insee, postcode = row.commune
        if not (name or insee or postcode):
            return None
        by_code = self.by_code.get(insee) or (resolve_codes([insee]).get(insee) if insee else None)
        found = [by_code] if by_code else self._by_words(name, postcode)
        fits = [
            one
            for one in found
            if (not name or same_name(name, one.name)) and (not postcode or postcode in one.postcodes)
        ]
        if len(fits) == 1:
            return fits[0]
        row.problems.append(Problem("commune", _("Name, INSEE code and postcode do not agree: left empty.")))
        return None

    def _by_words(self, name: str, postcode: str) -> list[Commune]:
        key = (name, postcode)
        if key not in self.by_words:
            self.by_words[key] = communes_of_postcode(postcode) if postcode else communes_named(name)
        return self.by_words[key]
