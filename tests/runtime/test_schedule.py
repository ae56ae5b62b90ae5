from datetime import UTC, datetime, timedelta

import pytest

from pourtous.runtime import schedule
from pourtous.runtime.models import ScheduledRun

NOW = datetime(2026, 11, 23, 9, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(schedule, "_scheduled", {})


def declare(decorator):
    runs = []
    decorator(runs.append)
    return runs


@pytest.mark.django_db
def test_work_runs_once_a_slot(monkeypatch):
    runs = []

    @schedule.every(minutes=5)
    def work(now):
        runs.append(now)

    schedule.tick(NOW)
    schedule.tick(NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=3)
    schedule.tick(later)
    assert runs == [NOW, later]


@pytest.mark.django_db
def test_daily_work_runs_from_its_hour_in_paris():
    runs = []

    @schedule.daily(hour=3)
    def work(now):
        runs.append(now)

    before = datetime(2026, 7, 1, 0, 59, tzinfo=UTC)  # 2:59 in Paris: yesterday's run
    after = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
    for moment in (before, after, after + timedelta(hours=5)):
        schedule.tick(moment)
    assert runs == [before, after]


@pytest.mark.django_db
def test_a_failure_is_written_down_and_stops_no_other(caplog):
    runs = []

    @schedule.every(minutes=1)
    def broken(now):
        raise ZeroDivisionError

    @schedule.every(minutes=1)
    def fine(now):
        runs.append(now)

    schedule.tick(NOW)
    assert runs == [NOW]
    assert ScheduledRun.objects.exclude(error="").get().error == "ZeroDivisionError"
    assert "broken failed" in caplog.text


@pytest.mark.django_db
def test_a_run_whose_process_died_is_taken_again():
    runs = []

    @schedule.daily(hour=3)
    def work(now):
        runs.append(now)

    schedule.tick(NOW)
    ScheduledRun.objects.update(finished_at=None)
    schedule.tick(NOW + timedelta(minutes=59))
    assert runs == [NOW]
    schedule.tick(NOW + timedelta(minutes=61))
    assert len(runs) == 2


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_daily_slots_follow_each_other_on_the_nights_when_clocks_change(day):
    @schedule.daily(hour=3)
    def work(now):
        pass

    (one,) = schedule.scheduled().values()
    slots = {one.slot(day + timedelta(minutes=10 * step)) for step in range(-100, 250)}
    gaps = {b - a for a, b in zip(sorted(slots), sorted(slots)[1:], strict=False)}
    assert gaps <= {timedelta(hours=23), timedelta(hours=24), timedelta(hours=25)}
