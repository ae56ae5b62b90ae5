"""Commands of the directory: `pourtous import places`, `pourtous export places`."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from pourtous.kernel.clock import now
from pourtous.places.exporters import files
from pourtous.places.importers import formats
from pourtous.places.operations.imports import Report, import_file
from pourtous.runtime.importing import add_arguments, check_paths, write_report
from pourtous.runtime.progress import TerminalProgress
from pourtous.runtime.registry import command


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--source", required=True, metavar="CODE", help="who collects these rows: france-services…")
    parser.add_argument("--format", choices=(formats.AUTO, *formats.FORMATS), default=formats.AUTO)
    add_arguments(parser, "CSV or JSON, UTF-8 or CP1252")


@command("import places", "Import a file of places: the national standard and others.", _import_arguments)
def import_places(asked: Namespace) -> int:
    """Exit status 0 when the file could be read, even with rejected rows."""
    check_paths(asked)
    with TerminalProgress() as progress:
        report = import_file(
            path=asked.file,
            source=asked.source,
            format_name=asked.format,
            dry_run=asked.dry_run,
            actor=None,
            now=now(),
            progress=progress,
        )
    write_report(asked, report.as_json())
    sys.stdout.write(_summary(report) + "\n")
    return 0


def _summary(report: Report) -> str:
    return _(
        "%(rows)s rows: %(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(rejected)s rejected; "
        "%(warnings)s warnings; %(absent)s no longer in the file."
    ) % {name: getattr(report, name) for name in (*_SUMMED, "absent")}


_SUMMED = ("rows", "created", "updated", "unchanged", "rejected", "warnings")


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=tuple(files.FORMATS), default="csv")
    parser.add_argument("--source", default="", metavar="CODE", help="one collector's places, under its own ids")
    parser.add_argument("--output", type=Path, metavar="F", help="the file to write; else standard output")


@command("export places", "Export the directory in the national standard.", _export_arguments)
def export_places(asked: Namespace) -> int:
    """Hidden and closed places stay out."""
    found = files.build(asked.format, source=asked.source)
    if asked.output:
        asked.output.write_bytes(found.content)
    else:
        sys.stdout.buffer.write(found.content)
    return 0
