"""Home of this app, by subject."""

from pourtous.agenda import course_home  # noqa: F401 (found at start)
