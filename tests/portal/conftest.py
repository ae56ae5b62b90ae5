"""A public site with something in it."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from pourtous.agenda.enums import AppointmentState, Booker, Mode, RegistrationState, Theme
from pourtous.agenda.queries.slots import free_slots
from pourtous.agenda.rules.tokens import key_of
from pourtous.kernel import clock
from pourtous.kernel.ids import uuid7
from pourtous.portal.rules.errand import Picked
from tests.agenda.factories import (
    AppointmentFactory,
    AppointmentKindFactory,
    AvailabilityFactory,
    CourseFactory,
    RegistrationFactory,
    ResourceFactory,
    RunFactory,
    SessionFactory,
)
from tests.places.factories import PlaceFactory, ProblemReportFactory
from tests.territories.factories import CommuneFactory

SERVICE = "Maîtrise des outils numériques du quotidien"


@pytest.fixture
def town(db):
    """A commune with one postcode of its own."""
    return CommuneFactory(
        code="34998",
        name="Valbrune",
        departement="34",
        postcodes=("34990",),
        latitude=43.6,
        longitude=3.8,
    )


@pytest.fixture
def place(town):
    """A place of which all is known, as its page shows it."""
    return PlaceFactory(
        name="Le Cabanon",
        commune=town,
        networks=("LAM",),
        services=(SERVICE, "Aide aux démarches administratives"),
        audiences=("Seniors",),
        care=("Illettrisme",),
        fees=("Gratuit",),
        access_modes=("Se présenter", "Téléphoner"),
        supports=("Accompagnement individuel",),
        programmes=("Conseillers numériques",),
        walk_in=True,
        wheelchair=True,
        summary="Une personne vous montre.",
        access_notes="Bus 10, arrêt Les Salins.",
        booking_url="https://rendez-vous.example/cabanon",
        accessibility_url="https://acceslibre.example/cabanon",
    )


@pytest.fixture
def many(town):
    """Enough places for two pages, further and further away."""
    return [
        PlaceFactory(name=f"Lieu {n:02}", commune=town, latitude=43.6 + n / 500, fees=("Gratuit",), walk_in=True)
        for n in range(12)
    ]


@pytest.fixture
def report(place):
    """A report of something wrong."""
    return ProblemReportFactory(place=place)


def meetings(place):
    """A course of two sessions at the place, one of them full, and a registration on each list."""
    course = CourseFactory(
        title="Premiers pas avec mon téléphone",
        aims="Appeler et répondre\nEnvoyer une photo",
        for_whom="Vous n’avez jamais appris.",
        access_notes="Sonnez à la porte bleue.",
        theme=Theme.PHONE,
        session_count=2,
        wheelchair=True,
        plain_french=True,
        language="ar",
        pass_cost=1,
    )
    run, day = RunFactory(course=course), clock.now() + timedelta(days=3)
    first, second = (
        SessionFactory(
            run=run,
            number=number,
            place=place,
            commune=place.commune,
            starts_at=day + timedelta(days=7 * number),
            ends_at=day + timedelta(days=7 * number, hours=2),
            seats=seats,
            registered=1,
        )
        for number, seats in ((1, 8), (2, 1))
    )
    seat = RegistrationFactory(session=first, together=uuid7())
    waiting = RegistrationFactory(session=second, state=RegistrationState.WAITING, rank=2, together=seat.together)
    return course, first, second, seat, waiting


def course_addresses(place):
    """The pages of the catalogue, with something in them."""
    course, first, second, seat, waiting = meetings(place)
    return {
        "courses, where": "/parcours/ou/",
        "courses, where, error": "/parcours/ou/?suite=1&ou=3411",
        "courses, what": "/parcours/theme/?commune=34998",
        "courses, what, error": "/parcours/theme/?suite=1",
        "courses": "/parcours/?commune=34998",
        "courses, nothing": "/parcours/?commune=34998&essai=oui",
        "courses, criteria": "/parcours/criteres/?commune=34998",
        "course": f"/parcours/{course.code}/",
        "course on paper": f"/parcours/{course.code}/affiche/",
        "sessions of a place on paper": f"/lieux/{place.code}/affiche/",
        "session": f"/parcours/seance/{first.code}/",
        "session, full": f"/parcours/seance/{second.code}/",
        "registering": f"/parcours/seance/{first.code}/inscription/",
        "registration": f"/parcours/inscription/{seat.code}/",
        "registration, waiting": f"/parcours/inscription/{waiting.code}/",
        "registration on paper": f"/parcours/inscription/{seat.code}/imprimer/",
        "registration, cancel": f"/parcours/inscription/{seat.code}/annuler/",
        "registration by code": "/parcours/code/",
    }


def booking_addresses(place):
    """The pages of the booking, with free hours at the place and by phone, and an appointment of each state."""
    kind = AppointmentKindFactory(words="Apportez votre téléphone.")
    for where, mode in ((place, Mode.PLACE), (None, Mode.PHONE)):
        for _ in range(2):
            AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind], place=where, mode=mode)
    slot = free_slots(
        kind=kind, mode=Mode.PLACE, booker=Booker.PUBLIC, first=clock.now().date(), days=14, now=clock.now(), limit=1
    )[0]
    picked = Picked(kind=kind.pk, starts_at=slot.starts_at, mode=Mode.PLACE, place=place.code)
    starts_at = clock.now() + timedelta(days=10)
    facts = {"kind": kind, "place": place, "starts_at": starts_at, "need": "Faire une démarche"}
    coming = key_of(AppointmentFactory(**facts))
    cancelled = key_of(AppointmentFactory(**facts, state=AppointmentState.CANCELLED_BY_PERSON))
    past = key_of(AppointmentFactory(**facts | {"starts_at": clock.now() - timedelta(days=1)}))
    query = urlencode([*picked.pairs(), ("commune", "34998")])
    return {
        "booking, need": "/rendez-vous/",
        "booking, need, error": "/rendez-vous/?suite=1",
        "booking, where": "/rendez-vous/ou/?besoin=demarches",
        "booking, where, error": "/rendez-vous/ou/?suite=1&ou=3411",
        "booking, hours": "/rendez-vous/heures/?commune=34998",
        "booking, hours of a place": f"/rendez-vous/heures/?lieu={place.code}",
        "booking, no hour": "/rendez-vous/heures/?commune=34998&comment=domicile",
        "booking, first name": f"/rendez-vous/demande/?{query}",
        "booked": f"/rendez-vous/{coming}/",
        "booked, cancelled": f"/rendez-vous/{cancelled}/",
        "booked, over": f"/rendez-vous/{past}/",
        "booked, on paper": f"/rendez-vous/{coming}/imprimer/",
        "booked, cancel": f"/rendez-vous/{coming}/annuler/",
        "booked, move": f"/rendez-vous/{coming}/deplacer/",
        "booked, move, check": f"/rendez-vous/{coming}/deplacer/?{query}",
        "booked, by code": "/rendez-vous/code/",
        "call me": "/etre-rappele/",
        "call me, sent": "/etre-rappele/merci/",
    }


def addresses(place, report):
    """Every public page with something in it, by a name to read."""
    code = place.code
    return (
        booking_addresses(place)
        | course_addresses(place)
        | {
            "home": "/",
            "need": "/aide/besoin/",
            "need, error": "/aide/besoin/?suite=1",
            "where": "/aide/ou/",
            "where, error": "/aide/ou/?suite=1&ou=3411",
            "wishes": "/aide/important/?commune=34998",
            "results": "/aide/lieux/?commune=34998&besoin=telephone",
            "results, whole département": "/aide/lieux/?partout=oui",
            "results, nothing": "/aide/lieux/?commune=34998&programme=la-croix-rouge",
            "filters": "/aide/criteres/?commune=34998",
            "by name": "/lieux/?q=cabanon",
            "by name, nothing": "/lieux/?q=zzzzzz",
            "place": f"/lieux/{code}/le-cabanon/?commune=34998",
            "report": f"/lieux/{code}/signaler/",
            "report sent": f"/signalement/{report.number}/",
            "results on paper": "/aide/lieux/imprimer/?commune=34998",
            "place on paper": f"/lieux/{code}/imprimer/",
            "computer": "/ordinateur/",
            "training": "/se-former/",
            "passes": "/pass-numerique/",
            "my book": "/pass-numerique/mon-chequier/",
            "connection": "/internet-a-la-maison/",
            "donation": "/donner/",
            "contact": "/contact/",
            "privacy": "/vos-donnees/",
            "site map": "/plan-du-site/",
            "not found": "/nulle-part/",
            "accessibility": "/accessibilite/",
            "legal": "/mentions-legales/",
        }
    )
