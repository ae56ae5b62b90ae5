"""From an address as typed to an answer that says how far it goes."""

import pytest

from pourtous.kernel.geometry import Point
from pourtous.territories.geocoder import Level, commune_at, geocode, index, reverse
from pourtous.territories.models import Dataset
from tests.territories.factories import (
    AddressFactory,
    CommuneFactory,
    FormerCommuneFactory,
    StreetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return CommuneFactory(code="34901", name="Roquevive-les-Pins", postcodes=("34990",), population=4_000)


@pytest.fixture
def streets(town):
    """Invented streets in two communes; the same name in both, and one street named after the other commune."""
    other = CommuneFactory(code="34902", name="Saint-Félin-du-Causse", postcodes=("34990", "34991"), population=900)
    lilas = StreetFactory(commune=town, name="Rue des Lilas Blancs")
    AddressFactory(street=lilas, number=12)
    AddressFactory(street=lilas, number=3)
    AddressFactory(street=lilas, number=3, suffix="bis")
    StreetFactory(commune=town, name="Avenue du Docteur Émile Tardieu")
    StreetFactory(commune=town, name="Place de l'Église")
    StreetFactory(commune=town, name="Chemin de l'Église")
    StreetFactory(commune=town, name="Route de Saint-Félin")
    StreetFactory(commune=town, name="Rue du 8 Mai 1945")
    StreetFactory(commune=town, name="Mas de la Bergeronnette", is_locality=True)
    StreetFactory(commune=other, name="Rue des Lilas Blancs", postcode="34991")
    StreetFactory(commune=other, name="Rue de la Tramontane")
    return town, other


@pytest.mark.parametrize(
    "text",
    [
        "12 rue des Lilas Blancs, 34990 Roquevive-les-Pins",
        "12 RUE DES LILAS BLANCS 34990 ROQUEVIVE LES PINS",
        "12 rue des lilas blanc roquevive les pins",
        "12 rue des lyla blancs 34990 roquevive les pins",
        "12 rue des lilsa blncs, roquevives les pin",
        "12 ruedes lilas blancs 34990 Roquevive-les-Pins",
        "12 rue des lilasblancs roquevivelespins",
        "12 r des lilas blancs, Roquevive les Pins cedex 3",
        "12 lilas blancs 34990 Roquevive-les-Pins",
        "12 rue des lilas 34990 Roquevive-les-Pins",
        "Roquevive-les-Pins, 12 rue des lilas blancs",
        "Roquevive-les-Pins 34990 12 rue des lilas blancs",
        "rue des lilas blancs 12, Roquevive-les-Pins",
        "chez Mme Dupont, 12 rue des Lilas-Blancs, 34990 Roquevive-les-Pins",
        "3e étage, 12, rue des lilas blancs 34 990 roquevive les pins France",
        "Résidence du Soleil - 12 rue des Lilas Blancs 34990 Roquevive-les-Pins",
        "12 rue des lilas blancs 75001 Roquevive-les-Pins",
        "12 rue des lilas blancs roquevive pins",
    ],
)
def test_the_house_is_found_however_it_is_written(streets, text):
    best = geocode(text)[0]
    assert best.level == Level.NUMBER
    assert best.label == "12 Rue des Lilas Blancs 34990 Roquevive-les-Pins"
    assert (best.commune_code, best.street, best.number) == ("34901", "Rue des Lilas Blancs", "12")
    assert 0.5 < best.score <= 1


def test_the_better_the_writing_the_higher_the_score(streets):
    exact = geocode("12 rue des Lilas Blancs, 34990 Roquevive-les-Pins")[0]
    spoilt = geocode("12 rue des lilsa blncs, roquevives les pin")[0]
    assert spoilt.score < exact.score


def test_bis_and_missing_numbers_are_told_honestly(streets):
    bis = geocode("3 bis rue des Lilas Blancs, Roquevive-les-Pins")[0]
    plain = geocode("3 rue des Lilas Blancs, Roquevive-les-Pins")[0]
    unknown_suffix = geocode("3 quater rue des Lilas Blancs, Roquevive-les-Pins")[0]
    missing = geocode("99 rue des Lilas Blancs, Roquevive-les-Pins")[0]
    assert (bis.number, plain.number) == ("3 bis", "3")
    assert unknown_suffix.number == "3"
    assert unknown_suffix.score < plain.score or plain.score == 1
    assert (missing.level, missing.number) == (Level.STREET, "")


def test_the_kind_of_street_parts_two_streets(streets):
    assert geocode("place de l'église roquevive les pins")[0].street == "Place de l'Église"
    assert geocode("che de l eglise roquevive les pins")[0].street == "Chemin de l'Église"


def test_titles_and_missing_words(streets):
    for text in ("av dr emile tardieu", "avenue tardieu", "avenue du docteur Tardieu", "av. docteur émile-tardieux"):
        assert geocode(f"{text} roquevive les pins")[0].street == "Avenue du Docteur Émile Tardieu"


def test_a_date_is_no_number(streets):
    best = geocode("rue du 8 mai 1945 Roquevive-les-Pins")[0]
    assert (best.street, best.level) == ("Rue du 8 Mai 1945", Level.STREET)


def test_a_street_named_after_a_commune_is_not_that_commune(streets):
    assert geocode("route de Saint-Félin, Roquevive-les-Pins")[0].street == "Route de Saint-Félin"


def test_the_same_street_in_two_communes_follows_the_commune(streets):
    assert geocode("rue des lilas blancs saint felin du causse")[0].commune_code == "34902"
    both = geocode("rue des lilas blancs 34990")
    assert {match.commune_code for match in both[:2]} == {"34901", "34902"}


def test_a_postcode_is_a_hint_never_a_filter(streets):
    best = geocode("rue de la tramontane 34999 saint felin du causse")[0]
    assert (best.commune_code, best.street) == ("34902", "Rue de la Tramontane")
    hinted = geocode("rue des lilas blancs", postcode="34991")[0]
    assert hinted.commune_code == "34902"
    coded = geocode("rue des lilas blancs", insee_code="34902")[0]
    assert coded.commune_code == "34902"


def test_a_locality_is_told_as_one(streets):
    best = geocode("mas de la bergeronette roquevive les pins")[0]
    assert (best.level, best.street) == (Level.LOCALITY, "Mas de la Bergeronnette")


def test_an_unknown_street_is_told_as_the_commune_and_scores_low(streets):
    best = geocode("14 rue Zyxwvut, Roquevive-les-Pins")[0]
    assert (best.level, best.commune_code, best.street) == (Level.COMMUNE, "34901", "")
    assert best.score < 0.65


def test_a_street_without_commune_is_still_found(streets):
    assert geocode("12 rue de la tramontane")[0].street == "Rue de la Tramontane"


@pytest.mark.parametrize(
    "text", ["Roquevive-les-Pins", "roquevive les pins", "ROQUEVIVELESPINS", "34990 roquevive", "Roquevyve les Pins"]
)
def test_a_commune_by_its_name(town, text):
    best = geocode(text)[0]
    assert (best.level, best.commune_code, best.postcode) == (Level.COMMUNE, "34901", "34990")
    assert best.point == town.centre


def test_a_postcode_alone_gives_its_communes_and_is_unsure(streets):
    found = geocode("34990")
    assert [match.commune_code for match in found] == ["34901", "34902"]
    assert all(match.level == Level.COMMUNE and match.score < 1 for match in found)


def test_an_old_name_leads_to_the_commune_of_today(town):
    FormerCommuneFactory(code="34801", name="Vieuxbourg-le-Haut", successor=town)
    StreetFactory(commune=town, name="Rue du Lavoir Ancien", former_commune="Vieuxbourg-le-Haut")
    assert geocode("vieux bourg le haut")[0].commune_code == "34901"
    best = geocode("rue du lavoir ancien, Vieuxbourg-le-Haut")[0]
    assert (best.commune_name, best.street) == ("Roquevive-les-Pins", "Rue du Lavoir Ancien")


@pytest.mark.parametrize("short", ["St Félin du Causse", "ST-FELIN-DU-CAUSSE", "St. félin du causse"])
def test_saint_is_understood_short(streets, short):
    assert geocode(short)[0].commune_code == "34902"


def test_real_communes_without_any_street(reference):
    assert geocode("12 rue de la paix 34000 montpelier")[0].commune_code == "34172"
    assert geocode("St Jean de Vedas")[0].commune_code == "34270"
    assert geocode("Murviel les Montpellier")[0].commune_name == "Murviel-lès-Montpellier"
    assert geocode("Vérargues")[0].commune_name == "Entre-Vignes"
    assert geocode("Lunas")[0].commune_name == "Lunas-les-Châteaux"
    assert geocode("avenue de Montpellier, Pérols")[0].commune_name == "Pérols"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "🚲",
        "x" * 10_000,
        "'; DROP TABLE",
        "%s {{7*7}} <script>",
        "12",
        "99999",
        "a",
        "، ٣",
        "\u202e34990",
    ],
)
def test_nonsense_gives_no_error(streets, text):
    for match in geocode(text, postcode="\0", insee_code="x" * 1000, limit=-3):
        assert 0 <= match.score <= 1


