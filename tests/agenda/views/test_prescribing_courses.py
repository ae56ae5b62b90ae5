"""A prescriber registers a person their unit follows for a course, sends the sheet, and is told what became of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.agenda.enums import Booker, RegistrationState, Theme
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.attendance import everybody_came, set_attendance
from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message
from tests.accounts.factories import MembershipFactory
from tests.agenda.factories import CourseFactory, RegistrationFactory, RunFactory, SessionFactory
from tests.agenda.views.conftest import NOW, signed_in
from tests.people.factories import FollowUpFactory, PersonFactory
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(days=7)


@pytest.fixture
def prescriber(db):
    return MembershipFactory(unit__capabilities=[Capability.PRESCRIBER])


@pytest.fixture
def person(prescriber):
    person = PersonFactory(first_name="Marceline", last_name="Vautrin", phone="+33639980002")
    FollowUpFactory(person=person, unit=prescriber.unit)
    return person


@pytest.fixture
def run():
    return RunFactory(course=CourseFactory(title="Premiers clics", theme=Theme.COMPUTER))


@pytest.fixture
def sessions(run):
    place = PlaceFactory(name="Le Cabanon")
    return [
        SessionFactory(run=run, number=n + 1, place=place, seats=1, starts_at=SOON + timedelta(days=7 * n))
        for n in range(3)
    ]


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


def test_from_the_file_to_the_whole_course_on_one_screen(prescriber, person, sessions):
    client = signed_in(prescriber.user)
    address = f"{reverse('prescribe-course')}?personne={person.code}"
    assert address in client.get(reverse("person", args=(person.code,))).content.decode()
    page = client.get(address)
    assert "Premiers clics" in text_of(page)
    assert "1 place restante" in text_of(page)
    sent = {"person": person.code, "run": sessions[0].code}
    answer = client.post(address, sent)
    made = list(Registration.objects.order_by("session__starts_at"))
    assert [one.session for one in made] == sessions
    assert {(one.person, one.prescriber_unit, one.through) for one in made} == {
        (person, prescriber.unit, Booker.PRESCRIBER)
    }
    assert answer.url == reverse("prescribed-course", args=(made[0].code,))
    assert client.post(address, sent).url == answer.url
    assert Registration.objects.count() == 3
    page = client.get(answer.url)
    assert "La personne est prévenue" in text_of(page)
    assert reverse("registration-print", args=(made[0].code,)) in page.content.decode()
    page = client.get(reverse("prescribed-courses"))
    assert len(page.context["rows"]) == 1
    assert "Vautrin" in text_of(page)


def test_one_session_only_then_the_waiting_list(prescriber, person, sessions):
    client = signed_in(prescriber.user)
    Session.objects.filter(pk=sessions[0].pk).update(registered=1)
    answer = client.post(reverse("prescribe-course"), {"person": person.code, "session": sessions[0].code})
    made = Registration.objects.get()
    assert made.state == RegistrationState.WAITING
    assert "a première personne qui attend" in text_of(client.get(answer.url))


def test_what_is_sought_narrows_the_courses(prescriber, person, sessions):
    client = signed_in(prescriber.user)
    SessionFactory(run__course__theme=Theme.PHONE, starts_at=SOON, seats=2, registered=2)
    found = client.post(reverse("prescribe-course"), {"person": person.code, "theme": Theme.PHONE})
    assert [one.session.course.theme for one in found.context["sessions"]] == [Theme.PHONE]
    found = client.post(reverse("prescribe-course"), {"person": person.code, "has_seats": "on"})
    assert [one.session for one in found.context["sessions"]] == [sessions[0]]
    found = client.post(reverse("prescribe-course"), {"person": person.code, "first": "2026-12-03"})
    assert [one.session for one in found.context["sessions"]] == [sessions[1]]
    assert found.context["sessions"][0].coming == 3


def test_wrong_sessions_and_wrong_words_say_so(prescriber, person, sessions):
    client = signed_in(prescriber.user)
    SessionFactory(starts_at=NOW - timedelta(days=1))
    hidden = SessionFactory(starts_at=SOON, is_open=False)
    for wrong in ("x", "x\0", "9" * 400, hidden.code):
        page = client.post(reverse("prescribe-course"), {"person": person.code, "session": wrong})
        assert page.status_code in {200, 400}
    for wrong in ({"commune": "Nulle-Part-sur-Rien"}, {"theme": "x"}, {"first": "hier"}, {}):
        assert client.post(reverse("prescribe-course"), wrong).status_code == 200
    assert not Registration.objects.exists()


def test_only_people_of_ones_unit(prescriber, sessions):
    stranger = PersonFactory(first_name="Autre", last_name="Inconnu")
    client = signed_in(prescriber.user)
    assert "Inconnu" not in text_of(client.get(reverse("prescribe-course"), {"personne": stranger.code}))
    page = client.post(reverse("prescribe-course"), {"person": stranger.code, "session": sessions[0].code})
    assert page.status_code == 200
    assert not Registration.objects.exists()


def test_somebody_registered_by_others_changes_nothing(prescriber, person, sessions):
    before = RegistrationFactory(session=sessions[0], person=person, first_name="")
    client = signed_in(prescriber.user)
    answer = client.post(reverse("prescribe-course"), {"person": person.code, "session": sessions[0].code})
    assert answer.url == reverse("prescribed-courses")
    assert list(Registration.objects.all()) == [before]


def prescribed(prescriber, person, session, **facts):
    return RegistrationFactory(
        session=session,
        person=person,
        first_name="",
        phone="",
        through=Booker.PRESCRIBER,
        prescriber_unit=prescriber.unit,
        by=prescriber.user,
        **facts,
    )


def test_owner_colleague_stranger_and_other_capabilities(prescriber, person, sessions, post):
    made = prescribed(prescriber, person, sessions[0])
    colleague = MembershipFactory(unit=prescriber.unit)
    stranger = MembershipFactory(unit__capabilities=[Capability.PRESCRIBER])
    page, send = reverse("prescribed-course", args=(made.code,)), reverse("prescribed-course-send", args=(made.code,))
    for one in (prescriber, colleague):
        assert "Vautrin" in text_of(signed_in(one.user).get(page))
        assert "Vautrin" in text_of(signed_in(one.user).get(reverse("prescribed-courses")))
        assert "Vautrin" in text_of(signed_in(one.user).get(reverse("work-home")))
    for one in (stranger, post):
        assert signed_in(one.user).get(page).status_code == 404
        assert signed_in(one.user).post(send).status_code == 404
    assert made.code not in text_of(signed_in(stranger.user).get(reverse("prescribed-courses")))
    assert signed_in(post.user).get(reverse("prescribe-course")).status_code == 404


def test_the_sheet_goes_again_three_times_at_most(prescriber, person, sessions):
    client = signed_in(prescriber.user)
    client.post(reverse("prescribe-course"), {"person": person.code, "session": sessions[0].code})
    send = reverse("prescribed-course-send", args=(Registration.objects.get().code,))
    for _ in range(4):
        page = client.post(send, follow=True)
    assert Message.objects.filter(about="agenda.registered").count() == 3
    assert "Imprimez la feuille" in text_of(page)


def test_without_any_contact_the_page_says_to_print(prescriber, person, sessions):
    person.phone = ""
    person.save()
    made = prescribed(prescriber, person, sessions[0])
    client = signed_in(prescriber.user)
    assert "Aucun message" in text_of(client.get(reverse("prescribed-course", args=(made.code,))))
    page = client.post(reverse("prescribed-course-send", args=(made.code,)), follow=True)
    assert "Aucun message ne peut partir" in text_of(page)


def test_who_registered_reads_an_hour_later_what_became_of_it_without_a_name(prescriber, person, sessions):
    made = prescribed(prescriber, person, sessions[0])
    later = SOON + timedelta(hours=3)
    set_attendance(registration=made, state=RegistrationState.ABSENT, actor=None, now=later)
    set_attendance(registration=made, state=RegistrationState.ATTENDED, actor=None, now=later)
    told = Message.objects.filter(about="agenda.prescriber")
    kept = told.get(state=MessageState.QUEUED)
    assert (kept.to, kept.next_attempt_at) == (prescriber.user.email, later + timedelta(hours=1))
    assert "Présent" in kept.text
    assert person.code in kept.text
    assert "Vautrin" not in kept.text
    assert told.filter(state=MessageState.CANCELLED).count() == 1
    page = signed_in(prescriber.user).get(reverse("prescribed-courses"))
    assert "1 sur 1" in text_of(page)


def test_everybody_came_tells_prescribers_too(prescriber, person, sessions):
    prescribed(prescriber, person, sessions[0])
    everybody_came(session=sessions[0], actor=None, now=SOON + timedelta(hours=3))
    assert Message.objects.filter(about="agenda.prescriber", to=prescriber.user.email).count() == 1


def test_the_lists_take_few_queries(prescriber, person, django_assert_max_num_queries):
    for n in range(12):
        session = SessionFactory(starts_at=SOON + timedelta(days=n))
        prescribed(prescriber, person, session, together=session.run_id)
    client = signed_in(prescriber.user)
    client.get(reverse("prescribed-courses"))
    with django_assert_max_num_queries(18):
        client.get(reverse("prescribed-courses"))
    with django_assert_max_num_queries(26):
        client.get(reverse("prescribe-course"))
