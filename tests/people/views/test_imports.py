import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pourtous.kernel import clock
from pourtous.people.enums import ImportState
from pourtous.people.models import FollowUp, PeopleImport, Person
from pourtous.people.operations import uploads
from pourtous.runtime.models import Job, StoredFile
from tests.people.factories import FollowUpFactory
from tests.people.importers.books import KARIM, ODILE, book

pytestmark = pytest.mark.django_db


def send(client, unit, content, **more):
    day = clock.today()
    said = {"unit": unit.pk, "purpose": "mediation", "notice_kind": "oral"}
    dated = {"notice_on_day": day.day, "notice_on_month": day.month, "notice_on_year": day.year}
    file = SimpleUploadedFile("personnes.xlsx", content)
    return client.post(reverse("people-imports"), {**said, **dated, "file": file, **more})


@pytest.fixture
def run(owner, follow_up):
    send(owner, follow_up.unit, book([*ODILE[:9], "Vient le mardi"], KARIM, ["", "X"]))
    return PeopleImport.objects.get()


def test_looked_at_then_imported(run, owner):
    url = reverse("people-import", args=[run.pk])
    page = owner.get(url)
    assert run.state == ImportState.READY
    assert "Odile Ferrand" in page.text
    assert "Vient le mardi" in page.text
    assert Person.objects.count() == 1
    assert owner.post(reverse("people-import-confirm", args=[run.pk])).status_code == 302
    assert Person.objects.filter(last_name="Belloc").exists()
    run.refresh_from_db()
    assert run.state == ImportState.DONE
    assert not StoredFile.objects.exists()
    assert "Vient le mardi" not in owner.get(url).text
    assert not FollowUp.objects.filter(note="Vient le mardi").exists()
    assert "Ferrand" not in owner.get(reverse("people-import-report", args=[run.pk])).text


def test_a_doubtful_row_comes_in_when_ticked(owner, follow_up):
    send(owner, follow_up.unit, book([*ODILE[:2], 1957, *ODILE[3:]]))
    run = PeopleImport.objects.get()
    assert run.report["counts"]["doubtful"] == 1
    assert 'name="row"' in owner.get(reverse("people-import", args=[run.pk])).text
    owner.post(reverse("people-import-confirm", args=[run.pk]), {"row": ["4", "x", "9" * 30]})
    assert Person.objects.count() == 2


def test_it_is_imported_once(run, owner):
    for _time in range(2):
        assert owner.post(reverse("people-import-confirm", args=[run.pk])).status_code == 302
    assert Job.objects.filter(kind=uploads.IMPORT).count() == 1


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (b"", {}),
        (b"PK\x03\x04", {"notice_kind": "x"}),
        (b"x" * (uploads.LIMIT + 1), {}),
        (b"x", {"notice_on_year": 2999}),
    ],
    ids=range(4),
)
def test_bad_input_is_told(owner, follow_up, content, more):
    assert send(owner, follow_up.unit, content, **more).status_code == 422
    assert not StoredFile.objects.exists()


def test_a_file_that_cannot_be_read_says_why(owner, follow_up):
    send(owner, follow_up.unit, b"PK\x03\x04 no workbook")
    run = PeopleImport.objects.get()
    assert run.state == ImportState.FAILED
    assert "classeur" in owner.get(reverse("people-import", args=[run.pk])).text


def test_only_for_one_s_own_units(run, owner, others, opened, client):
    for refused in (*others, opened):
        for name in ("people-import", "people-import-report"):
            assert refused.get(reverse(name, args=[run.pk])).status_code == 404
        assert refused.post(reverse("people-import-confirm", args=[run.pk])).status_code == 404
    assert client.get(reverse("people-imports")).status_code == 302
    assert send(owner, FollowUpFactory().unit, book(ODILE)).status_code == 422


def test_rows_of_one_kind(run, owner):
    page = owner.get(reverse("people-import", args=[run.pk]), {"statut": "rejected"})
    assert "Karim Belloc" not in page.text.split("<tbody")[1]
