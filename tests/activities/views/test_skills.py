from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pourtous.activities.enums import Moment
from pourtous.activities.models import Diagnosis
from pourtous.activities.operations import diagnoses
from pourtous.activities.rules.questions import GESTURES, TASKS
from pourtous.people.holdings import holdings
from pourtous.people.models import FileReading
from tests.accounts.factories import MembershipFactory, someone
from tests.people.factories import FollowUpFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def mediator():
    return someone("mediation")


@pytest.fixture
def person(mediator):
    return FollowUpFactory(unit=mediator.memberships.get().unit).person


def finished(person, mediator, level, *, is_last=False):
    one = diagnoses.start(person=person, unit=mediator.memberships.get().unit, actor=mediator, now=NOW)
    levels = {question.key: level for question in (*GESTURES, *TASKS)}
    diagnoses.answer(diagnosis=one, levels=levels, terms={"device": "phone"}, wish="Écrire à ma fille")
    return diagnoses.finish(diagnosis=one, is_last=is_last, actor=mediator, now=NOW)


def steps(client, one, level):
    address = reverse("skills-check", args=[one.pk])
    client.post(f"{address}?etape=vous", {"device": "phone", "wish": "Écrire à ma fille"})
    client.post(f"{address}?etape=gestes", {question.key: level for question in GESTURES})
    return client.post(f"{address}?etape=taches", {question.key: level for question in TASKS})


def test_a_check_is_gone_through_step_by_step(client, mediator, person):
    client.force_login(mediator)
    client.post(reverse("skills-start", args=[person.code]))
    one = Diagnosis.objects.get()
    answer = steps(client, one, 2)
    assert answer["Location"] == reverse("skills-result", args=[one.pk])
    page = client.get(answer["Location"]).content.decode()
    assert "Écrire à ma fille" in page
    assert FileReading.objects.filter(person=person, what="activities.skills").exists()


def test_beginning_twice_goes_on_with_the_same_check(client, mediator, person):
    client.force_login(mediator)
    client.post(reverse("skills-start", args=[person.code]))
    client.post(reverse("skills-start", args=[person.code]))
    assert Diagnosis.objects.count() == 1


def test_a_beginner_is_not_asked_the_tasks(client, mediator, person):
    client.force_login(mediator)
    client.post(reverse("skills-start", args=[person.code]))
    one = Diagnosis.objects.get()
    answer = client.post(f"{reverse('skills-check', args=[one.pk])}?etape=gestes", {q.key: 0 for q in GESTURES})
    assert answer["Location"] == reverse("skills-result", args=[one.pk])
    assert Diagnosis.objects.get().stopped_early


def test_a_missing_answer_is_asked_for_and_the_others_are_kept(client, mediator, person):
    client.force_login(mediator)
    one = diagnoses.start(person=person, unit=mediator.memberships.get().unit, actor=mediator, now=NOW)
    posted = {q.key: 3 for q in GESTURES[1:]}
    answer = client.post(f"{reverse('skills-check', args=[one.pk])}?etape=gestes", posted)
    assert answer.status_code == 422
    assert one.answers.count() == len(GESTURES) - 1


@pytest.mark.parametrize("value", ["9", "-1", "x", "\0", "1e3", ""])
def test_an_answer_nobody_can_give_is_refused(client, mediator, person, value):
    client.force_login(mediator)
    one = diagnoses.start(person=person, unit=mediator.memberships.get().unit, actor=mediator, now=NOW)
    answer = client.post(f"{reverse('skills-check', args=[one.pk])}?etape=gestes", {q.key: value for q in GESTURES})
    assert answer.status_code in {400, 422}
    assert not one.answers.exists()


def test_the_first_is_before_the_last_is_after_and_progress_shows(client, mediator, person):
    before, after = finished(person, mediator, 1), finished(person, mediator, 3, is_last=True)
    assert (before.moment, after.moment) == (Moment.BEFORE, Moment.AFTER)
    client.force_login(mediator)
    page = client.get(reverse("skills", args=[person.code])).content.decode()
    assert "Allumer et éteindre un appareil" in page


def test_a_finished_check_is_not_answered_again(client, mediator, person):
    one = finished(person, mediator, 1)
    client.force_login(mediator)
    answer = client.get(reverse("skills-check", args=[one.pk]))
    assert answer["Location"] == reverse("skills-result", args=[one.pk])
    assert client.post(reverse("skills-abandon", args=[one.pk])).status_code == 302
    assert Diagnosis.objects.count() == 1


def test_an_open_check_can_be_thrown_away(client, mediator, person):
    one = diagnoses.start(person=person, unit=mediator.memberships.get().unit, actor=mediator, now=NOW)
    client.force_login(mediator)
    client.post(reverse("skills-abandon", args=[one.pk]))
    assert not Diagnosis.objects.exists()


def test_the_paper_says_the_name_and_what_was_learnt(client, mediator, person):
    finished(person, mediator, 1)
    one = finished(person, mediator, 2)
    client.force_login(mediator)
    answer = client.get(reverse("skills-paper", args=[one.pk]))
    reader = PdfReader(BytesIO(answer.content))
    text = "".join(page.extract_text() for page in reader.pages)
    assert person.first_name in text
    assert "Ce que je sais faire" in text
    assert reader.trailer["/Root"]["/Lang"] == "fr"


def test_the_questions_can_be_printed(client, mediator):
    client.force_login(mediator)
    assert "Allumer et éteindre" in client.get(reverse("skills-blank")).content.decode()


def test_a_colleague_sees_it_and_nobody_else(client, mediator, person):
    one = finished(person, mediator, 1)
    unit = mediator.memberships.get().unit
    colleague = MembershipFactory(unit=unit).user
    other_unit = MembershipFactory(unit__organisation=unit.organisation, unit__capabilities=("mediation",)).user
    addresses = [
        reverse("skills", args=[person.code]),
        reverse("skills-result", args=[one.pk]),
        reverse("skills-paper", args=[one.pk]),
    ]
    for user, expected in (
        (colleague, 200),
        (other_unit, 404),
        (someone("mediation"), 404),
        (someone("steering"), 404),
    ):
        client.force_login(user)
        assert [client.get(address).status_code for address in addresses] == [expected] * 3
        if expected == 404:
            assert client.post(reverse("skills-start", args=[person.code])).status_code == 404
            assert client.get(reverse("skills-check", args=[one.pk])).status_code == 404


def test_what_is_held_is_told_moved_and_let_go(mediator, person):
    finished(person, mediator, 1)
    (held,) = (one.holding for one in holdings() if one.name == "skills")
    assert len(list(held.records(person))) == 1
    other = PersonFactory()
    keys = held.move(absorbed=person, kept=other)
    assert not list(held.records(person))
    held.move_back(keys=keys, absorbed=person, kept=other)
    assert len(list(held.records(person))) == 1
    held.anonymise(person, now=NOW)
    assert not Diagnosis.objects.exists()
