"""Work in the background: jobs with progress and what comes back every day."""

from datetime import datetime

from pourtous.places.operations.reports import purge_reports
from pourtous.runtime.schedule import daily


@daily(hour=4)
def forget_old_reports(now: datetime) -> int:
    """Words and contacts of reports answered six months ago go."""
    return purge_reports(now=now)
