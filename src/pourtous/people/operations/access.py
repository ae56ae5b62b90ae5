"""The file a person gets about themselves (GDPR article 15): all holdings, and what must be said beside them.

Made on request, handed over, never kept.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.audit.operations import record
from pourtous.people.enums import Purpose
from pourtous.people.holdings import Record, holdings
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations.erasure import whole
from pourtous.people.operations.readings import read_file
from pourtous.people.rules.deadlines import goes_on
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full

FORMAT = "pourtous.access-file"
VERSION = 1


@dataclass(frozen=True)
class Section:
    """What one holding holds: its name for programs, its title for people, its records."""

    name: str
    title: str
    records: list[Record]


@dataclass(frozen=True)
class AccessFile:
    """All that is held about a person, and what must be said beside it as pairs of a title and sentences."""

    person: Person
    made_at: datetime
    sections: list[Section]
    notes: list[tuple[str, str, str]]  # name for programs, title, text


def access_file(*, person: Person, actor: User, now: datetime) -> AccessFile:
    """Gather what is held about a person, files made one with theirs included; written down as a reading."""
    with transaction.atomic():
        read_file(person=person, actor=actor, what="people.access_file", now=now)
        record(actor=actor, verb="people.access_file", subject=person, now=now)
        files = list(whole(person))
        sections = [
            Section(named.name, str(named.title), [row for one in files for row in named.holding.records(one)])
            for named in holdings()
        ]
        return AccessFile(person, now, [one for one in sections if one.records], _notes(person))


def _notes(person: Person) -> list[tuple[str, str, str]]:
    territory = {name: str(said) for name, said in settings.TERRITORY.items()}
    follow_ups = FollowUp.objects.filter(person=person).select_related("unit__organisation")
    teams = sorted({f"{one.unit.name} ({one.unit.organisation.name})" for one in follow_ups})
    purposes = sorted({str(Purpose(one.purpose).label) for one in follow_ups})
    return [
        ("controller", _("Who answers for these data"), _lines(territory["publisher"], territory["publisher_address"])),
        ("data_protection_officer", _("Who to write to"), territory["data_protection_officer"]),
        ("purposes", _("Why we hold them"), _lines(*purposes)),
        ("legal_basis", _("On what ground"), _("A mission of public interest: helping everybody with digital tools.")),
        ("source", _("Where they come from"), _("From you, and from the teams that help you.")),
        ("recipients", _("Who receives them"), _lines(*teams)),
        ("retention", _("How long"), _until(person)),
        (
            "automated_decisions",
            _("Decisions"),
            _("No decision about you is made by a machine alone."),
        ),
        ("hosting", _("Where they are kept"), territory["hosting"]),
        (
            "rights",
            _("Your rights"),
            _("You may have your data corrected or erased. You may object. Ask any team that helps you."),
        ),
        (
            "complaint",
            _("If you do not agree"),
            _("You may complain to the CNIL. Address: 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07."),
        ),
    ]


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _until(person: Person) -> str:
    day = date_in_full(goes_on(person.last_contact_on))
    return _("Two years after the last contact: until %(day)s if nothing happens. We tell you before.") % {"day": day}


def as_json(made: AccessFile) -> dict[str, Any]:
    """The file for programs: see docs/guide-droits.md for its keys."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "code": made.person.code,
        "made_at": made.made_at.isoformat(),
        "sections": [
            {
                "name": section.name,
                "title": section.title,
                "records": [
                    {"title": str(row.title), "facts": [{"label": str(k), "value": v} for k, v in row.facts]}
                    for row in section.records
                ],
            }
            for section in made.sections
        ],
        "notes": [{"name": name, "title": title, "text": text} for name, title, text in made.notes if text],
    }


def as_pdf(made: AccessFile) -> bytes:
    """The same, to be read."""
    data = as_json(made) | {
        "heading": _("Your data"),
        "intro": made.person.name,
        "lead": _("Here is all that we hold about you, on %(day)s.") % {"day": date_in_full(made.made_at)},
        "notes_title": _("What you should know"),
    }
    return pdf("people/access.typ", data, title=_("Your data"))
