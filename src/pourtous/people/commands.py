"""Commands about people: `pourtous import people`, `pourtous rehash people`."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.accounts.models import Unit
from pourtous.kernel.clock import now
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import NoticeKind, Purpose
from pourtous.people.operations.imports import STATUSES, Report, Terms, import_people
from pourtous.people.operations.rehashing import rehash
from pourtous.runtime.importing import add_arguments, check_paths, write_report
from pourtous.runtime.progress import TerminalProgress
from pourtous.runtime.registry import command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE", help="the unit's key, or its whole name")
    parser.add_argument("--purpose", choices=Purpose.values, default=Purpose.MEDIATION.value)
    parser.add_argument("--notice", required=True, choices=NoticeKind.values, help="how these people were told")
    parser.add_argument("--notice-on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--with-notes", action="store_true", help="bring notes in too: they may speak of health")
    add_arguments(parser, "the spreadsheet of La Coop (XLSX), or a CSV of the same columns")


@command("import people", "Import files of people kept elsewhere, for one unit.", _arguments)
def run(asked: Namespace) -> int:
    """Exit status 0 when the file could be read, even with rejected rows. Doubtful rows stay out."""
    check_paths(asked)
    terms = Terms(_unit(asked.unit), asked.purpose, asked.notice, asked.notice_on, asked.with_notes)
    with TerminalProgress() as progress:
        report = import_people(
            path=asked.file, terms=terms, actor=None, now=now(), dry_run=asked.dry_run, progress=progress
        )
    write_report(asked, report.as_json())
    sys.stdout.write(_summary(report) + "\n")
    return 0


def _unit(said: str) -> Unit:
    try:
        found = list(Unit.objects.filter(pk=UUID(said)))
    except ValueError:
        found = list(Unit.objects.filter(name=said)[:2])
    if len(found) != 1:
        raise DomainError(_("There is no unit, or more than one, called %(name)s.") % {"name": said})
    return found[0]


def _summary(report: Report) -> str:
    counts = {name: report.counts[name] for name in STATUSES}
    return _(
        "%(rows)s rows: %(new)s new, %(known)s already there, %(doubtful)s doubtful, %(rejected)s rejected; "
        "%(created)s files made."
    ) % (counts | {"rows": report.rows, "created": report.created})


@command("rehash people", "Write the hashes of files anew, after the secret key has changed.")
def rehash_people(_asked: Namespace) -> int:
    """Harmless to repeat."""
    changed = rehash(now=now())
    told = ngettext("%(count)s file hashed anew.", "%(count)s files hashed anew.", changed)
    sys.stdout.write(told % {"count": changed} + "\n")
    return 0
