"""Carriers: what takes a message out of the house. Which one is used: `settings.MESSAGING` and `settings.SMS`."""

from pathlib import Path

from django.conf import settings

from pourtous.messaging.backends.base import Carrier, Console, NotConfigured
from pourtous.messaging.backends.mail import MailFolder, Smtp
from pourtous.messaging.backends.sms import HttpSms, SmsFolder
from pourtous.messaging.enums import Channel

__all__ = ["Carrier", "carrier"]


def carrier(channel: str) -> Carrier:
    """The carrier of a channel, from the settings. Letters have none: a person prints them."""
    folder = Path(str(settings.MESSAGING["folder"]))
    match channel, settings.MESSAGING["email"], settings.SMS["backend"]:
        case (Channel.EMAIL, "console", _) | (Channel.SMS, _, "console"):
            return Console()
        case Channel.EMAIL, "smtp", _:
            return Smtp(str(settings.MESSAGING["smtp_url"]))
        case Channel.EMAIL, _, _:
            return MailFolder(folder)
        case Channel.SMS, _, "http":
            return HttpSms()
        case Channel.SMS, _, "file":
            return SmsFolder(folder)
        case _:
            return NotConfigured()
