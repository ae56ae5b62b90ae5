import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.audit.models import Event
from pourtous.places.enums import PlaceState, RunState
from pourtous.places.models import Collector, ImportRun, Layer, Place
from pourtous.places.operations import uploads
from pourtous.places.standard import NAMES
from pourtous.runtime.models import Job, StoredFile
from tests.accounts.factories import UserFactory, someone
from tests.places.factories import CollectorFactory, LayerFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def table(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, NAMES)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


ROWS = table(
    {"id": "1", "nom": "Maison des Outils", "commune": "Roquevive", "telephone": "04 65 71 20 10"},
    {"id": "2", "nom": "Fabrique", "commune": "Roquevive", "horaires": "n'importe quand"},
    {"id": "3", "nom": "", "commune": "Roquevive"},
)


@pytest.fixture
def team(client):
    user = someone(Capability.STEERING)
    client.force_login(user)
    return client


def send(client, content=ROWS, name="lieux.csv", source="collectif", **more):
    data = {"source": source, "file": SimpleUploadedFile(name, content), "format_name": "auto", **more}
    return client.post(reverse("import-new"), data)


def preview(client):
    assert send(client).status_code == 302
    return ImportRun.objects.get(is_dry=True)


# --- Who may.


@pytest.mark.parametrize("name", ["imports", "import-new"])
@pytest.mark.parametrize(
    ("who", "status"),
    [(Capability.STEERING, 200), (Capability.PLACE_MANAGER, 404), (None, 404)],
    ids=["team", "place manager", "stranger"],
)
def test_only_the_team_imports(client, name, who, status):
    client.force_login(someone(who) if who else UserFactory())
    assert client.get(reverse(name)).status_code == status


def test_a_report_is_for_the_team_only(client, team):
    run = preview(team)
    client.force_login(someone(Capability.PLACE_MANAGER))
    addresses = [reverse(n, args=(run.pk,)) for n in ("import", "import-report-csv", "import-report-json")]
    assert {client.get(one).status_code for one in addresses} == {404}
    assert client.post(reverse("import-confirm", args=(run.pk,))).status_code == 404
    assert client.post(reverse("import-absences", args=("collectif",))).status_code == 404
    assert not Place.objects.exists()


def test_somebody_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(reverse("imports")).status_code == 302


# --- Send, look, import.


def test_a_preview_tells_what_would_change_and_writes_nothing(team):
    run = preview(team)
    page = team.get(reverse("import", args=(run.pk,))).content.decode()
    assert (run.state, run.report["created"], run.report["rejected"]) == (RunState.DONE, 2, 1)
    assert "Maison des Outils" in page
    assert "04 65 71 20 10" in page
    assert "n&#x27;importe quand" in page
    assert not Place.objects.exists()


def test_confirming_imports_and_leads_to_the_report(team):
    run = preview(team)
    answer = team.post(reverse("import-confirm", args=(run.pk,)))
    job = Job.objects.get(kind=uploads.IMPORT)
    done = ImportRun.objects.get(is_dry=False)
    assert answer.url == reverse("job", args=(job.pk,))
    assert job.result["link"] == reverse("import", args=(done.pk,))
    assert Place.objects.count() == 2
    assert done.file_name == "lieux.csv"
    assert team.get(job.result["link"]).status_code == 200
    assert Event.objects.filter(verb="places.import", actor=done.started_by).exists()


def test_the_same_file_again_is_said(team):
    team.post(reverse("import-confirm", args=(preview(team).pk,)))
    send(team)
    again = ImportRun.objects.filter(is_dry=True).first()
    page = team.get(reverse("import", args=(again.pk,)))
    assert page.context["earlier"] == ImportRun.objects.get(is_dry=False)
    assert again.report["unchanged"] == 2


def test_a_file_no_longer_kept_cannot_be_imported(team):
    run = preview(team)
    StoredFile.objects.all().delete()
    answer = team.post(reverse("import-confirm", args=(run.pk,)), follow=True)
    assert not ImportRun.objects.filter(is_dry=False).exists()
    assert len(list(answer.context["messages"])) == 1


def test_the_report_is_narrowed_by_kind_and_column(team):
    address = reverse("import", args=(preview(team).pk,))
    assert len(team.get(address).context["page"].object_list) == 2
    only = team.get(address, {"severity": "warning"}).context["page"].object_list
    assert [(one["row"], one["field"]) for one in only] == [(2, "horaires")]
    assert [one["row"] for one in team.get(address, {"field": "nom"}).context["page"].object_list] == [3]
    assert team.get(address, {"severity": "<b>", "field": "x", "page": "zz"}).status_code == 200


