import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from pourtous.runtime import files
from pourtous.runtime.enums import JobState
from pourtous.runtime.models import Job
from tests.accounts.factories import MembershipFactory, UnitFactory, someone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def unit():
    return UnitFactory(capabilities=["mediation"])


@pytest.fixture
def owner(unit):
    return MembershipFactory(unit=unit).user


@pytest.fixture
def colleague(unit):
    return MembershipFactory(unit=unit).user


def begun(user, **values):
    return Job.objects.create(
        kind="tests.work", label="Importer des lieux", started_by=user, asked_at=NOW, queued_at=NOW, **values
    )


def addresses(user):
    stored = files.store(name="rapport.csv", content=b"a;b", actor=user, now=NOW)
    one = begun(user, state=JobState.DONE, result={"rows": 3, "file": str(stored.id)})
    return [f"/travail/taches/{one.id}/", f"/travail/taches/{one.id}/resultat.json", f"/travail/fichiers/{stored.id}/"]


def test_the_owner_and_steering_see_the_colleague_and_the_stranger_do_not(client, owner, colleague):
    for address in addresses(owner):
        answers = []
        for user in (owner, someone("steering"), colleague, someone("mediation")):
            client.force_login(user)
            answer = client.get(address)
            if answer.streaming:
                assert b"".join(answer.streaming_content) == b"a;b"
            answers.append(answer.status_code)
        assert answers == [200, 200, 404, 404], address
        client.logout()
        assert client.get(address).status_code == 302


def test_what_does_not_exist_answers_as_what_belongs_to_others(client, owner):
    client.force_login(owner)
    missing = uuid4()
    for address in (f"taches/{missing}/", f"taches/{missing}/resultat.json", f"fichiers/{missing}/"):
        assert client.get(f"/travail/{address}").status_code == 404


def test_the_list_shows_ones_own_work_only(client, owner, colleague, django_assert_max_num_queries):
    for _ in range(25):
        begun(owner)
    begun(colleague)
    client.force_login(owner)
    with django_assert_max_num_queries(12):
        answer = client.get("/travail/taches/")
    assert answer.context["page"].paginator.count == 25


def test_progress_is_asked_for_until_it_is_over(client, owner):
    one = begun(owner, state=JobState.RUNNING, done=3, total=12)
    client.force_login(owner)
    address = f"/travail/taches/{one.id}/"
    whole = client.get(address).content.decode()
    assert "25" in whole
    assert f'<noscript><p><a class="link-icon" href="{address}">' in whole  # without script, one asks
    assert "http-equiv" not in whole
    part = client.get(address, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b"hx-get" in part.content
    Job.objects.update(state=JobState.DONE, result={"message": "Tout est là.", "rows": 12})
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    over = client.get(address).content.decode()
    assert "Tout est là." in over
    assert "hx-get" not in over
    assert "<noscript>" not in over


def test_a_failed_job_shows_its_sentence_escaped(client, owner):
    one = begun(owner, state=JobState.FAILED, error="Ce fichier est vide. <script>")
    client.force_login(owner)
    page = client.get(f"/travail/taches/{one.id}/").content.decode()
    assert "Ce fichier est vide. &lt;script&gt;" in page


def test_the_whole_result_can_be_kept(client, owner):
    one = begun(owner, state=JobState.DONE, result={"problèmes": [1, 2]})
    client.force_login(owner)
    answer = client.get(f"/travail/taches/{one.id}/resultat.json")
    assert json.loads(answer.content) == {"problèmes": [1, 2]}
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.csv", "é\u202egnp.exe", "a\r\nX-Evil: 1.csv"])
def test_a_file_is_never_something_the_browser_runs(client, owner, name):
    stored = files.store(name=name, content=b"<script>", actor=owner, now=NOW)
    client.force_login(owner)
    answer = client.get(f"/travail/fichiers/{stored.id}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] in {"application/octet-stream", "text/csv"}
    assert "X-Evil" not in answer.headers
    assert b"".join(answer.streaming_content) == b"<script>"


def test_a_file_whose_bytes_are_gone_is_not_found(client, owner):
    stored = files.store(name="a.csv", content=b"a", actor=owner, now=NOW)
    stored.path.unlink()
    client.force_login(owner)
    assert client.get(f"/travail/fichiers/{stored.id}/").status_code == 404
