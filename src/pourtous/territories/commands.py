"""Commands: reference data after `pourtous migrate`, `pourtous import addresses`."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _
from tqdm import tqdm

from pourtous.kernel import clock
from pourtous.runtime.registry import after_migrate, command
from pourtous.territories import operations
from pourtous.territories.importers.addresses import Report


@after_migrate
def load_reference() -> None:
    """Communes, EPCI and history of the territory's départements."""
    operations.load_reference(now=clock.now())


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="adresses-34.csv or .csv.gz of the national address base")


@command("import addresses", "Import streets and house numbers from the national address base.", _arguments)
def import_addresses(asked: Namespace) -> int:
    """Exit status 0 when the file could be read, even with rejected rows."""
    with tqdm(unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        report = operations.import_addresses(path=asked.file, actor=None, now=clock.now(), progress=progress)
    sys.stdout.write("\n".join(summary(report)) + "\n")
    return 0


def summary(report: Report) -> list[str]:
    """The report in lines."""
    lines = [
        _(
            "%(rows)s rows read: %(used)s used, %(elsewhere)s of communes that are not ours, "
            "%(aliases)s aliases, %(rejected)s rejected."
        )
        % {
            "rows": report.rows,
            "used": report.used,
            "elsewhere": report.elsewhere,
            "aliases": report.aliases,
            "rejected": report.rejected.total(),
        },
        _(
            "%(communes)s communes, %(streets)s streets, %(addresses)s house numbers: %(new)s are new, %(gone)s are gone."
        )
        % {
            "communes": len(report.communes),
            "streets": report.streets,
            "addresses": report.addresses,
            "new": report.new,
            "gone": report.gone,
        },
    ]
    lines += [f"  {count} × {_(reason)}" for reason, count in report.rejected.most_common()]
    for line, reason, value in report.examples:
        lines.append(_("  line %(line)s: %(reason)s (%(value)s)") % {"line": line, "reason": _(reason), "value": value})
    return lines