def test_the_report_is_downloaded_safe_for_spreadsheets(team):
    send(team, table({"id": "=1+1", "nom": "", "commune": "Roquevive"}))
    run = ImportRun.objects.get(is_dry=True)
    text = team.get(reverse("import-report-csv", args=(run.pk,))).content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert team.get(reverse("import-report-json", args=(run.pk,))).json()["rejected"] == 1


# --- Wrong files: a sentence beside the field, nothing kept.

WRONG = {
    "empty": b"",
    "only spaces": b" \n \n",
    "header only": b"id,nom,commune\n",
    "spreadsheet": b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0",
    "web page": b"<!DOCTYPE html><html><body>id,nom,commune</body></html>",
    "NUL": b"id,nom,commune\n1,a\0b,c\n",
    "UTF-16": "id,nom,commune\n1,a,b\n".encode("utf-16"),
    "10,000 columns": (",".join(f"c{n}" for n in range(10_000)) + "\n1\n").encode(),
    "one column": b"id\n1\n",
    "column twice": b"id,nom,nom,commune\n1,a,b,c\n",
    "unknown columns": b"a,b\n1,2\n",
    "cut JSON": b'[{"id": 1',
    "JSON without list": b'{"id": 1}',
    "deep JSON": b"[" * 100_000,
    "quote not closed": b'id,nom,commune\n1,"a,b\n' + b"x" * (1 << 20),
    "broken gzip": b"\x1f\x8b\x08\0\0\0\0\0abc",
    "too big": b"id,nom,commune\n" + b"1,a,b\n" * (uploads.LIMIT // 6 + 1),
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_a_wrong_file_gets_a_sentence_and_is_not_kept(team, content):
    answer = send(team, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not StoredFile.objects.exists()
    assert not Collector.objects.exists()


def test_a_file_that_unpacks_beyond_the_limit_is_refused(team):
    import gzip

    answer = send(team, gzip.compress(b"id,nom,commune\n" + b"1,a,b\n" * 2_000_000), name="lieux.csv.gz")
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("source", ["", "Été", "pourtous", "a" * 41, "a\0b"])
def test_a_wrong_source_is_said_beside_its_field(team, source):
    assert send(team, source=source).context["form"].errors["source"]


def test_a_strange_file_name_is_harmless(team):
    assert send(team, name="../../<script>\r\n.csv").status_code == 302
    assert "/" not in StoredFile.objects.get().name


# --- Rows that are gone.


@pytest.fixture
def gone():
    collector = CollectorFactory(code="collectif")
    when = datetime(2026, 11, 1, tzinfo=UTC)
    return [LayerFactory(collector=collector, local_id=n, absent_since=when) for n in "ab"]


@pytest.mark.parametrize(("decision", "state"), [("close", PlaceState.CLOSED), ("keep", PlaceState.PUBLISHED)])
def test_the_team_closes_or_keeps_places_whose_row_is_gone(team, gone, decision, state):
    first, second = gone
    address = reverse("import-absences", args=("collectif",))
    assert len(team.get(address).context["page"].object_list) == 2
    team.post(address, {"layer": [str(first.pk)], "decision": decision})
    assert Place.objects.get(pk=first.place_id).state == state
    assert Place.objects.get(pk=second.place_id).state == PlaceState.PUBLISHED
    assert [one.pk for one in team.get(address).context["page"].object_list] == [second.pk]
    assert Event.objects.filter(verb=f"places.absent_{decision}").count() == 1


@pytest.mark.parametrize("data", [{}, {"layer": "x", "decision": "close"}, {"layer": "x"}])
def test_nothing_chosen_is_said(team, gone, data):
    answer = team.post(reverse("import-absences", args=("collectif",)), data, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not Layer.objects.exclude(absence_settled_at=None).exists()


def test_the_list_of_imports_takes_few_queries(team, django_assert_max_num_queries):
    collector = CollectorFactory()
    for number in range(15):
        ImportRun.objects.create(
            collector=collector,
            format="standard",
            file_name=f"{number}.csv",
            started_at=datetime(2026, 11, 2, tzinfo=UTC) + timedelta(hours=number),
        )
        LayerFactory(collector=collector, absent_since=datetime(2026, 11, 1, tzinfo=UTC))
    with django_assert_max_num_queries(12):
        page = team.get(reverse("imports"))
    assert len(page.context["page"].object_list) == 15
    assert page.context["waiting"][0].gone == 15


def test_a_closed_place_is_not_asked_about(team, gone):
    LayerFactory(
        collector=gone[0].collector, place=PlaceFactory(state=PlaceState.CLOSED), absent_since=gone[0].absent_since
    )
    assert len(team.get(reverse("import-absences", args=("collectif",))).context["page"].object_list) == 2
