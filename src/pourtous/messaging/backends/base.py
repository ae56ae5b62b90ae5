"""What a carrier is, and those of every channel."""

import sys
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.messaging.enums import Channel
from pourtous.messaging.models import Message
from pourtous.messaging.rules.sms import masked


class Carrier(Protocol):
    """Takes one message; returns when the next hop has it, raises when it has not."""

    def carry(self, message: Message) -> None:
        """Send. DomainError: will never work as it is; any other exception: may work later."""
        ...


class Console:
    """Writes to the terminal: for trying things out."""

    def carry(self, message: Message) -> None:
        """Print the message; a telephone number only by its end, for terminals are kept in logs."""
        to = masked(message.to) if message.channel == Channel.SMS else message.to
        sys.stdout.write(f"--- {to}\n{message.subject}\n\n{message.text}\n---\n")


class NotConfigured:
    """A channel nobody has set up."""

    def carry(self, message: Message) -> None:
        """Say so."""
        raise DomainError(
            _("No service is set up for this channel: %(channel)s.") % {"channel": Channel(message.channel).label}
        )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(content)
    partial.replace(path)
