"""What the log says, and how long."""

import logging
import re

from django.http.multipartparser import MultiPartParserError


class OneLineForBadBodies(logging.Filter):
    """A form that cannot be read is its sender's fault: one line says so, without our whole stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through; take the stack away from those."""
        if record.exc_info and isinstance(record.exc_info[1], MultiPartParserError):
            record.exc_info = None
        return True


_TOKENS = re.compile(r"(/p/)[^/\s\"'?#]+")


class Masked(logging.Formatter):
    """Addresses that are secrets (of passes: /p/…) are written without their secret, stacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, masked."""
        return _TOKENS.sub(r"\1…", super().format(record))
