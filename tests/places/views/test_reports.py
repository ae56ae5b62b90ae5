import pytest
from django.urls import reverse

from pourtous.messaging.models import Message
from tests.places.factories import PlaceFactory, ProblemReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(place):
    return ProblemReportFactory(place=place, contact="a@b.example")


def url_of(report):
    return reverse("work-report", kwargs={"number": report.number})


def test_a_report_is_for_those_who_look_after_its_place(report, owner, stranger, team, donor, client):
    for allowed in (owner, team):
        assert allowed.get(url_of(report)).status_code == 200
        assert "Le Cabanon" in allowed.get(reverse("work-reports")).text
    assert stranger.get(url_of(report)).status_code == 404
    assert "Le Cabanon" not in stranger.get(reverse("work-reports")).text
    assert donor.get(reverse("work-reports")).status_code == 404
    assert client.get(url_of(report)).status_code == 302
    assert stranger.post(url_of(report), {"outcome": "settled", "answer": "x"}).status_code == 404


def test_answering_moves_it_to_the_answered_ones_and_tells_the_person(report, owner):
    answer = owner.post(url_of(report), {"outcome": "settled", "answer": "C’est corrigé, merci."})
    assert answer.url == reverse("work-reports")
    assert not owner.get(reverse("work-reports")).context["page"].object_list
    assert "Le Cabanon" in owner.get(reverse("work-reports") + "?vue=repondus").text
    assert Message.objects.get().to == "a@b.example"
    again = owner.post(url_of(report), {"outcome": "dismissed", "answer": "Non."})
    assert again.context["form"].non_field_errors()


@pytest.mark.parametrize("given", [{}, {"outcome": "x", "answer": "x"}, {"outcome": "settled", "answer": "\0"}])
def test_an_answer_that_is_not_one_gets_a_sentence(given, report, owner):
    answer = owner.post(url_of(report), given)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_list_takes_few_queries(owner, place, django_assert_max_num_queries):
    for _ in range(12):
        ProblemReportFactory(place=place)
    ProblemReportFactory(place=PlaceFactory())
    with django_assert_max_num_queries(10):
        page = owner.get(reverse("work-reports")).context["page"]
    assert page.paginator.count == 12
