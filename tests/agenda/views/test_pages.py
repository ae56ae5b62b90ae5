"""Every page opens for its owner, says something to a colleague, and is nothing to strangers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.agenda.enums import Booker, Mode
from pourtous.agenda.models import Absence, Appointment, OutsideCalendar
from pourtous.agenda.operations.appointments import Who, book
from tests.accounts.factories import MembershipFactory
from tests.agenda.factories import ResourceFactory, RoomFactory, SessionFactory
from tests.agenda.views.conftest import NOW
from tests.people.factories import FollowUpFactory, PersonFactory

NINE = NOW.replace(hour=8, minute=0)


@pytest.fixture
def appointment(agenda, kind, hours, place, post):
    who = Who(first_name="Odile", phone="+33639980001", need="Ma retraite")
    return book(
        kind=kind,
        starts_at=NINE,
        mode=Mode.PLACE,
        place=place,
        mediator=agenda,
        who=who,
        through=Booker.COLLEAGUE,
        actor=post.user,
        now=NOW,
    )


GENERAL = (
    "agenda",
    "agenda-this-week",
    "agenda-team-today",
    "agenda-list",
    "agenda-list-csv",
    "agenda-list-xlsx",
    "appointment-new",
    "agenda-hours",
    "availability-new",
    "absence-new",
    "agenda-setup",
)
MANAGED = ("kind-new", "room-new")
OF_DAYS = ("agenda-day", "agenda-day-paper", "agenda-week", "agenda-week-paper", "agenda-team")


@pytest.mark.parametrize("name", GENERAL + MANAGED)
def test_pages_are_for_those_who_have_an_agenda(name, owner, colleague, stranger, prescriber, appointment, client):
    address = reverse(name)
    assert owner.get(address).status_code == 200
    assert colleague.get(address).status_code == (404 if name in MANAGED else 200)
    assert stranger.get(address).status_code == 200
    assert prescriber.get(address).status_code == 404
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", OF_DAYS)
def test_pages_of_days(name, owner, prescriber, appointment):
    assert owner.get(reverse(name, args=("2026-11-24",))).status_code == 200
    assert prescriber.get(reverse(name, args=("2026-11-24",))).status_code == 404
    for nonsense in ("24-11-2026", "2026-13-01", "0001-01-01", "9999-12-31"):
        assert owner.get(reverse(name, args=(nonsense,))).status_code == 404


@pytest.mark.parametrize("name", ["appointment", "appointment-move", "appointment-correct", "appointment-ics"])
def test_an_appointment_is_its_unit_s(name, owner, colleague, stranger, prescriber, appointment):
    address = reverse(name, args=(appointment.code,))
    assert owner.get(address).status_code == 200
    assert colleague.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert prescriber.get(address).status_code == 404
    assert owner.get(reverse(name, args=("ZZZZZZZZ",))).status_code == 404


@pytest.mark.parametrize("name", ["appointment-settle", "appointment-cancel"])
def test_acts_are_the_unit_s_and_never_a_get(name, owner, stranger, appointment):
    address = reverse(name, args=(appointment.code,))
    assert stranger.post(address, {"state": "honoured", "by": "us"}).status_code == 404
    assert owner.get(address).status_code == 405
    appointment.refresh_from_db()
    assert appointment.state == "booked"


def test_the_day_says_whom_where_and_what_is_free(owner, appointment):
    page = owner.get(reverse("agenda")).content.decode()
    assert "Odile" in page
    assert "Ma retraite" in page
    assert "Le Cabanon" in page
    assert "tel:+33639980001" in page
    assert "Libre jusqu’à 12" in page.replace("\u00a0", " ")


def test_a_colleague_sees_hours_and_kinds_of_the_team_not_names(colleague, owner, appointment):
    page = colleague.get(reverse("agenda-team-today")).content.decode()
    assert "Aide aux démarches" in page
    assert "Odile" not in page


def test_what_another_unit_booked_is_only_taken(stranger, appointment, agenda):
    """A mediator of two units: the colleague of the second sees that the time is taken."""
    from tests.accounts.factories import MembershipFactory

    other = MembershipFactory(unit__capabilities=["mediation"])
    MembershipFactory(user=agenda.user, unit=other.unit)
    from tests.agenda.views.conftest import signed_in

    page = signed_in(other.user).get(reverse("agenda"), {"de": str(agenda.pk)}).content.decode()
    assert "Occupé" in page
    assert "Odile" not in page
    assert stranger.get(reverse("agenda"), {"de": str(agenda.pk)}).status_code == 404


def test_one_tap_settles_and_another_undoes(owner, appointment):
    address = reverse("appointment-settle", args=(appointment.code,))
    back = owner.post(address, {"state": "honoured", "next": "/travail/agenda/"})
    assert back.url == "/travail/agenda/"
    appointment.refresh_from_db()
    assert appointment.state == "honoured"
    assert owner.post(address, {"state": "booked", "next": "https://evil.example/"}).url.startswith("/travail/")
    assert owner.post(address, {"state": "nonsense"}).status_code == 302


def filled(kind, place, **more):
    return {
        "kind": kind.pk,
        "day": "2026-11-25",
        "hour": "10:00",
        "mode": "place",
        "place": place.pk,
        "first_name": "Samir",
        "phone": "06 39 98 00 02",
        "key": "one-form",
        **more,
    }


def test_booking_with_a_first_name_and_a_phone_and_the_back_button(owner, agenda, hours, kind, place):
    form = filled(kind, place, mediator=agenda.pk)
    answers = [owner.post(reverse("appointment-new"), form) for _ in range(2)]
    assert answers[0].status_code == 302
    assert answers[0].url == answers[1].url
    booked = Appointment.objects.get()
    assert (booked.first_name, booked.phone, booked.mediator) == ("Samir", "+33639980002", agenda)


def test_without_a_place_it_is_where_the_mediator_receives_at_that_hour(owner, agenda, hours, kind, place):
    form = filled(kind, place, mediator=agenda.pk, day="2026-11-24") | {"place": ""}
    assert owner.post(reverse("appointment-new"), form).status_code == 302
    assert Appointment.objects.get().place == place
    outside = owner.post(reverse("appointment-new"), form | {"hour": "20:00", "key": "two"})
    assert "Choisissez le lieu." in outside.content.decode()


def test_a_public_holiday_is_told_and_the_title_says_error_once(owner, agenda, hours, kind, place):
    form = filled(kind, place, mediator=agenda.pk, day="2026-12-25", hour="10:00")
    assert "Ce jour est férié." in owner.post(reverse("appointment-new"), form, follow=True).content.decode()
    wrong = owner.post(reverse("appointment-new"), form | {"hour": "", "key": "two"}).content.decode()
    assert wrong.count("Erreur\u00a0: ") == 1


def test_booking_for_a_person_one_s_unit_follows(owner, agenda, hours, kind, place, post):
    person = FollowUpFactory(unit=post.unit).person
    owner.post(reverse("appointment-new"), filled(kind, place, person=person.code, first_name=""))
    assert Appointment.objects.get().person == person
    unknown = PersonFactory()
    answer = owner.post(reverse("appointment-new"), filled(kind, place, person=unknown.code, key="two"))
    assert answer.status_code == 200
    assert unknown.first_name not in answer.content.decode()


def test_a_taken_hour_offers_others_and_keeps_what_was_typed(owner, appointment, agenda, kind, place):
    form = filled(kind, place, day="2026-11-24", hour="09:30", mediator=agenda.pk)
    page = owner.post(reverse("appointment-new"), form)
    assert page.status_code == 200
    text = page.content.decode()
    assert 'name="slot"' in text
    assert "Samir" in text
    again = owner.post(reverse("appointment-new"), form | {"slot": "2026-11-24 11:00"})
    assert again.status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "nothing"},
        {"day": "not a day"},
        {"hour": "25:61"},
        {"mode": "telepathy"},
        {"place": ""},
        {"first_name": "", "person": ""},
        {"phone": "12"},
        {"first_name": "\0"},
        {"key": ""},
        {"key": "x" * 300},
        {"mediator": "00000000-0000-0000-0000-000000000000"},
        {"hour": "10:03"},
        {"day": "1999-01-01"},
        {"slot": "x y"},
    ],
)
def test_what_is_wrong_is_said(change, owner, agenda, hours, kind, place):
    answer = owner.post(reverse("appointment-new"), filled(kind, place) | change)
    assert answer.status_code == 200
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("query", ["?jour=x&heure=y&type=z&de=&lieu=q&personne=x", "?type=%20", "?mode=x"])
def test_an_odd_address_of_a_new_appointment_opens(query, owner, agenda, hours):
    assert owner.get(reverse("appointment-new") + query).status_code == 200


def test_moving_correcting_and_cancelling(owner, appointment):
    address = reverse("appointment-move", args=(appointment.code,))
    assert owner.post(address, {"day": "2026-11-24", "hour": "11:00"}).status_code == 302
    assert owner.post(address, {"day": "2026-11-24", "hour": "x"}).status_code == 200
    address = reverse("appointment-correct", args=(appointment.code,))
    assert owner.post(address, {"first_name": "Odette", "phone": "0639980003"}).status_code == 302
    appointment.refresh_from_db()
    assert (appointment.first_name, appointment.phone) == ("Odette", "+33639980003")
    assert owner.post(address, {"first_name": ""}).status_code == 200
    owner.post(reverse("appointment-cancel", args=(appointment.code,)), {"by": "person"})
    appointment.refresh_from_db()
    assert appointment.state == "cancelled_by_person"


PATTERN = {
    "weekdays": ["0", "2"],
    "starts": "09:00",
    "ends": "12:00",
    "every_weeks": "2",
    "first_on": "2026-11-24",
    "mode": "place",
}


def test_hours_are_looked_at_in_dates_before_they_are_kept(owner, kind, place, agenda):
    form = PATTERN | {"kinds": [kind.pk], "place": place.pk}
    page = owner.post(reverse("availability-new"), form | {"action": "preview"})
    assert "Rien n’est encore enregistré" in page.content.decode()
    assert not agenda.availabilities.exists()
    assert owner.post(reverse("availability-new"), form).status_code == 302
    row = agenda.availabilities.get()
    assert (row.weekdays, row.every_weeks, list(row.kinds.all())) == (("0", "2"), 2, [kind])
    assert owner.get(reverse("availability", args=(row.pk,))).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"ends": "08:00"},
        {"starts": "09:02"},
        {"weekdays": []},
        {"weekdays": ["9"]},
        {"kinds": []},
        {"place": ""},
        {"mode": "home"},
        {"last_on": "2026-01-01"},
        {"every_weeks": "0"},
    ],
)
def test_hours_that_cannot_be_are_refused(change, owner, kind, place, agenda):
    form = PATTERN | {"kinds": [kind.pk], "place": place.pk} | change
    assert owner.post(reverse("availability-new"), form).status_code == 200
    assert not agenda.availabilities.exists()


def test_bookings_outside_changed_hours_are_kept_and_listed(owner, hours, kind, place, agenda):
    who = Who(first_name="Odile", phone="+33639980001")
    at = NINE.replace(day=25)
    book(kind=kind, starts_at=at, mode="place", place=place, who=who, through=Booker.PUBLIC, actor=None, now=NOW)
    form = PATTERN | {"kinds": [kind.pk], "place": place.pk, "starts": "10:00"}
    page = owner.post(reverse("availability", args=(hours.pk,)), form, follow=True).content.decode()
    assert "Odile" in page
    assert Appointment.objects.filter(state="booked").count() == 1
    page = owner.post(reverse("availability-end", args=(hours.pk,)), follow=True)
    assert page.status_code == 200


def test_absences_list_what_is_booked_meanwhile(owner, stranger, appointment, agenda):
    form = {"kind": "leave", "first_day": "2026-11-24", "last_day": "2026-11-25"}
    page = owner.post(reverse("absence-new"), form, follow=True).content.decode()
    assert "Odile" in page
    absence = Absence.objects.get()
    assert (absence.ends_at - absence.starts_at).days == 2
    address = reverse("absence-remove", args=(absence.pk,))
    assert stranger.post(address).status_code == 404
    assert owner.post(address).status_code == 302
    assert not Absence.objects.exists()
    for wrong in ({"last_day": "2026-11-01"}, {"last_day": "2030-01-01"}, {"kind": "outside"}):
        assert owner.post(reverse("absence-new"), form | wrong).status_code == 200


def test_a_manager_sets_the_hours_of_the_unit_a_member_only_their_own(owner, colleague, agenda, colleague_post, hours):
    from tests.agenda.factories import ResourceFactory

    other = ResourceFactory(user=colleague_post.user, unit=colleague_post.unit)
    assert owner.get(reverse("agenda-hours"), {"de": str(other.pk)}).status_code == 200
    assert colleague.get(reverse("agenda-hours"), {"de": str(agenda.pk)}).status_code == 404
    assert colleague.get(reverse("availability", args=(hours.pk,))).status_code == 404
    assert colleague.post(reverse("availability-end", args=(hours.pk,))).status_code == 404


KIND = {
    "name": "Aide",
    "minutes": "45",
    "rest_minutes": "15",
    "modes": ["place"],
    "bookers": ["public"],
    "notice_minutes": "120",
    "ahead_days": "60",
    "is_active": "on",
}


def test_managers_set_up_kinds_and_rooms(owner, stranger, colleague, post):
    assert owner.post(reverse("kind-new"), KIND).status_code == 302
    kind = post.unit.appointment_kinds.get()
    assert (kind.minutes, kind.rest_minutes, kind.bookers) == (45, 15, ("public",))
    address = reverse("kind", args=(kind.pk,))
    assert owner.post(address, KIND | {"name": "Autre"}).status_code == 302
    assert stranger.get(address).status_code == 404
    assert colleague.post(address, KIND).status_code == 404
    room = {"kind": "room", "name": "Salle bleue", "seats": "8", "is_active": "on"}
    assert owner.post(reverse("room-new"), room).status_code == 302
    made = post.unit.resources.get(kind="room")
    assert stranger.post(reverse("room", args=(made.pk,)), room).status_code == 404
    assert owner.post(reverse("room", args=(made.pk,)), room | {"seats": "-1"}).status_code == 200
    assert owner.post(reverse("kind-new"), {}).status_code == 200


def test_a_secret_address_answers_until_it_is_turned_off(owner, client, appointment, agenda):
    page = owner.post(reverse("agenda-feed-renew"), {"action": "renew"}, follow=True)
    address = page.context["feed_address"].partition("testserver")[2]
    assert owner.get(reverse("agenda-hours")).context["feed_address"] == ""
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Odile" not in answer.content.decode()
    owner.post(reverse("agenda-feed-renew"), {"action": "off"})
    assert client.get(address).status_code == 404
    assert client.get(reverse("agenda-feed", args=("nothing",))).status_code == 404


def test_a_place_has_a_calendar_too(owner, colleague, client, appointment, place):
    address = reverse("place-feed", args=(place.pk,))
    assert colleague.post(address).status_code == 404
    page = owner.post(address, {"action": "renew"}, follow=True)
    feed = page.context["feed_address"].partition("testserver")[2]
    assert "Odile" not in client.get(feed).content.decode()
    owner.post(address, {"action": "off"})
    assert client.get(feed).status_code == 404


def test_outside_calendars_are_one_s_own(owner, colleague, agenda):
    for wrong in ("http://calendar.example/x.ics", "nonsense", "file:///etc/passwd", ""):
        owner.post(reverse("calendar-add"), {"url": wrong})
    assert not OutsideCalendar.objects.exists()
    owner.post(reverse("calendar-add"), {"url": "https://calendar.example/secret.ics"})
    row = OutsideCalendar.objects.get()
    page = owner.get(reverse("agenda-hours")).content.decode()
    assert "calendar.example" in page
    assert "secret" not in page
    assert colleague.post(reverse("calendar-remove", args=(row.pk,))).status_code == 404
    assert owner.post(reverse("calendar-remove", args=(row.pk,))).status_code == 302
    assert not OutsideCalendar.objects.exists()


def test_the_day_and_the_week_ask_few_questions(owner, appointment, kind, place, agenda, django_assert_max_num_queries):
    RoomFactory(unit=kind.unit)
    for minutes in (11, 13, 14, 15):
        book(
            kind=kind,
            starts_at=NINE.replace(hour=minutes),
            mode="place",
            place=place,
            mediator=agenda,
            who=Who(first_name="Samir"),
            through=Booker.COLLEAGUE,
            actor=agenda.user,
            now=NOW,
        )
    for name in ("agenda", "agenda-this-week", "agenda-team-today", "agenda-list"):
        with django_assert_max_num_queries(16):
            assert owner.get(reverse(name)).status_code == 200


def test_a_session_of_another_unit_is_only_taken_unless_the_public_may_see_it(owner, agenda):
    colleague = ResourceFactory(user=MembershipFactory(unit=agenda.unit).user, unit=agenda.unit)
    shown = SessionFactory(run__course__title="Premiers clics", starts_at=NOW + timedelta(hours=1))
    hidden = SessionFactory(run__course__title="Cercle fermé", starts_at=NOW + timedelta(hours=4), is_open=False)
    draft = SessionFactory(
        run__course__title="Brouillon", run__course__state="draft", starts_at=NOW + timedelta(hours=7)
    )
    for session in (shown, hidden, draft):
        session.mediators.add(colleague)
    for name in ("agenda", "agenda-this-week"):
        text = owner.get(reverse(name), {"de": str(colleague.pk)}).content.decode()
        assert "Premiers clics" in text
        assert "Cercle fermé" not in text
        assert "Brouillon" not in text
        assert "Occupé" in text
    hidden.mediators.add(agenda)
    assert "Cercle fermé" in owner.get(reverse("agenda")).content.decode()
