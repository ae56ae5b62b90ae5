"""What the log says, and how long."""

import logging

from django.http.multipartparser import MultiPartParserError


class OneLineForBadBodies(logging.Filter):
    """A form that cannot be read is its sender's fault: one line says so, without our whole stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through; take the stack away from those."""
        if record.exc_info and isinstance(record.exc_info[1], MultiPartParserError):
            record.exc_info = None
        return True
