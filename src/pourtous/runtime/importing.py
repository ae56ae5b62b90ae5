"""What all commands that bring a file in have in common: the file, a trial without writing, a report as JSON."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError


def add_arguments(parser: ArgumentParser, file: str) -> None:
    """`file`: what kind of file is wanted, for the help."""
    parser.add_argument("file", type=Path, help=file)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    parser.add_argument("--report", type=Path, metavar="R.json", help="write the report there")


def check_paths(asked: Namespace) -> None:
    """Before long work: DomainError when there is no such file, or no folder for the report."""
    if not asked.file.is_file():
        raise DomainError(_("There is no file %(path)s.") % {"path": asked.file})
    if asked.report and not asked.report.parent.is_dir():
        raise DomainError(_("There is no folder %(path)s.") % {"path": asked.report.parent})


def write_report(asked: Namespace, report: dict[str, Any]) -> None:
    """The report, when one was asked for."""
    if asked.report:
        asked.report.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
