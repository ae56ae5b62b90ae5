"""Holdings of this app, by subject."""

from pourtous.agenda import course_holdings  # noqa: F401 (found at start)
