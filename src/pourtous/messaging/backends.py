"""Carriers: what takes a message out of the house. Which one is used: `settings.MESSAGING`."""

import sys
from email.message import EmailMessage as Written
from email.policy import SMTP
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.messaging.enums import Channel
from pourtous.messaging.models import Message

SMTP_TIMEOUT_S = 20


class Carrier(Protocol):
    """Takes one message; returns when the next hop has it, raises when it has not."""

    def carry(self, message: Message) -> None:
        """Send. DomainError: will never work as it is; any other exception: may work later."""
        ...


class Console:
    """Writes to the terminal: for trying things out."""

    def carry(self, message: Message) -> None:
        """Print the message."""
        sys.stdout.write(f"--- {message.to}\n{message.subject}\n\n{message.text}\n---\n")


class Folder:
    """Writes one .eml file a message: the default, nothing leaves the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, message: Message) -> None:
        """Write the file, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{message.id}.eml"
        partial = path.with_suffix(".part")
        partial.write_bytes(written(message))
        partial.replace(path)


class Smtp:
    """Hands over to a mail server: `smtp://user:password@host:587?tls=yes`, or `smtps://…:465`."""

    def __init__(self, url: str) -> None:
        self.options = smtp_options(url)

    def carry(self, message: Message) -> None:
        """Send through Django's own SMTP back-end. The Message-ID is ours, so that a repeat can be recognised."""
        mail = EmailMessage(
            message.subject,
            message.text,
            settings.DEFAULT_FROM_EMAIL,
            [message.to],
            headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"},
        )
        EmailBackend(timeout=SMTP_TIMEOUT_S, **self.options).send_messages([mail])


class NotConfigured:
    """A channel nobody has set up."""

    def carry(self, message: Message) -> None:
        """Say so."""
        raise DomainError(
            _("No service is set up for this channel: %(channel)s.") % {"channel": Channel(message.channel).label}
        )


def smtp_options(url: str) -> dict[str, Any]:
    """Django's options from the address of a mail server."""
    parts = urlsplit(url)
    is_ssl = parts.scheme == "smtps"
    wants_tls = parse_qs(parts.query).get("tls", ["yes" if parts.port == 587 else "no"])[0]  # noqa: PLR2004
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if is_ssl else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": is_ssl,
        "use_tls": not is_ssl and wants_tls == "yes",
    }


def message_id(message: Message) -> str:
    """The same at each attempt."""
    return f"<{message.id}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def written(message: Message) -> bytes:
    """The message as it travels."""
    mail = Written(policy=SMTP)
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Date"] = message.queued_at
    mail["Message-ID"] = message_id(message)
    mail.set_content(message.text)
    return mail.as_bytes()


def carrier(channel: str) -> Carrier:
    """The carrier of a channel, from the settings."""
    if channel != Channel.EMAIL:
        return NotConfigured()
    match settings.MESSAGING["email"]:
        case "console":
            return Console()
        case "smtp":
            return Smtp(str(settings.MESSAGING["smtp_url"]))
        case _:
            return Folder(Path(str(settings.MESSAGING["folder"])))
