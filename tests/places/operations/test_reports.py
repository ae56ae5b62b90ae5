from datetime import UTC, datetime, timedelta

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from pourtous.places.models import ProblemReport
from pourtous.places.operations.reports import (
    MAX_FOR_A_PLACE_AN_HOUR,
    dismiss_report,
    purge_reports,
    report_problem,
    settle_report,
)
from pourtous.places.queries import known, report_of_number
from tests.accounts.factories import UserFactory
from tests.places.factories import PlaceFactory, ProblemReportFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_a_report_gets_a_number_to_come_back_with():
    place = PlaceFactory()
    report = report_problem(place=place, about="hours", text="Fermé le mercredi", contact="06 39 98 12 04", now=NOW)
    assert report_of_number(report.number.lower()) == report
    assert (report.state, report.received_at) == ("received", NOW)


@pytest.mark.parametrize("contact", ["", "a@b.example", "0465713400", "04.65.71.34.00", "+33 4 65 71 34 00"])
def test_any_clear_contact_is_taken(contact):
    assert report_problem(place=PlaceFactory(), about="phone", contact=contact, now=NOW).contact == contact


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("about", {"about": "x"}),
        ("text", {"about": "other", "text": "  "}),
        ("text", {"about": "hours", "text": "x" * 1001}),
        ("contact", {"about": "hours", "contact": "appelez-moi"}),
        ("contact", {"about": "hours", "contact": "1" * 300}),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(field, given):
    with pytest.raises(DomainError) as refused:
        report_problem(place=PlaceFactory(), now=NOW, **given)
    assert refused.value.field == field
    assert not ProblemReport.objects.exists()


def test_a_flood_about_one_place_is_refused_for_an_hour():
    place = PlaceFactory()
    for _ in range(MAX_FOR_A_PLACE_AN_HOUR):
        report_problem(place=place, about="hours", now=NOW)
    with pytest.raises(DomainError):
        report_problem(place=place, about="hours", now=NOW)
    report_problem(place=PlaceFactory(), about="hours", now=NOW)
    report_problem(place=place, about="hours", now=NOW + timedelta(hours=1, minutes=1))


def test_the_answer_goes_to_an_email_address_only():
    user = UserFactory()
    settle_report(report=ProblemReportFactory(contact="a@b.example"), answer="C’est corrigé.", actor=user, now=NOW)
    dismiss_report(report=ProblemReportFactory(contact="0639981204"), answer="Vérifié.", actor=user, now=NOW)
    assert [message.to for message in Message.objects.all()] == ["a@b.example"]
    assert "C’est corrigé." in Message.objects.get().text


def test_a_report_is_answered_once_and_with_words():
    report, user = ProblemReportFactory(), UserFactory()
    with pytest.raises(DomainError):
        settle_report(report=report, answer=" ", actor=user, now=NOW)
    settle_report(report=report, answer="Merci.", actor=user, now=NOW)
    with pytest.raises(DomainError):
        dismiss_report(report=report, answer="Non.", actor=user, now=NOW)
    report.refresh_from_db()
    assert (report.state, report.answer, report.settled_by) == ("settled", "Merci.", user)


def test_words_and_contact_are_forgotten_six_months_after_the_answer():
    old = ProblemReportFactory(state="settled", settled_at=NOW - timedelta(days=184), contact="a@b.example", answer="b")
    recent = ProblemReportFactory(state="settled", settled_at=NOW - timedelta(days=182), answer="b")
    waiting = ProblemReportFactory(received_at=NOW - timedelta(days=400))
    assert purge_reports(now=NOW) == 1
    assert purge_reports(now=NOW) == 0
    old.refresh_from_db()
    assert (old.text, old.contact, old.answer, old.state) == ("", "", "", "settled")
    for kept in (recent, waiting):
        kept.refresh_from_db()
        assert kept.text


def test_closed_places_are_known_and_hidden_ones_are_not():
    closed, hidden = PlaceFactory(state="closed"), PlaceFactory(state="hidden")
    assert known(closed.code) == closed
    assert known(hidden.code) is None
