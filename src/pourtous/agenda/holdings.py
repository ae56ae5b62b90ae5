"""Holdings of this app, by subject."""

from pourtous.agenda import appointment_holdings, course_holdings  # noqa: F401 (found at start)
