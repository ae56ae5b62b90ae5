from datetime import UTC, datetime, timedelta

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.runtime import jobs
from pourtous.runtime.enums import JobState
from pourtous.runtime.models import Job

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def declare(monkeypatch):
    monkeypatch.setattr(jobs, "_kinds", {})

    def add(run, **options):
        jobs.job("tests.work", "Work", **options)(run)

    return add


def begin(**arguments):
    return jobs.start("tests.work", arguments=arguments, actor=None, now=NOW)


def waiting(**values):
    return Job.objects.create(kind="tests.work", asked_at=NOW, queued_at=NOW, **values)


def test_a_job_runs_with_its_arguments_and_keeps_its_result(declare):
    def work(progress, *, rows):
        progress.start(rows, "Reading")
        progress.advance(rows)
        return {"rows": rows}

    declare(work)
    done = begin(rows=3)
    assert (done.state, done.result, done.percent) == (JobState.DONE, {"rows": 3}, 100)
    assert done.finished_at is not None


def test_a_domain_error_fails_the_job_with_its_sentence(declare):
    def work(progress):
        raise DomainError("This file is empty.")

    declare(work)
    failed = begin()
    assert (failed.state, failed.error) == (JobState.FAILED, "This file is empty.")


def test_a_programming_error_gives_a_sentence_and_no_detail(declare):
    def work(progress):
        raise ZeroDivisionError("secret")

    declare(work)
    failed = begin()
    assert failed.state == JobState.FAILED
    assert failed.error
    assert "secret" not in failed.error


def test_a_database_error_does_not_take_the_job_with_it(declare):
    def work(progress):
        Job.objects.create(kind="tests.work", asked_at=None, queued_at=NOW)

    declare(work)
    assert begin().state == JobState.FAILED


def test_a_job_queued_twice_runs_once(declare):
    runs = []
    declare(lambda progress: runs.append(1) or {})
    one = begin()
    jobs.run_job.enqueue(str(one.id))
    assert runs == [1]


def test_an_unknown_kind_is_a_programming_error(declare):
    with pytest.raises(KeyError):
        begin()


def test_a_silent_job_fails_with_a_sentence(declare):
    declare(lambda progress: {})
    one = waiting(state=JobState.RUNNING, attempt=1, heartbeat_at=NOW)
    assert jobs.sweep(now=NOW + timedelta(minutes=14)) == 0
    assert jobs.sweep(now=NOW + timedelta(minutes=16)) == 1
    one.refresh_from_db()
    assert one.state == JobState.FAILED
    assert one.error


def test_a_silent_job_that_may_starts_again(declare):
    declare(lambda progress: {"again": True}, restartable=True)
    one = waiting(state=JobState.RUNNING, attempt=1, heartbeat_at=NOW)
    jobs.sweep(now=NOW + timedelta(minutes=16))
    one.refresh_from_db()
    assert (one.state, one.attempt, one.result) == (JobState.DONE, 2, {"again": True})


def test_a_job_that_dies_again_and_again_is_given_up(declare):
    declare(lambda progress: {}, restartable=True)
    one = waiting(state=JobState.RUNNING, attempt=jobs.MOST_ATTEMPTS, heartbeat_at=NOW)
    jobs.sweep(now=NOW + timedelta(minutes=16))
    one.refresh_from_db()
    assert one.state == JobState.FAILED


def test_a_job_lost_in_the_queue_is_queued_again(declare):
    declare(lambda progress: {})
    one = waiting()
    jobs.sweep(now=NOW + timedelta(minutes=61))
    one.refresh_from_db()
    assert one.state == JobState.DONE


def test_a_run_given_up_for_dead_stops_and_leaves_the_other_alone(declare):
    def work(progress):
        Job.objects.update(attempt=2)  # the sweep has started another run
        progress.say("Still here")
        return {"run": 1}

    declare(work)
    one = begin()
    assert (one.state, one.result, one.finished_at) == (JobState.RUNNING, None, None)


def test_finished_jobs_go_after_ninety_days(declare):
    waiting(state=JobState.DONE, finished_at=NOW)
    assert jobs.purge(now=NOW + timedelta(days=89)) == 0
    assert jobs.purge(now=NOW + timedelta(days=91)) == 1
