"""Carriers of e-mail."""

from email.message import EmailMessage as Written
from email.policy import SMTP
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from pourtous.messaging.backends.base import write_whole
from pourtous.messaging.models import Message

SMTP_TIMEOUT_S = 20


class MailFolder:
    """Writes one .eml file a message: the default, nothing leaves the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def carry(self, message: Message) -> None:
        """Write the file."""
        write_whole(self.folder / f"{message.id}.eml", written(message))


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
