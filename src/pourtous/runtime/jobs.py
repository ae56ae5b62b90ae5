"""Long work with progress: declared by each app in `tasks.py`, run by `pourtous worker`."""

import json
import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_tasks import task

from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, shorten
from pourtous.runtime.enums import JobState
from pourtous.runtime.models import Job
from pourtous.runtime.progress import Progress, Throttle

log = logging.getLogger(__name__)

WRITE_EVERY_SECONDS = 0.5
DEAD_AFTER = timedelta(minutes=15)
QUEUE_AGAIN_AFTER = timedelta(hours=1)
KEPT_FOR = timedelta(days=90)
MOST_ATTEMPTS = 3
INTERRUPTED = gettext_noop("The work was interrupted. Start it again.")
OUR_FAULT = gettext_noop("Something went wrong on our side. It is written in the log of the server. Try again later.")

Run = Callable[..., dict[str, Any]]


class StoppedError(Exception):
    """The job was given up for dead while it still ran: it must stop, another run has taken over."""


@dataclass(frozen=True)
class Kind:
    """A kind of work: its name, how a person calls it, what it runs, whether a killed run may start again."""

    name: str
    label: str | Promise
    run: Run
    restartable: bool


_kinds: dict[str, Kind] = {}


def job(kind: str, label: str | Promise, *, restartable: bool = False) -> Callable[[Run], Run]:
    """Declare a kind of work in an app's `tasks.py`, on `def run(progress: Progress, **arguments) -> dict`.

    The returned dict (JSON) is shown on the job's page: numbers and short texts as figures, "message" as a
    sentence, "link" as the address of what was made, "file" as the id of a StoredFile to download.
    A DomainError fails the job with its sentence. `restartable` says that running twice does no harm.
    """

    def declare(run: Run) -> Run:
        _kinds[kind] = Kind(kind, label, run, restartable)
        return run

    return declare


def kind_of(one: Job) -> Kind | None:
    """The kind of a job; None when no app declares it any more."""
    return _kinds.get(one.kind)


def start(kind: str, *, arguments: dict[str, Any], actor: Any | None, now: datetime) -> Job:
    """Put work in the queue, in the caller's transaction. `arguments` must be JSON; unknown kind: KeyError."""
    declared = _kinds[kind]
    with transaction.atomic():
        one = Job.objects.create(
            kind=declared.name,
            label=shorten(str(declared.label), 120),
            arguments=arguments,
            started_by=actor if actor is not None and actor.pk is not None else None,
            asked_at=now,
            queued_at=now,
        )
        run_job.enqueue(str(one.id))
    one.refresh_from_db()
    return one


@task()
def run_job(job_id: str) -> None:
    """Run one job, once: whoever moves it from waiting to running has it."""
    now = clock.now()
    taken = Job.objects.filter(id=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, attempt=F("attempt") + 1, started_at=now, heartbeat_at=now, done=0, total=None
    )
    if not taken:
        return
    one = Job.objects.get(id=job_id)
    kind = kind_of(one)
    if kind is None:
        _finish(one, JobState.FAILED, error=_(INTERRUPTED))
        return
    try:
        result = _run(kind, one)
    except StoppedError:
        log.warning("job %s stopped: another run has taken over", one.id)
    except DomainError as error:
        _finish(one, JobState.FAILED, error=str(error))
    except Exception:
        log.exception("job %s (%s) failed", one.id, one.kind)
        _finish(one, JobState.FAILED, error=_(OUR_FAULT))
    else:
        _finish(one, JobState.DONE, result=result)


def _run(kind: Kind, one: Job) -> dict[str, Any]:
    # Run at once inside somebody's transaction (tests), a database error must not take the job's row with it.
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        result = kind.run(JobProgress(one), **one.arguments)
        return dict(json.loads(json.dumps(result, cls=DjangoJSONEncoder)))


def _finish(one: Job, state: JobState, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    now = clock.now()
    _mine(one).update(state=state, result=result, error=shorten(clean(error), 500), finished_at=now, heartbeat_at=now)


def _mine(one: Job) -> QuerySet[Job]:
    """The job's row, as long as this run is the one that has it."""
    return Job.objects.filter(id=one.id, state=JobState.RUNNING, attempt=one.attempt)


class JobProgress(Progress):
    """Writes to the job's row, at most twice a second; each write is a sign of life."""

    def __init__(self, one: Job) -> None:
        self._job = one
        self._throttle = Throttle(WRITE_EVERY_SECONDS)

    def start(self, total: int | None, message: str = "") -> None:
        """A stage begins."""
        self._job.done, self._job.total = 0, total
        self.say(message)

    def advance(self, by: int = 1) -> None:
        """Some steps are done. Raises StoppedError when another run has taken over."""
        self._job.done += by
        if self._throttle.opens():
            self._write()

    def say(self, message: str) -> None:
        """A sentence for the person who waits."""
        self._job.message = shorten(clean(message), 300)
        self._write()

    def _write(self) -> None:
        one = self._job
        if not _mine(one).update(done=one.done, total=one.total, message=one.message, heartbeat_at=clock.now()):
            raise StoppedError


def sweep(*, now: datetime) -> int:
    """Take care of jobs whose worker died: start again those that may, fail the others. Returns how many."""
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=now - DEAD_AFTER)
    forgotten = Job.objects.filter(state=JobState.WAITING, queued_at__lt=now - QUEUE_AGAIN_AFTER)
    return sum(_revive(one, now) for one in silent) + sum(_queue_again(one, now) for one in forgotten)


def _revive(one: Job, now: datetime) -> int:
    kind = kind_of(one)
    still_silent = _mine(one).filter(heartbeat_at=one.heartbeat_at)
    if kind is None or not kind.restartable or one.attempt >= MOST_ATTEMPTS:
        return still_silent.update(state=JobState.FAILED, error=_(INTERRUPTED), finished_at=now)
    with transaction.atomic():
        moved = still_silent.update(state=JobState.WAITING, queued_at=now)
        if moved:
            run_job.enqueue(str(one.id))
    return moved


def _queue_again(one: Job, now: datetime) -> int:
    """A job nobody took: its place in the queue may have died with a worker. Two places do no harm."""
    with transaction.atomic():
        moved = Job.objects.filter(id=one.id, state=JobState.WAITING, queued_at=one.queued_at).update(queued_at=now)
        if moved:
            run_job.enqueue(str(one.id))
    return moved


def purge(*, now: datetime, dry_run: bool = False) -> int:
    """Delete finished jobs after ninety days. Returns how many."""
    old = Job.objects.filter(state__in=(JobState.DONE, JobState.FAILED), finished_at__lt=now - KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]
