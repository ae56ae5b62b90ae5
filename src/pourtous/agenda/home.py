"""Home of this app, by subject."""

from pourtous.agenda import appointment_home, course_home  # noqa: F401 (found at start)
