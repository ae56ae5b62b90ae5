"""The `pourtous` program: finds the settings, gathers the apps' commands, runs one."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

import django
from django.utils.module_loading import autodiscover_modules

from pourtous.config.environment import data_dir
from pourtous.kernel.errors import DomainError
from pourtous.runtime.registry import Command, commands

DEMO_MARK = "demo"


def settings_module(arguments: list[str]) -> str:
    """The demonstration's settings for `pourtous demo` and for a data folder it has filled; else production's."""
    is_demo = arguments[:1] == ["demo"] or (data_dir() / DEMO_MARK).exists()
    return f"pourtous.config.settings.{'demo' if is_demo else 'production'}"


def parser(known: dict[str, Command]) -> ArgumentParser:
    """The parser of all commands, with their words as nested sub-commands."""
    root = ArgumentParser(prog="pourtous", description="Runs a territory's digital-inclusion programme.")
    groups: dict[tuple[str, ...], Any] = {(): root.add_subparsers(metavar="COMMAND", required=True)}
    for name, one in known.items():
        *group, last = name.split()
        for depth in range(len(group)):
            key = tuple(group[: depth + 1])
            if key not in groups:
                branch = groups[key[:-1]].add_parser(key[-1], help=f"{key[-1]} …")
                groups[key] = branch.add_subparsers(metavar="WHAT", required=True)
        leaf = groups[tuple(group)].add_parser(last, help=one.summary, description=one.summary)
        one.arguments(leaf)
        leaf.set_defaults(run=one.run)
    return root


def main(arguments: list[str] | None = None) -> int:
    """Run the program. Exit status: the command's; 2 with one clear line when it cannot do what was asked."""
    words = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module(words))
    django.setup()
    autodiscover_modules("commands")
    asked = parser(commands()).parse_args(words)
    try:
        return int(asked.run(asked))
    except DomainError as error:
        sys.stderr.write(f"pourtous: {error}\n")
        return 2
    except BrokenPipeError:  # `pourtous … | head`: nobody reads any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.filename is None:  # not about a file somebody named: a fault of ours, shown whole
            raise
        sys.stderr.write(f"pourtous: {error.filename}: {error.strerror}\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
