"""A public site with something in it."""

import pytest

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


def addresses(place, report):
    """Every public page with something in it, by a name to read."""
    code = place.code
    return {
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
        "connection": "/internet-a-la-maison/",
        "donation": "/donner/",
        "contact": "/contact/",
        "privacy": "/vos-donnees/",
        "site map": "/plan-du-site/",
        "not found": "/nulle-part/",
        "accessibility": "/accessibilite/",
        "legal": "/mentions-legales/",
    }