def test_limits_hold(streets):
    assert len(geocode("eglise roquevive les pins", limit=1)) == 1
    assert len(geocode("eglise roquevive les pins", limit=3)) <= 3


def test_one_query_for_numbers_none_without(streets, django_assert_num_queries):
    index.current()
    with django_assert_num_queries(1):
        geocode("12 rue des lilas blancs roquevive les pins")
    with django_assert_num_queries(0):
        geocode("rue des lilas blancs roquevive les pins")


def test_an_import_elsewhere_is_seen(town, monkeypatch):
    assert geocode("rue neuve des tilleuls roquevive les pins")[0].level == Level.COMMUNE
    StreetFactory(commune=town, name="Rue Neuve des Tilleuls")
    Dataset.objects.create(name="addresses", revision=1)
    monkeypatch.setattr(index, "CHECK_SECONDS", 0)
    assert geocode("rue neuve des tilleuls roquevive les pins")[0].street == "Rue Neuve des Tilleuls"


def test_reverse_goes_as_far_as_it_knows(town):
    CommuneFactory(code="34903", latitude=43.9, longitude=3.9)
    centre = town.centre
    assert [match.level for match in reverse(centre)] == [Level.COMMUNE]
    street = StreetFactory(commune=town, name="Rue des Lilas Blancs")
    index.forget()
    assert reverse(Point(centre.lat + 0.003, centre.lon))[0].level == Level.STREET
    AddressFactory(street=street, number=12)
    nearest = reverse(Point(centre.lat + 0.0005, centre.lon))[0]
    assert (nearest.level, nearest.number, nearest.street) == (Level.NUMBER, "12", "Rue des Lilas Blancs")


def test_reverse_outside_every_outline_gives_the_nearest_commune_or_nothing(town):
    near = Point(town.latitude, town.longitude + 0.1)
    assert reverse(near)[0].commune_code == "34901"
    assert reverse(Point(0.0, 0.0)) == []
    assert reverse(Point(float("nan"), 3.0)) == []
    assert reverse(Point(900.0, 3.0)) == []


def test_commune_at(town):
    assert commune_at(town.centre) == town
    assert commune_at(Point(0.0, 0.0)) is None
    assert commune_at(Point(float("inf"), 0.0)) is None


def test_another_provider_can_be_chosen(settings, town):
    settings.GEOCODER = "tests.territories.geocoder.test_geocode.Elsewhere"
    assert geocode("anything") == []
    assert reverse(town.centre) == []


class Elsewhere:
    def geocode(self, text, *, postcode, insee_code, limit):
        return []

    def reverse(self, point, *, limit):
        return []
