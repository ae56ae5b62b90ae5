from datetime import UTC, date, datetime, timedelta

import pytest

from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from pourtous.people.enums import PersonState, RequestKind, RequestState
from pourtous.people.models import Person, RightsRequest
from pourtous.people.operations.requests import answer, extend, forget_old, receive
from tests.accounts.factories import UnitFactory, UserFactory
from tests.people.factories import FollowUpFactory, PersonFactory, RightsRequestFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return {"actor": UserFactory(), "now": NOW}


def received(by, **more):
    asked = {"kind": "access", "words": "", "identity_checked": "Connue de l’équipe", "received_on": NOW.date()}
    return receive(**{"person": PersonFactory(), "unit_id": UnitFactory().pk, **asked, **more, **by})


def test_a_request_has_a_number_and_a_last_day(by):
    one = received(by)
    assert len(one.number) == 8
    assert (one.due_on, one.state) == (date(2026, 12, 23), RequestState.OPEN)
    assert Event.objects.get(verb="people.receive_request").details == {"kind": "access"}


def test_a_request_without_file_is_received_all_the_same(by):
    assert received(by, person=None).person is None


@pytest.mark.parametrize(
    "wrong", [{"kind": "money"}, {"received_on": NOW.date() + timedelta(days=1)}, {"words": "x" * 3001}]
)
def test_what_cannot_be_is_refused(by, wrong):
    with pytest.raises(DomainError):
        received(by, **wrong)


def test_two_months_more_are_given_once_with_reasons(by):
    one = extend(request=received(by), reason="Les archives sont sur papier.", **by)
    assert (one.due_on, one.extended_on) == (date(2027, 2, 23), NOW.date())
    with pytest.raises(DomainError):
        extend(request=one, reason="Encore", **by)


def test_no_more_time_without_reason_or_once_the_month_is_over(by):
    with pytest.raises(DomainError):
        extend(request=received(by), reason="  ", **by)
    with pytest.raises(DomainError):
        extend(request=RightsRequestFactory(due_on=NOW.date() - timedelta(days=1)), reason="Trop de travail", **by)


@pytest.mark.parametrize("words", ["", "  \n "])
def test_no_answer_without_reasons(by, words):
    one = received(by)
    with pytest.raises(DomainError):
        answer(request=one, state="refused", words=words, **by)
    one.refresh_from_db()
    assert one.state == RequestState.OPEN


def test_it_is_answered_once(by):
    one = answer(request=received(by), state="accepted", words="Voici.", **by)
    assert (one.state, one.answered_on) == (RequestState.ACCEPTED, NOW.date())
    with pytest.raises(DomainError):
        answer(request=one, state="refused", words="Non", **by)


def test_an_open_state_is_no_answer(by):
    with pytest.raises(DomainError):
        answer(request=received(by), state="open", words="Voici.", **by)


def test_an_accepted_erasure_empties_the_file(by):
    one = received(by, kind=RequestKind.ERASURE)
    answer(request=one, state="accepted", words="C’est fait.", **by)
    assert Person.objects.get(pk=one.person_id).state == PersonState.ANONYMISED
    one.refresh_from_db()
    assert one.answer == "C’est fait."


@pytest.mark.parametrize("state", ["partly", "refused"])
def test_an_erasure_that_is_not_accepted_empties_nothing(by, state):
    one = received(by, kind=RequestKind.ERASURE)
    answer(request=one, state=state, words="Un chéquier est en cours.", **by)
    assert Person.objects.get(pk=one.person_id).state == PersonState.ACTIVE


def test_an_accepted_objection_ends_all_follow_ups(by):
    person = FollowUpFactory().person
    FollowUpFactory(person=person)
    answer(request=received(by, person=person, kind="objection"), state="accepted", words="Entendu.", **by)
    assert not person.follow_ups.filter(ended_on=None).exists()


def test_an_answer_can_be_a_letter(by):
    person = PersonFactory(first_name="Odile", postal_address="4 rue des Étangs\n34200 Sète")
    answer(request=received(by, person=person, kind="erasure"), state="accepted", words="Fait.", by_letter=True, **by)
    letter = Message.objects.get()
    assert letter.to.startswith("Odile Ferrand\n4 rue")
    assert "Fait." in letter.text
    assert letter.state == "queued"


def test_a_letter_needs_an_address_and_nothing_is_answered_without(by):
    one = received(by)
    with pytest.raises(DomainError):
        answer(request=one, state="accepted", words="Voici.", by_letter=True, **by)
    one.refresh_from_db()
    assert one.state == RequestState.OPEN


def test_requests_go_three_years_after_the_answer():
    answered = {"state": "refused", "answer": "Non"}
    RightsRequestFactory(**answered, answered_on=date(2023, 11, 22))
    RightsRequestFactory(**answered, answered_on=date(2023, 11, 23))
    RightsRequestFactory(received_on=date(2020, 1, 1), due_on=date(2020, 2, 1))
    assert forget_old(now=NOW, dry_run=True) == 1
    assert forget_old(now=NOW) == 1
    assert RightsRequest.objects.count() == 2
