"""Commands of accounts."""

import sys
from argparse import ArgumentParser, Namespace

from pourtous.accounts.operations.first import invite_first
from pourtous.kernel import clock
from pourtous.runtime.registry import command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", help="address of the first person of the team that steers")
    parser.add_argument("--organisation", required=True, help="name of the body that runs the programme")


@command("invite", "Invite the first person of the team that steers: prints a link that works once.", _arguments)
def invite(asked: Namespace) -> int:
    """For a new installation, or when nobody can get in any more."""
    sys.stdout.write(invite_first(email=asked.email, organisation=asked.organisation, now=clock.now()) + "\n")
    return 0
