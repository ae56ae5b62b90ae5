"""A mediator brings in what they typed in La Coop."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pourtous.activities.exporters.files import COOP, export
from pourtous.activities.models import Activity
from pourtous.runtime.models import Job, StoredFile
from tests.accounts.factories import someone
from tests.activities.factories import ActivityFactory
from tests.activities.operations.test_record import unit_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def mediator():
    return someone("mediation")


@pytest.fixture
def content(mediator):
    done = ActivityFactory(mediator=mediator, unit=unit_of(mediator))
    made = export(COOP, Activity.objects.all(), asker=("", ""), filters=(), with_names=False, now=NOW)
    done.delete()
    return made


def sent(client, unit, content):
    told = {"unit": unit.pk, "file": SimpleUploadedFile("coop.xlsx", content)}
    return client.post(reverse("coop-import"), told)


def test_sent_looked_at_imported(client, mediator, content):
    client.force_login(mediator)
    assert client.get(reverse("coop-import")).status_code == 200
    assert sent(client, unit_of(mediator), content).status_code == 302
    job, stored = Job.objects.get(), StoredFile.objects.get()
    assert job.state == "done"
    assert not Activity.objects.exists()
    page = reverse("coop-import-file", args=(stored.pk,))
    assert client.get(page).context["report"]["created"] == 1
    client.force_login(someone("mediation"))
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404
    client.force_login(mediator)
    assert client.post(page).status_code == 302
    assert Activity.objects.get().mediator == mediator
    assert not StoredFile.objects.exists()
    assert client.get(page).status_code == 404


def test_wrong_files_and_strangers(client, mediator, content):
    client.force_login(mediator)
    for wrong in (b"", b"hello", b"PK\x03\x04"):
        assert sent(client, unit_of(mediator), wrong).status_code == 422
    assert sent(client, unit_of(someone("mediation")), content).status_code == 422
    assert not StoredFile.objects.exists()
    client.force_login(someone("steering"))
    assert client.get(reverse("coop-import")).status_code == 404
