from datetime import UTC, datetime, timedelta

import pytest

from pourtous.runtime import retention
from pourtous.runtime.models import IdempotencyKey, Job, StoredFile
from pourtous.runtime.program import main
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def alone(monkeypatch):
    """No rule but those of the test."""
    monkeypatch.setattr(retention, "_rules", {})


def test_each_rule_says_what_it_did_and_a_failure_stops_no_other(alone, caplog):
    @retention.retention("a.broken", "What breaks")
    def broken(now, *, dry_run):
        raise RuntimeError

    @retention.retention("b.fine", "What goes")
    def fine(now, *, dry_run):
        return 2 if dry_run else 3

    assert [(one.rule.name, one.count) for one in retention.apply(now=NOW)] == [("a.broken", None), ("b.fine", 3)]
    assert [one.count for one in retention.apply(now=NOW, dry_run=True)] == [None, 2]
    assert "a.broken" in caplog.text


def test_every_rule_counts_the_same_dry_as_wet_and_then_nothing_is_left(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path  # strays count too: other tests' files are none of this one's
    later = NOW + timedelta(days=5 * 366)
    Job.objects.create(kind="x", label="X", state="done", asked_at=NOW, queued_at=NOW, finished_at=NOW)
    IdempotencyKey.objects.create(scope="s", key="k", fingerprint="f", created_at=NOW)
    StoredFile.objects.create(name="a.csv", location="private/aa/gone", size=3, stored_at=NOW, purge_on=NOW.date())
    dry = {one.rule.name: one.count for one in retention.apply(now=later, dry_run=True)}
    assert Job.objects.exists()
    wet = {one.rule.name: one.count for one in retention.apply(now=later)}
    assert dry == wet
    assert (dry["runtime.jobs"], dry["runtime.answers"], dry["runtime.files"]) == (1, 1, 1)
    assert {one.count for one in retention.apply(now=later)} == {0}


def test_every_rule_says_in_a_sentence_what_goes_and_when():
    assert all(len(str(rule.sentence)) > 20 for rule in retention.rules())
    assert {rule.name.split(".")[0] for rule in retention.rules()} >= {"runtime", "audit", "messaging", "places"}


def test_the_command_says_what_would_go(alone, capsys):
    gone = []

    @retention.retention("a.rows", "Old rows")
    def rows(now, *, dry_run):
        gone.append(dry_run)
        return 7

    assert main(["retention", "--dry-run"]) == 0
    assert "7  Old rows" in capsys.readouterr().out
    assert main(["retention"]) == 0
    assert gone == [True, False]


def test_the_command_fails_when_a_rule_fails(alone, capsys):
    @retention.retention("a.broken", "What breaks")
    def broken(now, *, dry_run):
        raise RuntimeError

    assert main(["retention"]) == 1
    assert "failed  What breaks" in capsys.readouterr().out


def test_users_are_no_part_of_it():
    user = UserFactory()
    retention.apply(now=NOW + timedelta(days=3000))
    user.refresh_from_db()
