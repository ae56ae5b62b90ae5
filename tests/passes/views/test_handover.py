"""A prescriber hands a book over, with the first session, in one sending."""

from datetime import date, timedelta

import pytest
import time_machine

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Unit
from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.models import Course, Registration
from pourtous.passes.models import Book, Campaign, CampaignPublic, HandOver
from pourtous.passes.operations.reminding import remind
from pourtous.people.enums import CriterionKind
from pourtous.people.rules.audiences import Audience
from tests.accounts.factories import MembershipFactory, someone
from tests.passes.factories import NOW, handed, session_of, world
from tests.people.factories import FollowUpFactory, PersonFactory

pytestmark = pytest.mark.django_db
NEW = "/travail/pass/remises/nouvelle/"
LIST = "/travail/pass/remises/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client):
    """A prescriber whose unit holds three books and follows somebody."""
    made = world()
    Course.objects.filter(pk=made.session.course.pk).update(pass_cost=1)
    made.user = MembershipFactory(unit=made.prescriber).user
    made.person = PersonFactory(first_name="Odile", last_name="Ferrand")
    FollowUpFactory(person=made.person, unit=made.prescriber, started_on=date(2026, 1, 1), notice_on=date(2026, 1, 1))
    made.coming = session_of(made.session.course, now=NOW + timedelta(days=3))
    client.force_login(made.user)
    made.client = client
    return made


def give(desk, **changes):
    """What one sends to hand a book over."""
    said = {
        "person": desk.person.code,
        "campaign": desk.campaign.pk,
        "book": "26-000001",
        "first": desk.coming.code,
        "hand": "1",
        **changes,
    }
    return desk.client.post(NEW, said)


def test_book_and_first_session_in_one_sending(desk):
    page = desk.client.get(f"{NEW}?personne={desk.person.code}").content.decode()
    assert "peut avoir" in page
    assert desk.coming.course.title in page
    response = give(desk)
    made = HandOver.objects.get()
    assert response.url == f"{LIST}{made.pk}/"
    assert made.first_registration.state == RegistrationState.REGISTERED
    assert made.first_registration.session == desk.coming
    assert made.person == desk.person
    shown = desk.client.get(response.url).content.decode()
    assert "26-000001" in shown
    assert "Odile Ferrand" in shown
    for address in (LIST, f"{LIST}?quoi=dormant"):
        assert "26-000001" in desk.client.get(address).content.decode()


def test_both_or_neither(desk):
    Book.objects.filter(number=1).update(holder=desk.safe)
    response = give(desk)
    assert "book" in response.context["book"].errors
    assert not Registration.objects.exists()
    assert not HandOver.objects.exists()


def test_sent_twice_is_handed_once(desk):
    give(desk)
    response = give(desk)
    assert response.status_code == 200
    assert HandOver.objects.count() == Registration.objects.count() == 1


@pytest.mark.parametrize("number", ["26-000001-04", "26 000001", " 26-000001 "])
def test_a_number_is_read_however_it_is_typed(desk, number):
    give(desk, book=number)
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize("number", ["", "25-000001", "26-999999", "x" * 4000, "26-000001\0"])
def test_a_number_that_is_none_gets_a_sentence(desk, number):
    response = give(desk, book=number)
    assert response.status_code in {200, 400}
    assert not HandOver.objects.exists()


def test_no_session_needs_a_reason(desk):
    response = give(desk, first="")
    assert "first" in response.context["book"].errors
    give(desk, first="later")
    assert HandOver.objects.get().unbooked == "later"


def test_a_paper_slip_is_typed_in_later(desk):
    day = NOW.date() - timedelta(days=4)
    give(desk, first="later", handed_on_day=day.day, handed_on_month=day.month, handed_on_year=day.year)
    made = HandOver.objects.get()
    assert (made.channel, made.handed_on) == ("slip", day)


def test_who_the_campaign_is_not_for_is_told_why_and_what_else(desk):
    rule = Audience(all_criteria=frozenset({CriterionKind.RSA}), ages=None).to_dict()
    CampaignPublic.objects.update(rule=rule)
    page = desk.client.get(f"{NEW}?personne={desk.person.code}").content.decode()
    assert "RSA" in page
    give(desk)
    assert not HandOver.objects.exists()
    Campaign.objects.update(books_per_person=1)


