"""Commands of the platform itself."""

import json
import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from pathlib import Path

from django.core.management import call_command, execute_from_command_line

from pourtous.kernel import clock
from pourtous.kernel.ids import uuid7
from pourtous.runtime import backups, exporting, retention, schedule, serving, supervisor, verification
from pourtous.runtime.registry import command, loaders
from pourtous.runtime.routes import routes


@command("migrate", "Create or bring up to date the database, with reference data.")
def migrate(_asked: Namespace) -> int:
    """Leaves a usable, empty instance."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    for load in loaders():
        load()
    return 0


def _where(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)


@command("serve", "Run the web server.", _where)
def serve(asked: Namespace) -> int:
    """Until interrupted."""
    serving.serve(asked.host, asked.port)


@command("up", "Run web server, worker and ticks together.", _where)
def up(asked: Namespace) -> int:
    """For a small installation, and for the demonstration."""
    return supervisor.run(asked.host, asked.port)


@command("worker", "Run long work and deliver messages, until interrupted.")
def worker(_asked: Namespace) -> int:
    """A first SIGTERM or Ctrl-C lets the present work end; a second stops at once."""
    from django_tasks_db.management.commands.db_worker import Worker

    one = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid7().hex,
        excluded_queue_names=[],
    )
    one.configure_signals()
    one.run()
    return 0


@command("tick", "Start what is due. Run it every minute.")
def tick(_asked: Namespace) -> int:
    """Two ticks at once never do one thing twice."""
    schedule.tick(clock.now())
    return 0


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


@command("routes", "List addresses and who may see them.", _json)
def list_routes(asked: Namespace) -> int:
    """Exit status 1 when an address does not say who may see it."""
    table = list(routes())
    if asked.json:
        json.dump([one._asdict() for one in table], sys.stdout, indent=1)
        sys.stdout.write("\n")
    else:
        width = max(len(one.path) for one in table)
        sys.stdout.writelines(f"{one.path:{width}}  {one.access or 'NOT SAID'}\n" for one in table)
    return 1 if any(one.access is None for one in table) else 0


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


@command("backup", "Write the database and the files to one file.", _file)
def backup(asked: Namespace) -> int:
    """While everything runs. The secret key is not in it."""
    size = backups.backup(asked.file, now=clock.now())
    sys.stdout.write(f"{asked.file}: {size:,} bytes. The secret key is not in it: keep it elsewhere.\n")
    return 0


def _restore(parser: ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--replace", action="store_true", help="even when this installation already has users")


@command("restore", "Put back what `backup` wrote. Stop the server and the worker first.", _restore)
def restore(asked: Namespace) -> int:
    """Into an empty installation, unless told otherwise."""
    made = backups.restore(asked.file, replace=asked.replace)
    migrate(asked)
    sys.stdout.write(f"Restored as of {made}.\n")
    return 0


@command("verify", "Check that everything holds.")
def verify(_asked: Namespace) -> int:
    """Exit status 1 when something does not."""
    faults = 0
    for title, found in verification.run():
        faults += len(found)
        sys.stdout.write(f"{'FAULT' if found else 'ok   '}  {title}\n")
        sys.stdout.writelines(f"       {fault}\n" for fault in found)
    return 1 if faults else 0


def _dry(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would go, delete nothing")


@command("retention", "Let go of everything whose time is over, in all apps.", _dry)
def let_go(asked: Namespace) -> int:
    """What the daily work does. Exit status 1 when a rule failed: the log says why."""
    outcomes = retention.apply(now=clock.now(), dry_run=asked.dry_run)
    for one in outcomes:
        sys.stdout.write(f"{'failed' if one.count is None else one.count:>8}  {one.rule.sentence}\n")
    return 1 if any(one.count is None for one in outcomes) else 0


def _folder(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER")


@command("export all", "Write every table as CSV, with its dictionary.", _folder)
def export_all(asked: Namespace) -> int:
    """Nobody is ever locked in."""
    counts = exporting.export_all(asked.folder)
    sys.stdout.write(f"{asked.folder}: {len(counts)} tables, {sum(counts.values()):,} rows.\n")
    return 0


def _rest(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs=REMAINDER)


@command("manage", "Run one of Django's own commands.", _rest)
def manage(asked: Namespace) -> int:
    """For maintainers: makemigrations, shell…"""
    execute_from_command_line(["pourtous manage", *asked.words])
    return 0
