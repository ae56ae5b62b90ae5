"""The phone desk: found, booked and sent for who calls; calls given back by one operator at a time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.agenda.enums import Booker, CallState
from pourtous.agenda.models import Appointment, CallBack, Registration
from pourtous.messaging.models import Message
from tests.accounts.factories import MembershipFactory
from tests.agenda.factories import RunFactory, SessionFactory
from tests.agenda.views.conftest import NOW, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return CallBack.objects.create(first_name="Odile", phone="+33639980001", asked_at=NOW, best_time="le matin")


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


def test_found_and_booked_on_one_screen(owner, hours, place):
    page = owner.post(reverse("phone-desk"), {"search": "1", "words": "Cabanon"})
    assert "Le Cabanon" in text_of(page)
    hour, key = page.context["hours"][0].value, page.context["key"]
    caller = {"first_name": "Odile", "phone": "06 39 98 00 01", "hour": hour, "key": key}
    answer = owner.post(reverse("phone-desk"), caller)
    made = Appointment.objects.get()
    assert made.code in answer.url
    assert (made.booked_through, made.first_name) == (Booker.DESK, "Odile")
    assert Message.objects.filter(about="agenda.appointment_booked", to="+33639980001").count() == 1
    assert owner.post(reverse("phone-desk"), caller).url == answer.url
    page = owner.post(reverse("phone-desk"), caller | {"key": "another"})
    assert "vient d’être prise" in text_of(page)
    page = owner.post(reverse("phone-desk"), caller | {"phone": "", "key": "third"})
    assert "Écrivez le numéro" in text_of(page)
    assert Appointment.objects.count() == 1


def test_the_sheet_of_a_place_goes_by_text_message(owner, place):
    page = owner.post(reverse("phone-desk"), {"send": place.code, "phone": "06 39 98 00 01"})
    assert "La fiche part par SMS" in text_of(page)
    message = Message.objects.get(about="agenda.sheet")
    assert "Le Cabanon" in message.text
    assert message.segments == 1
    for wrong in ({"send": place.code}, {"send": "x\0", "phone": "06 39 98 00 01"}, {"hour": "x|y"}):
        assert owner.post(reverse("phone-desk"), wrong).status_code in {200, 400}
    assert Message.objects.count() == 1


def test_the_number_is_for_who_takes_the_call(owner, call, colleague_post):
    colleague = signed_in(colleague_post.user)
    queue, one = reverse("phone-calls"), reverse("phone-call", args=(call.pk,))
    assert "06 39 98 00 01" not in text_of(owner.get(queue))
    owner.post(one, {"act": "take"})
    assert "06 39 98 00 01" in text_of(owner.get(queue))
    assert "06 39 98 00 01" not in text_of(colleague.get(queue))
    colleague.post(one, {"act": "done"})
    call.refresh_from_db()
    assert call.state == CallState.WAITING
    owner.post(one, {"act": "done", "outcome": "C’est réglé"})
    call.refresh_from_db()
    assert (call.state, call.outcome) == (CallState.DONE, "C’est réglé")


def test_owner_stranger_and_signed_out(client, owner, call):
    stranger = signed_in(MembershipFactory(unit__capabilities=[Capability.HOST]).user)
    for name in ("phone-desk", "phone-calls"):
        assert owner.get(reverse(name)).status_code == 200
        assert stranger.get(reverse(name)).status_code == 404
        assert client.get(reverse(name)).status_code == 302
    assert stranger.post(reverse("phone-call", args=(call.pk,)), {"act": "take"}).status_code == 404
    assert owner.get(reverse("phone-call", args=(call.pk,))).status_code == 405


def test_the_caller_is_registered_for_a_course_on_the_same_page(owner):
    session = SessionFactory(starts_at=NOW + timedelta(days=7), seats=1, run__course__title="Premiers clics")
    page = owner.post(reverse("phone-desk"), {"search": "1"})
    assert "Premiers clics" in text_of(page)
    caller = {"first_name": "Odile", "phone": "06 39 98 00 01", "session": session.code}
    page = owner.post(reverse("phone-desk"), caller, follow=True)
    made = Registration.objects.get()
    assert (made.through, made.first_name, made.phone) == (Booker.DESK, "Odile", "+33639980001")
    assert made.code in text_of(page)
    assert Message.objects.filter(about="agenda.registered", to="+33639980001").count() == 1
    owner.post(reverse("phone-desk"), caller)
    assert Registration.objects.count() == 1
    page = owner.post(reverse("phone-desk"), caller | {"first_name": "Nadir", "phone": "06 39 98 00 02"}, follow=True)
    assert "liste d’attente" in text_of(page)
    for wrong in (caller | {"first_name": "Léo", "phone": ""}, caller | {"phone": "06 39 98 00 03", "first_name": ""}):
        assert "Rien n’est fait" in text_of(owner.post(reverse("phone-desk"), wrong))
    assert owner.post(reverse("phone-desk"), caller | {"session": "x\0"}).status_code in {200, 400}
    assert Registration.objects.count() == 2


def test_the_caller_is_registered_for_the_whole_course(owner):
    run = RunFactory()
    for n in range(3):
        SessionFactory(run=run, number=n + 1, starts_at=NOW + timedelta(days=7 * (n + 1)))
    first = run.sessions.order_by("starts_at").first()
    caller = {"first_name": "Odile", "phone": "06 39 98 00 01", "run": first.code}
    assert owner.post(reverse("phone-desk"), caller).url == reverse("phone-desk")
    assert Registration.objects.filter(through=Booker.DESK).count() == 3