def test_a_book_comes_back_while_it_is_not_used(desk):
    give(desk)
    made = HandOver.objects.get()
    desk.client.post(f"{LIST}{made.pk}/annuler/")
    assert Book.objects.get(number=1).holder == desk.prescriber
    give(desk)
    assert HandOver.objects.filter(undone_at=None).count() == 1


def test_only_the_unit_that_handed_it_over_sees_it(desk):
    made = handed(desk, number=2, person=desk.person)
    colleague = MembershipFactory(unit=desk.prescriber).user
    beside = Unit.objects.create(organisation=desk.prescriber.organisation, name="À côté", capabilities=["prescriber"])
    others = [MembershipFactory(unit=beside).user, someone(Capability.PRESCRIBER), someone(Capability.HOST)]
    desk.client.force_login(colleague)
    assert desk.client.get(f"{LIST}{made.pk}/").status_code == 200
    for stranger in others:
        desk.client.force_login(stranger)
        assert desk.client.get(f"{LIST}{made.pk}/").status_code == 404
        assert desk.client.post(f"{LIST}{made.pk}/annuler/").status_code == 404
    desk.client.force_login(others[1])
    assert "26-000002" not in desk.client.get(LIST).content.decode()


def test_who_has_not_begun_is_listed_and_a_session_booked_in_one_tap(desk):
    made = handed(desk, person=desk.person, now=NOW)
    HandOver.objects.update(handed_on=NOW.date() - timedelta(days=22))
    remind(now=NOW)
    page = desk.client.get(f"{LIST}?quoi=pas-commence").content.decode()
    assert "22\xa0jours" in page.replace("&nbsp;", "\xa0") or "22 jours" in page
    assert "Par SMS" in page
    assert f"tel:{desk.person.phone}" in page
    shown = desk.client.get(f"{LIST}{made.pk}/").content.decode()
    assert desk.coming.code in shown
    assert desk.client.get(f"{LIST}{made.pk}/seance/").status_code == 405
    for _twice in range(2):
        desk.client.post(f"{LIST}{made.pk}/seance/", {"seance": desk.coming.code})
    seat = Registration.objects.get()
    made.refresh_from_db()
    assert (seat.session, made.first_registration) == (desk.coming, seat)
    assert desk.person.name not in desk.client.get(f"{LIST}?quoi=pas-commence").content.decode()


@pytest.mark.parametrize("code", ["", "x" * 4000, "\0", "ZZZZ-ZZZZ"])
def test_a_session_that_is_none_gets_a_sentence(desk, code):
    made = handed(desk, person=desk.person)
    assert desk.client.post(f"{LIST}{made.pk}/seance/", {"seance": code}).status_code in {302, 400}
    assert not Registration.objects.exists()


def test_only_the_unit_books_for_its_people(desk):
    made = handed(desk, person=desk.person)
    HandOver.objects.update(handed_on=NOW.date() - timedelta(days=9))
    for stranger in (someone(Capability.PRESCRIBER), someone(Capability.HOST)):
        desk.client.force_login(stranger)
        assert desk.client.post(f"{LIST}{made.pk}/seance/", {"seance": desk.coming.code}).status_code == 404
    desk.client.force_login(someone(Capability.PRESCRIBER))
    assert "26-000001" not in desk.client.get(f"{LIST}?quoi=pas-commence").content.decode()
    desk.client.force_login(MembershipFactory(unit=desk.prescriber).user)
    assert desk.client.post(f"{LIST}{made.pk}/seance/", {"seance": desk.coming.code}).status_code == 302
    assert Registration.objects.count() == 1


def test_the_list_asks_the_database_as_often_for_three_as_for_one(desk, django_assert_max_num_queries):
    for number in (1, 2, 3):
        person = PersonFactory()
        FollowUpFactory(person=person, unit=desk.prescriber, started_on=date(2026, 1, 1), notice_on=date(2026, 1, 1))
        handed(desk, number=number, person=person)
    with django_assert_max_num_queries(30):
        desk.client.get(f"{LIST}?quoi=pas-commence")
