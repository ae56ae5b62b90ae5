"""What all addresses of the API share: methods, origins, tags, problems, the limit."""

import json

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from pourtous.api.limits import FixedWindow
from pourtous.kernel.network import network_of
from pourtous.places import queries
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db
PLACES = "/api/v1/places"


def problem(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["detail"].strip()
    return body


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("lat=nan&lon=1", "lat"),
        ("lat=inf&lon=1", "lat"),
        ("lat=91&lon=1", "lat"),
        ("lat=43,6&lon=3.8", "lat"),
        ("lat=1e999&lon=1", "lat"),
        ("lat=43.6&lon=-181", "lon"),
        ("lat=43.6", "lon"),
        ("lat=&lon=", "lat"),
        ("radius_km=5", "lat"),
        ("lat=43&lon=3&radius_km=0", "radius_km"),
        ("lat=43&lon=3&radius_km=1e9", "radius_km"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=101", "limit"),
        ("limit=1000000000000000000000000000000", "limit"),
        ("limit=deux", "limit"),
        ("limit=1.5", "limit"),
        ("limit[]=1", "limit[]"),
        ("commune=Béziers", "commune"),
        ("commune=340320", "commune"),
        ("departement=99999", "departement"),
        ("q=a%00b", "q"),
        ("q=" + "a" * 201, "q"),
        ("source=%00", "source"),
        ("service=Aide aux demarches administratives", "service"),
        ("service=Seniors&service=Jeunes", "service"),
        ("public=", "public"),
        ("open_at=demain", "open_at"),
        ("open_at=1700000000", "open_at"),
        ("open_at=0001-01-01T00:00:00", "open_at"),
        ("open_at=9999-12-31T23:59:59-14:00", "open_at"),
        ("open_now=peut-être", "open_now"),
        ("open_now=true&open_at=2026-11-24T10:00:00Z", "open_at"),
        ("updated_since=31/02/2026", "updated_since"),
        ("updated_since=2026-02-31", "updated_since"),
        ("updated_since=1900-01-00", "updated_since"),
        ("deparment=34", "deparment"),
        ("page=-1", "page"),
    ],
)
def test_a_wrong_parameter_gets_a_sentence(client, query, parameter):
    answer = client.get(f"{PLACES}?{query}")
    assert answer.status_code == 400
    assert parameter in {error["parameter"] for error in problem(answer)["errors"]}


def test_an_unknown_term_is_answered_with_the_terms_that_exist(ask):
    error = ask(PLACES, fee="gratuit").body["errors"][0]
    assert error["allowed"] == ["Gratuit", "Gratuit sous condition", "Payant"]


def test_problems_speak_the_language_asked_for(ask):
    french = ask(PLACES, limit="0", headers={"accept-language": "fr"}).body["detail"]
    english = ask(PLACES, limit="0", headers={"accept-language": "en"}).body["detail"]
    assert french != english
    assert "Give a number" in english


@pytest.mark.parametrize("query", ["q=%F0%9F%92%A9", "q=%E2%80%AE", "q=%27%3B--", "q=%25_%5C", "q=%FF%FE", "q=..%2F"])
def test_odd_words_find_nothing_and_break_nothing(client, query):
    answer = client.get(f"{PLACES}?{query}")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_a_repeated_single_parameter_counts_once(names):
    PlaceFactory(name="Ici")
    assert names(departement=["35", "34"]) == ["Ici"]


@pytest.mark.parametrize("path", ["/api/rien", "/api/v1/", "/api/v1/places/", "/api/v2/places", "/api/v1/places/a/b"])
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_nothing_here_is_a_problem_too(client, path, method):
    answer = getattr(client, method)(path)
    assert answer.status_code == 404
    if method != "head":
        problem(answer)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_the_api_is_for_reading(client, method):
    answer = getattr(client, method)(PLACES)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    problem(answer)


def test_a_method_cannot_be_overridden(client):
    answer = client.get(PLACES, headers={"x-http-method-override": "DELETE"})
    assert answer.status_code == 200


def test_head_tells_what_get_would(client):
    PlaceFactory()
    got, head = client.get(PLACES), client.head(PLACES)
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(got.content))
    assert head.headers["ETag"] == got.headers["ETag"]


def test_pages_of_any_origin_may_read(client):
    asked = client.options(PLACES, headers={"origin": "https://carte.example", "access-control-request-method": "GET"})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in asked.headers["Access-Control-Allow-Methods"]
    got = client.get(PLACES)
    assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Link", "Retry-After"} <= set(got.headers["Access-Control-Expose-Headers"].split(", "))
    assert "Set-Cookie" not in got.headers


@pytest.mark.parametrize("path", [PLACES, "/api/v1/places/{code}", "/api/v1/openapi.json"])
def test_what_the_client_has_is_not_sent_again(client, path):
    place = PlaceFactory()
    path = path.format(code=place.code)
    tag = client.get(path).headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"if-none-match": asked})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_tag_changes_with_the_place(client):
    place = PlaceFactory()
    before = client.get(f"{PLACES}/{place.code}").headers["ETag"]
    place.name = "Autre nom"
    place.save()
    assert client.get(f"{PLACES}/{place.code}").headers["ETag"] != before


def test_a_wrong_host_is_a_problem(client):
    assert problem(client.get(PLACES, headers={"host": "evil.example"}))["status"] == 400


def test_our_own_failure_says_nothing_of_its_cause(monkeypatch, client, caplog):
    monkeypatch.setattr(queries, "search", lambda *_args, **_rest: 1 / 0)
    answer = client.get(PLACES)
    assert "division" not in problem(answer)["detail"]
    assert answer.status_code == 500
    assert "ZeroDivisionError" in caplog.text


def test_a_busy_database_asks_to_come_back(monkeypatch, client):
    def locked(*_args, **_rest):
        raise OperationalError("database is locked")

    monkeypatch.setattr(queries, "search", locked)
    answer = client.get(PLACES)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    problem(answer)


def test_one_address_cannot_starve_the_others(settings, client):
    settings.API_REQUESTS_PER_MINUTE = 2
    statuses = [client.get(PLACES).status_code for _ in range(4)]
    assert statuses in ([200, 200, 429, 429], [200, 200, 200, 429], [200, 200, 429, 200])  # a window may end meanwhile
    assert client.get(PLACES, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_refused_request_says_when_to_come_back():
    window = FixedWindow(limit=1, seconds=60)
    assert window.wait("a", at=120.0) == 0
    assert window.wait("a", at=130.5) == 50
    assert window.wait("b", at=131.0) == 0
    assert window.wait("a", at=180.0) == 0


def test_too_often_is_a_problem(monkeypatch, client):
    monkeypatch.setattr(FixedWindow, "wait", lambda _self, _address: 42)
    answer = client.get(PLACES)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "42")
    problem(answer)


@pytest.mark.parametrize(
    ("is_behind", "forwarded", "expected"),
    [
        (False, "203.0.113.9", "192.0.2.1"),
        (True, "203.0.113.9, 198.51.100.4", "198.51.100.4"),
        (True, "", "192.0.2.1"),
        (True, "2001:db8:1:2:3::4", "2001:db8:1:2::"),
        (True, "n'importe:quoi", "n'importe:quoi"),
    ],
)
def test_whom_a_request_is_counted_for(settings, is_behind, forwarded, expected):
    settings.BEHIND_PROXY = is_behind
    request = RequestFactory().get(PLACES, REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})
    assert network_of(request) == expected
