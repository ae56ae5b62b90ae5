"""Commands of the `pourtous` program: each app declares its own in `commands.py`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command: its words ("import places"), one line of summary, its arguments and what it runs."""

    words: str
    summary: str
    run: Callable[[Namespace], int]
    arguments: Callable[[ArgumentParser], None]


_commands: dict[str, Command] = {}


def command(
    words: str,
    summary: str,
    arguments: Callable[[ArgumentParser], None] = lambda _parser: None,
) -> Callable[[Callable[[Namespace], int]], Callable[[Namespace], int]]:
    """Declare a command; the function gets the parsed arguments and returns the exit status."""

    def decorate(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
        _commands[words] = Command(words, summary, run, arguments)
        return run

    return decorate


def commands() -> dict[str, Command]:
    """All declared commands by their words."""
    return dict(sorted(_commands.items()))


_after_migrate: dict[str, Callable[[], None]] = {}


def after_migrate(load: Callable[[], None]) -> Callable[[], None]:
    """Declare, in `commands.py`, what `pourtous migrate` runs once the tables are there (reference data).

    Called at each migrate: it must be quick and harmless when there is nothing to do.
    """
    _after_migrate[f"{load.__module__}.{load.__qualname__}"] = load
    return load


def loaders() -> list[Callable[[], None]]:
    """What to run after migrations, in the order of the apps."""
    return list(_after_migrate.values())
