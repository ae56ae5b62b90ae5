"""Commands about activities: `pourtous export activities`, `pourtous import activities`."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.activities.exporters.files import LAYOUTS, Wanted, export
from pourtous.activities.operations.coop_import import Report, Terms, import_activities
from pourtous.kernel.clock import now
from pourtous.kernel.errors import DomainError
from pourtous.runtime.importing import add_arguments, check_paths, write_report
from pourtous.runtime.progress import TerminalProgress
from pourtous.runtime.registry import command

ALL = "all"


def unit_called(said: str) -> Unit:
    """A unit by its key, its SIRET or its whole name. Raises DomainError when none or several answer."""
    try:
        found = list(Unit.objects.filter(pk=UUID(said)))
    except ValueError:
        found = list(Unit.objects.filter(siret=said)[:2] if said.isdigit() else Unit.objects.filter(name=said)[:2])
    if len(found) != 1:
        raise DomainError(_("There is no unit, or more than one, called %(name)s.") % {"name": said})
    return found[0]


def _export_arguments(parser: ArgumentParser) -> None:
    for name, dest, words in (("--from", "first", "first day"), ("--to", "last", "last day, included")):
        parser.add_argument(name, dest=dest, help=words, required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--layout", required=True, choices=LAYOUTS, help="coop: XLSX of La Coop; own: CSV, all columns")
    parser.add_argument(
        "--unit", default=ALL, metavar="CODE", help="the unit's key, SIRET or whole name; all: every unit"
    )
    parser.add_argument("--with-names", action="store_true", help="names of people and free text too")
    parser.add_argument("--output", type=Path, metavar="F", help="the file to write; else standard output")


@command("export activities", "Export activities: La Coop’s layout, or all columns.", _export_arguments)
def export_activities(asked: Namespace) -> int:
    """Exit status 0, also when there is nothing to export."""
    units = None if asked.unit == ALL else frozenset({unit_called(asked.unit).pk})
    wanted = Wanted(first=asked.first, last=asked.last, units=units)
    if wanted.last < wanted.first:
        raise DomainError(_("The last day comes before the first."))
    content = export(
        asked.layout,
        wanted.rows(),
        asker=(_("Command"), ""),
        filters=wanted.words(),
        with_names=asked.with_names,
        now=now(),
    )
    if asked.output:
        asked.output.write_bytes(content)
    else:
        sys.stdout.buffer.write(content)
    return 0


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--mediator", required=True, metavar="EMAIL", help="whose activities these are")
    parser.add_argument("--unit", required=True, metavar="CODE", help="the unit's key, SIRET or whole name")
    add_arguments(parser, "the export of La Coop (XLSX, sheet “Activités”)")


@command("import activities", "Import a mediator’s activities from La Coop’s export.", _import_arguments)
def import_command(asked: Namespace) -> int:
    """Exit status 0 when the file could be read, even with rejected activities."""
    check_paths(asked)
    mediator = User.objects.filter(email=asked.mediator.lower()).first()
    if mediator is None:
        raise DomainError(_("Nobody has the address %(email)s.") % {"email": asked.mediator})
    with TerminalProgress() as progress:
        report = import_activities(
            path=asked.file,
            terms=Terms(mediator, unit_called(asked.unit)),
            actor=None,
            now=now(),
            dry_run=asked.dry_run,
            progress=progress,
        )
    write_report(asked, report.as_json())
    sys.stdout.write(_summary(report) + "\n")
    return 0


def _summary(report: Report) -> str:
    return _(
        "%(activities)s activities: %(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(kept)s changed "
        "here and kept, %(here)s recorded here, %(rejected)s rejected."
    ) % {name: value for name, value in report.as_json().items() if isinstance(value, int)}
