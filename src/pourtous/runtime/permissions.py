"""Who may see a job and a file: who started or stored it, and steering."""

from typing import Any

from pourtous.kernel.permissions import Standing, permission


def _starter_or_steering(standing: Standing, job: Any) -> bool:
    if job is None:
        return standing.is_signed_in
    return standing.is_signed_in and (job.started_by_id == standing.user_id or standing.has("steering"))


def _owner_or_steering(standing: Standing, stored: Any) -> bool:
    if stored is None:
        return standing.is_signed_in
    return standing.is_signed_in and (stored.owner_id == standing.user_id or standing.has("steering"))


SEE_JOB = permission("runtime.see_job", "Follow long work one started", _starter_or_steering)
DOWNLOAD = permission("runtime.download", "Download a file of one's own", _owner_or_steering)
