"""A body nobody can read takes one line of the log."""

import logging
import sys

from django.http.multipartparser import MultiPartParserError

from pourtous.ui.logs import OneLineForBadBodies


def record_of(error):
    try:
        raise error
    except type(error):
        return logging.LogRecord("django.request", logging.WARNING, "x.py", 1, "Bad request", (), sys.exc_info())


def test_a_bad_body_has_no_stack_and_a_fault_of_ours_keeps_it():
    bad, fault = record_of(MultiPartParserError("boundary")), record_of(ValueError("ours"))
    for record in (bad, fault):
        assert OneLineForBadBodies().filter(record)
    assert bad.exc_info is None
    assert fault.exc_info


def test_the_log_of_the_console_uses_it(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["short"]
