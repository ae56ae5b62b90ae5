"""`pourtous demo`: the platform with the demonstration territory, in one command."""

import sys
from argparse import ArgumentParser, Namespace

from pourtous.config.environment import data_dir
from pourtous.demo.books import load_passes
from pourtous.demo.loading import load
from pourtous.demo.scenario import digest
from pourtous.demo.work import load_work
from pourtous.kernel import clock
from pourtous.places.models import Place
from pourtous.runtime import supervisor
from pourtous.runtime.program import DEMO_MARK
from pourtous.runtime.registry import command, commands


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="where to listen")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="only prepare the data")


@command("demo", "Start the platform with the demonstration territory.", _arguments)
def demo(asked: Namespace) -> int:
    """Prepare what is missing, then serve. The mark in the data folder makes later commands use demo settings."""
    commands()["migrate"].run(asked)
    prepare()
    if asked.no_serve:
        return 0
    return supervisor.run(asked.host, asked.port)


def prepare() -> bool:
    """Load the scenario when the database has none of it, or another version; whether it did."""
    mark = data_dir() / DEMO_MARK
    if mark.exists() and mark.read_text() == digest() and Place.objects.exists():
        return False
    counts = load(clock.now())
    load_work(clock.now())
    load_passes(clock.now())
    mark.write_text(digest())
    sys.stdout.write(f"The demonstration has {counts['places']} places. They are all invented.\n")
    return True
