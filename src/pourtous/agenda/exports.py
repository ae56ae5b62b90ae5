"""Exports of this app, by subject."""

from pourtous.agenda import appointment_exports, course_exports  # noqa: F401 (found at start)
