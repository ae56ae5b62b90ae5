"""Holdings of this app, by subject."""

from pourtous.agenda import appointment_holdings, course_holdings, waiting_holdings  # noqa: F401 (found at start)
