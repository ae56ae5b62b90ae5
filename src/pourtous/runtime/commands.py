"""Commands of the platform itself."""

from argparse import REMAINDER, ArgumentParser, Namespace

from django.core.management import call_command, execute_from_command_line

from pourtous.runtime.registry import command, loaders


@command("migrate", "Create or bring up to date the database, with reference data.")
def migrate(_asked: Namespace) -> int:
    """Leaves a usable, empty instance."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    for load in loaders():
        load()
    return 0


def _rest(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs=REMAINDER)


@command("manage", "Run one of Django's own commands.", _rest)
def manage(asked: Namespace) -> int:
    """For maintainers: makemigrations, shell…"""
    execute_from_command_line(["pourtous manage", *asked.words])
    return 0
