"""GET /api/v1/geocode and /api/v1/reverse: the shape of the national geocoding service."""

import pytest

from tests.territories.factories import AddressFactory, CommuneFactory, StreetFactory

pytestmark = pytest.mark.django_db
GEOCODE, REVERSE = "/api/v1/geocode", "/api/v1/reverse"


@pytest.fixture(autouse=True)
def number():
    """3 bis, rue des Lilas Blancs, in an invented commune."""
    town = CommuneFactory(code="34901", name="Roquevive-les-Pins", postcodes=("34990",), population=4_000)
    return AddressFactory(street=StreetFactory(commune=town, name="Rue des Lilas Blancs"), number=3, suffix="bis")


def test_an_address_has_the_names_of_the_national_service(ask, number):
    answer = ask(GEOCODE, q="3 bis rue des lila blanc roquevive les pins", limit="1")
    feature = answer.body["features"][0]
    assert answer.body["type"] == "FeatureCollection"
    assert answer.body["query"] == "3 bis rue des lila blanc roquevive les pins"
    assert feature["geometry"] == {"type": "Point", "coordinates": [number.longitude, number.latitude]}
    found = feature["properties"]
    assert 0 < found.pop("score") <= 1
    assert found == {
        "label": "3 bis Rue des Lilas Blancs 34990 Roquevive-les-Pins",
        "id": number.id,
        "name": "3 bis Rue des Lilas Blancs",
        "postcode": "34990",
        "citycode": "34901",
        "city": "Roquevive-les-Pins",
        "context": "34",
        "type": "housenumber",
        "housenumber": "3 bis",
        "street": "Rue des Lilas Blancs",
    }


@pytest.mark.parametrize(
    ("text", "kind"), [("Rue des Lilas Blancs Roquevive-les-Pins", "street"), ("Roquevive-les-Pins", "municipality")]
)
def test_an_answer_says_how_precise_it_is(ask, text, kind):
    assert ask(GEOCODE, q=text).body["features"][0]["properties"]["type"] == kind


def test_postcode_and_citycode_are_hints_that_never_exclude(ask):
    answer = ask(GEOCODE, q="Rue des Lilas Blancs Roquevive-les-Pins", postcode="75001", citycode="75101")
    assert answer.body["features"][0]["properties"]["citycode"] == "34901"


def test_what_is_nowhere_is_an_empty_answer(ask):
    answer = ask(GEOCODE, q="zzzzzzzz")
    assert (answer.status, answer.body["features"]) == (200, [])


def test_the_address_of_a_position_with_its_distance(ask, number):
    answer = ask(REVERSE, lat=str(number.latitude + 0.0001), lon=str(number.longitude))
    found = answer.body["features"][0]["properties"]
    assert (found["id"], found["distance"]) == (number.id, 11)


def test_the_open_sea_has_no_address(ask):
    assert ask(REVERSE, lat="0", lon="0").body["features"] == []


@pytest.mark.parametrize(
    ("path", "query", "parameter"),
    [
        (GEOCODE, "", "q"),
        (GEOCODE, "q=", "q"),
        (GEOCODE, "q=%00", "q"),
        (GEOCODE, "q=" + "a" * 201, "q"),
        (GEOCODE, "q=a&limit=21", "limit"),
        (GEOCODE, "q=a&postcode=3400", "postcode"),
        (GEOCODE, "q=a&citycode=34", "citycode"),
        (GEOCODE, "q=a&lat=1", "lat"),
        (REVERSE, "lat=1", "lon"),
        (REVERSE, "lat=nan&lon=1", "lat"),
        (REVERSE, "lat=1&lon=inf", "lon"),
        (REVERSE, "lat=91&lon=1", "lat"),
    ],
)
def test_a_wrong_parameter_gets_a_sentence(client, path, query, parameter):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert parameter in {error["parameter"] for error in answer.json()["errors"]}
