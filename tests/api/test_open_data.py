"""/donnees/: files at stable addresses, made once a state, and pages that describe them."""

import csv
import gzip
import io
import json
import re
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections

from pourtous.api import open_data, tasks
from pourtous.kernel.clock import now
from pourtous.places.standard import NAMES
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db
FILES = ["/donnees/lieux.csv", "/donnees/lieux.json", "/donnees/lieux.geojson"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def fetch(client):
    """`fetch(address, "head", accept_encoding="gzip")` → status, headers, content; the file it came from is closed."""

    def ask(address, method="get", **headers):
        answer = getattr(client, method)(address, headers=headers)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        request_finished.disconnect(close_old_connections)  # closing the answer would close the test's database
        answer.close()
        request_finished.connect(close_old_connections)
        return SimpleNamespace(status=answer.status_code, headers=answer.headers, content=content)

    return ask


def test_the_csv_is_the_standard(fetch):
    place = PlaceFactory(name="Médiathèque")
    answer = fetch("/donnees/lieux.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert tuple(rows[0]) == NAMES
    assert rows[1][0].endswith(place.code)
    assert rows[1][2] == "Médiathèque"


def test_the_geojson_has_a_point_a_place(fetch):
    PlaceFactory(latitude=43.6, longitude=3.8)
    answer = fetch("/donnees/lieux.geojson")
    assert answer.headers["Content-Type"].startswith("application/geo+json")
    feature = json.loads(answer.content)["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [3.8, 43.6]}


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_made_once_for_each_state(fetch, address, monkeypatch):
    place = PlaceFactory()
    read = []
    rows = open_data.rows
    monkeypatch.setattr(open_data, "rows", lambda: read.append(1) or rows())
    first = fetch(address).content
    assert [fetch(one).status for one in FILES] == [200, 200, 200]
    assert fetch(address).content == first
    assert len(read) == 1
    place.name = "Autre nom"
    place.save()
    assert fetch(address).content != first
    assert len(read) == 2


@pytest.mark.parametrize("address", FILES)
def test_a_file_travels_compressed_when_the_client_can_read_that(fetch, address):
    PlaceFactory()
    plain = fetch(address).content
    packed = fetch(address, accept_encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain


@pytest.mark.parametrize("address", FILES)
def test_a_file_the_client_has_is_not_sent_again(fetch, address):
    place = PlaceFactory()
    first = fetch(address)
    same = {"if_none_match": first.headers["ETag"]}
    dated = {"if_modified_since": first.headers["Last-Modified"]}
    assert fetch(address, **same).status == 304
    assert fetch(address, **dated).status == 304
    place.delete()
    assert fetch(address, **same).status == 200


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_open_to_all_and_for_reading(fetch, address):
    assert fetch(address).headers["Access-Control-Allow-Origin"] == "*"
    assert fetch(address, "options").status == 204
    assert fetch(address, "head").status == 200
    assert fetch(address, "post").status == 405


def test_the_page_tells_count_date_licence_columns_and_addresses(fetch):
    PlaceFactory.create_batch(3)
    page = fetch("/donnees/").content.decode()
    assert "<dd>3</dd>" in page
    assert "Licence Ouverte 2.0" in page
    assert all(f"<code>{name}</code>" in page for name in NAMES)
    assert all(f'href="{address}"' in page for address in FILES)


def test_the_page_describes_the_files_for_machines(fetch, settings):
    settings.TERRITORY = {**settings.TERRITORY, "publisher": "</script><b>Département"}
    PlaceFactory()
    page = fetch("/donnees/").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    described = json.loads(found.group(1))
    assert described["@type"] == "Dataset"
    assert described["creator"]["name"] == "</script><b>Département"
    addresses = [one["contentUrl"] for one in described["distribution"]]
    assert addresses == [f"{settings.PUBLIC_URL}{address}" for address in FILES]


def test_the_catalogue_is_dcat(fetch):
    answer = fetch("/donnees/catalogue.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    described = json.loads(answer.content)
    assert described["@type"] == "dcat:Dataset"
    assert [one["dcat:mediaType"] for one in described["dcat:distribution"]] == [
        "text/csv",
        "application/json",
        "application/geo+json",
    ]


def test_without_any_place_there_is_a_header_and_a_page(fetch):
    assert fetch("/donnees/lieux.csv").content.decode().strip() == ",".join(NAMES)
    assert fetch("/donnees/").status == 200


def test_the_page_waits_for_no_file(fetch, monkeypatch):
    PlaceFactory()
    monkeypatch.setattr(open_data, "rows", lambda: pytest.fail("the page made a file"))
    assert fetch("/donnees/").status == 200
    assert fetch("/donnees/catalogue.jsonld").status == 200


def test_files_are_made_before_anybody_asks(fetch, monkeypatch):
    PlaceFactory()
    tasks.make_open_data(now())
    monkeypatch.setattr(open_data, "rows", lambda: pytest.fail("made again"))
    assert fetch("/donnees/lieux.json").status == 200
    assert "contentSize" in fetch("/donnees/").content.decode()
