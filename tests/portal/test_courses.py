"""The catalogue of courses and registering without account."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from icalendar import Calendar

from pourtous.agenda.enums import CourseState, Format, RegistrationState, SessionState, Theme
from pourtous.agenda.models import Registration, Session
from pourtous.kernel import clock
from pourtous.kernel.ids import new_code
from tests.agenda.factories import CourseFactory, RegistrationFactory, RunFactory, SessionFactory
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def text_of(page):
    """The words of a page on one line."""
    return " ".join(unescape(strip_tags(page.content.decode())).replace("\xa0", " ").split())


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SOON = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def hall(town):
    return PlaceFactory(name="Le Cabanon", commune=town)


def course(**other):
    facts = {"title": "Premiers pas", "aims": "Appeler\nEnvoyer une photo", "theme": Theme.PHONE}
    return CourseFactory(**facts | other)


def session(hall, *, starts_at=SOON, **other):
    run = other.pop("run", None) or RunFactory(course=other.pop("course", None) or course())
    return SessionFactory(
        run=run, place=hall, commune=hall.commune, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **other
    )


def at(name, *args, **query):
    return reverse(name, args=args, query=query or None)


def test_where_then_what_then_the_list(client, hall):
    shown = session(hall)
    answer = client.get(at("courses"))
    assert answer.url.startswith(at("course-where"))
    answer = client.get(at("course-where"), {"ou": "Valbrune", "suite": "1"})
    assert answer.url == at("course-theme", commune="34998")
    answer = client.get(at("course-theme"), {"commune": "34998", "suite": "1", "theme": "telephone"})
    assert answer.url == at("courses", theme="telephone", commune="34998")
    page = client.get(answer.url)
    assert reverse("session", args=(shown.code,)) in page.content.decode()
    assert "8 places libres" in text_of(page)


def test_somebody_who_wants_to_try_is_asked_only_where(client, hall):
    session(hall)
    trial = session(hall, course=course(title="Juste essayer", format=Format.TRY_ONCE))
    answer = client.get(at("try-once"))
    assert answer.url == at("course-where", essai="oui")
    answer = client.get(at("course-where"), {"ou": "Valbrune", "suite": "1", "essai": "oui"})
    page = client.get(answer.url)
    assert "Juste essayer" in text_of(page)
    assert "Premiers pas" not in text_of(page)
    assert reverse("session", args=(trial.code,)) in page.content.decode()


def test_a_full_session_says_so(client, hall):
    full = session(hall, seats=1, registered=1)
    page = client.get(at("session", full.code))
    assert "Complet : liste d’attente" in text_of(page)
    assert "0/1" not in text_of(page)


def test_filters_narrow_and_nothing_found_helps(client, hall):
    session(hall)
    page = client.get(at("courses", commune="34998", quand="week-end"))
    assert "Enlever tous les critères" in text_of(page)
    assert client.get(at("course-criteria", commune="34998")).status_code == 200


@pytest.mark.parametrize("name", ["session", "course", "registration", "event", "course-poster", "place-poster"])
@pytest.mark.parametrize("code", ["AAAAAAAA", "x", "%00", "Ω" * 300])
def test_what_does_not_exist_is_not_found(client, name, code):
    assert client.get(reverse(name, args=(code,))).status_code == 404


def test_drafts_are_not_found(client, hall):
    hidden = session(hall, course=course(state=CourseState.DRAFT))
    assert client.get(at("session", hidden.code)).status_code == 404
    assert client.get(at("course", hidden.course.code)).status_code == 404


def answers(**other):
    return {"pour": "moi", "prenom": "Odile", "telephone": "06 39 98 00 01", "courriel": ""} | other


def test_the_questions_one_by_one_until_the_seat(client, hall):
    one = session(hall)
    url = at("session-register", one.code)
    assert "Pour qui est la place" in text_of(client.get(url))
    known = {}
    for step, said, then in (
        ("qui", {"pour": "moi"}, "Quel est votre prénom"),
        ("prenom", {"prenom": "Odile"}, "Comment vous joindre"),
        ("joindre", {"telephone": "0639980001"}, "Vérifiez vos réponses"),
    ):
        known |= said
        page = client.post(url, known | {"etape": step})
        assert then in text_of(page)
    assert not Registration.objects.exists()
    answer = client.post(url, known | {"etape": "verifier"})
    made = Registration.objects.get()
    assert answer.url == at("registration", made.code)
    assert (made.first_name, made.phone, made.state) == ("Odile", "+33639980001", RegistrationState.REGISTERED)
    again = client.post(url, known | {"etape": "verifier"})
    assert again.url == answer.url
    assert Session.objects.get().registered == 1


@pytest.mark.parametrize(
    ("step", "said", "sentence"),
    [
        ("qui", {"pour": ""}, "Choisissez une réponse"),
        ("prenom", {"prenom": "\0"}, "signe illisible"),
        ("prenom", {"prenom": "O" * 200}, "Écrivez seulement le prénom"),
        ("joindre", {"telephone": "12"}, "06 39 98 00 01"),
        ("joindre", {"telephone": ""}, "Écrivez un téléphone ou un e-mail"),
        ("joindre", {"telephone": "", "courriel": "odile@"}, "odile@exemple.fr"),
        ("verifier", {"prenom": ""}, "Écrivez un prénom"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(client, hall, step, said, sentence):
    one = session(hall)
    page = client.post(at("session-register", one.code), answers(**said) | {"etape": step})
    assert page.status_code == 200
    assert sentence in text_of(page)
    assert not Registration.objects.exists()


def test_an_answer_is_changed_from_the_check_page(client, hall):
    one = session(hall)
    url = at("session-register", one.code)
    page = client.post(url, answers() | {"etape": "verifier", "retour": "prenom"})
    assert "Quel est votre prénom" in text_of(page)
    assert 'value="Odile"' in page.content.decode()
    page = client.post(url, answers(prenom="Lucien") | {"etape": "prenom"})
    assert "Vérifiez vos réponses" in text_of(page)
    assert "Lucien" in text_of(page)


def test_a_relative_is_registered(client, hall):
    one = session(hall)
    client.post(at("session-register", one.code), answers(pour="autre") | {"etape": "verifier"})
    assert Registration.objects.get().is_for_other


def test_the_waiting_list_is_told_before_and_after(client, hall):
    one = session(hall, seats=1, registered=1)
    RegistrationFactory(session=one, rank=1)
    Session.objects.filter(pk=one.pk).update(queue=1)
    url = at("session-register", one.code)
    page = client.post(url, answers() | {"etape": "joindre"})
    assert "liste d’attente" in text_of(page)
    answer = client.post(url, answers() | {"etape": "verifier"})
    page = client.get(answer.url)
    assert "Vous êtes sur la liste d’attente" in text_of(page)


def test_a_whole_run_is_registered_and_given_back_at_once(client, hall):
    run = RunFactory(course=course(session_count=2))
    first = session(hall, run=run, number=1)
    session(hall, run=run, number=2, starts_at=SOON + timedelta(days=7))
    url = at("session-register", first.code)
    assert "À quelles séances venez-vous" in text_of(client.get(url))
    answer = client.post(url, answers(quoi="tout") | {"etape": "verifier"})
    assert Registration.objects.count() == 2
    page = client.get(answer.url)
    assert "Vos séances" in text_of(page)
    code = Registration.objects.first().code
    client.post(at("registration-cancel", code), {"quoi": "tout"})
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.CANCELLED}


def test_a_seat_is_given_back_by_a_button_never_by_a_link(client, hall):
    one = session(hall, registered=1)
    made = RegistrationFactory(session=one)
    page = client.get(at("registration-cancel", made.code))
    assert "Rendez-vous votre place" in text_of(page) or page.status_code == 200
    made.refresh_from_db()
    assert made.state == RegistrationState.REGISTERED
    client.post(at("registration-cancel", made.code), {"quoi": "une"})
    page = client.get(at("registration", made.code))
    assert "Votre inscription est annulée" in text_of(page)
    assert client.get(at("registration-cancel", made.code)).status_code == 302


def test_the_page_of_a_registration_names_nobody(client, hall):
    made = RegistrationFactory(
        session=session(hall, registered=1), first_name="Zénobie", email="zenobie@exemple.example"
    )
    for name in ("registration", "registration-print", "registration-calendar"):
        page = client.get(at(name, made.code)).content.decode()
        assert "Zénobie" not in page
        assert "zenobie" not in page
        assert made.phone not in page


def test_a_code_leads_back(client, hall):
    made = RegistrationFactory(session=session(hall))
    typed = f" {made.code[:4].lower()} {made.code[4:]}"
    assert client.post(at("registration-code"), {"code": typed}).url == at("registration", made.code)
    assert "lettre par lettre" in text_of(client.post(at("registration-code"), {"code": "12"}))


def test_guessing_codes_is_stopped_and_then_good_and_bad_answer_alike(client, hall):
    made = RegistrationFactory(session=session(hall))
    for _ in range(40):
        assert client.get(at("registration", made.code)).status_code == 200
    wrong = at("registration", "0" * 8)
    assert {client.get(wrong).status_code for _ in range(30)} == {404}
    for code in (made.code, "0" * 8):
        for name in ("registration", "registration-print", "registration-cancel", "registration-calendar"):
            page = client.get(at(name, code))
            assert page.status_code == 429
            assert "Trop de codes faux" in text_of(page)
    assert client.get(at("booked", "A" * 16)).status_code == 429
    page = client.post(at("registration-code"), {"code": made.code})
    assert "Trop d’essais" in text_of(page)
    assert client.get(at("registration", made.code), REMOTE_ADDR="192.0.2.9").status_code == 200


def test_guessing_typed_codes_counts_too(client, hall):
    made = RegistrationFactory(session=session(hall))
    for _ in range(30):
        page = client.post(at("registration-code"), {"code": new_code(8)})
        assert "Aucune inscription" in text_of(page)
    page = client.post(at("registration-code"), {"code": made.code})
    assert "Trop d’essais" in text_of(page)


def test_a_cancelled_session_says_why(client, hall):
    one = session(hall, state=SessionState.CANCELLED, reason="La salle est inondée")
    made = RegistrationFactory(session=one, state=RegistrationState.CANCELLED)
    assert "La salle est inondée" in text_of(client.get(at("session", one.code)))
    assert "La salle est inondée" in text_of(client.get(at("registration", made.code)))
    assert client.get(at("session-register", one.code)).url == at("session", one.code)


def test_calendars_are_read_by_others(client, hall):
    one, gone = session(hall), session(hall, state=SessionState.CANCELLED, sequence=1)
    feed = Calendar.from_ical(client.get(at("place-calendar", hall.code)).content)
    events = {str(event["uid"]).split("@")[0]: event for event in feed.walk("VEVENT")}
    assert events[str(one.pk)]["status"] == "CONFIRMED"
    assert events[str(one.pk)].decoded("dtstart") == one.starts_at
    assert events[str(gone.pk)]["status"] == "CANCELLED"
    single = Calendar.from_ical(client.get(at("session-calendar", one.code)).content)
    assert len(single.walk("VEVENT")) == 1


def test_posters_show_dates_and_a_way_back(client, hall):
    one = session(hall)
    for page in (client.get(at("course-poster", one.course.code)), client.get(at("place-poster", hall.code))):
        assert "Premiers pas" in text_of(page)
        assert "<svg" in page.content.decode()


def test_a_slip_leads_to_trying_once_and_the_event_is_counted(client, hall):
    event = session(hall, course=course(format=Format.OUTREACH), seats=0)
    trial = session(hall, course=course(format=Format.TRY_ONCE))
    answer = client.get(at("event", event.code))
    page = client.get(answer.url)
    assert f"venu={event.code}" in page.content.decode()
    url = at("session-register", trial.code) + f"?venu={event.code}"
    assert f'value="{event.code}"' in client.get(url).content.decode()
    client.post(at("session-register", trial.code), answers(venu=event.code) | {"etape": "verifier"})
    assert Registration.objects.get().came_from == event
    assert client.get(at("session", event.code)).status_code == 404


def test_the_list_asks_little_of_the_database(client, hall, django_assert_max_num_queries):
    for n in range(10):
        session(hall, starts_at=SOON + timedelta(days=n))
    with django_assert_max_num_queries(6):
        client.get(at("courses", commune="34998"))
