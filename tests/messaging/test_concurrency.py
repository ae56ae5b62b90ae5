"""Several processes on one database: each message leaves once, each scheduled work runs once, each job runs once."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection

from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message
from pourtous.runtime.enums import JobState
from pourtous.runtime.models import Job, ScheduledRun
from tests.messaging.factories import NOW, MessageFactory

PROCESSES = 4
MESSAGES = 60
JOBS = 20

# Each process gets ready, says so, waits for the word, then works with all its might. What it does is written,
# one line an act, at the end of one file (O_APPEND: lines of several processes do not mix).
WORK = """
import os, sys
import django
django.setup()
from datetime import UTC, datetime, timedelta
from pourtous.runtime import jobs, schedule
from pourtous.messaging import operations
from pourtous.messaging.operations import delivery
from pourtous.runtime.models import Job
now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def note(text):
    os.write(log, f"{text}\\n".encode())
class Carrier:
    def carry(self, message):
        note(message.id)
delivery.carrier = lambda channel: Carrier()
schedule._scheduled.clear()
schedule.every(minutes=1)(lambda moment: note(f"tick {moment:%H:%M}"))
jobs.job("tests.work", "Work")(lambda progress: note("job") or {})
Job.objects.exists()
print("ready", flush=True)
sys.stdin.readline()
while operations.deliver_due(now=now):
    pass
for minute in range(20):
    schedule.tick(now + timedelta(minutes=minute))
for identity in Job.objects.values_list("id", flat=True).order_by("id"):
    jobs.run_job.func(str(identity))
"""

pytestmark = pytest.mark.django_db(transaction=True)


def database_url():
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def all_at_once(tmp_path):
    """What the processes did: acts with how often each happened."""
    log = tmp_path / "acts"
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.demo",
        "POURTOUS_DATA_DIR": str(tmp_path),
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(log)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    said = [process.stdout.readline() for process in started]
    for process in started:
        if process.poll() is None:
            process.stdin.write("go\n")
            process.stdin.flush()
    ends = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0] * PROCESSES, (said, [end[1][-800:] for end in ends])
    return Counter(log.read_text().splitlines())


def test_what_several_processes_do_at_once_happens_once(tmp_path):
    sent = {str(message.id) for message in MessageFactory.create_batch(MESSAGES)}
    for _ in range(JOBS):
        Job.objects.create(kind="tests.work", label="Work", asked_at=NOW, queued_at=NOW)
    acts = all_at_once(tmp_path)

    assert acts.pop("job") == JOBS
    assert set(Job.objects.values_list("state", "attempt")) == {(JobState.DONE, 1)}
    ticks = {act: acts.pop(act) for act in list(acts) if act.startswith("tick")}
    assert set(ticks.values()) == {1}  # a slot is left out when a faster process is past it; none comes twice
    assert "tick 09:19" in ticks
    assert ScheduledRun.objects.get().error == ""
    assert acts == dict.fromkeys(sent, 1)
    assert set(Message.objects.values_list("state", "attempts")) == {(MessageState.SENT, 1)}
