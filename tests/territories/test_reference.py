"""The shipped reference data, its loading, and the codes and names it understands."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db.models import Sum

from pourtous.kernel.errors import DomainError
from pourtous.kernel.geometry import Point, is_inside
from pourtous.runtime import registry
from pourtous.territories import commands, operations, queries
from pourtous.territories import reference as files
from pourtous.territories.models import Commune, Dataset, Epci, FormerCommune

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_herault_of_2026_is_whole(reference):
    postcodes = {postcode for codes in Commune.objects.values_list("postcodes", flat=True) for postcode in codes}
    assert Commune.objects.count() == 341
    assert Epci.objects.count() == 17
    assert len(postcodes) == 81
    assert not Commune.objects.filter(epci=None).exists()


def test_an_epci_that_reaches_outside_counts_all_its_people(reference):
    reaching = [
        epci.code
        for epci in Epci.objects.annotate(here=Sum("communes__population"))
        if epci.population - epci.here > epci.here / 10
    ]
    assert sorted(reaching) == ["200066553", "243400736"]


def test_the_343_codes_of_2018_all_lead_to_a_commune_of_today(reference):
    codes_of_2018 = [*Commune.objects.values_list("code", flat=True), "34093", "34330"]
    found = queries.resolve_codes(codes_of_2018)
    assert len(found) == 343
    assert len({commune.code for commune in found.values()}) == 341
    assert found["34330"].name == "Entre-Vignes"
    assert found["34093"].name == "Lunas-les-Châteaux"


def test_loading_again_changes_nothing(reference):
    assert operations.load_reference(now=NOW) is False
    assert Dataset.objects.get(name="reference").revision == 1


def test_loading_a_new_edition_updates(reference):
    Commune.objects.filter(code="34172").update(name="Ancien nom")
    Dataset.objects.update(digest="of an older edition")
    assert operations.load_reference(now=NOW) is True
    assert queries.commune("34172").name == "Montpellier"
    assert Commune.objects.count() == 341
    assert FormerCommune.objects.count() == 21


@pytest.mark.django_db
def test_a_departement_without_file_is_said(settings):
    settings.TERRITORY = {**settings.TERRITORY, "departements": ["00"]}
    with pytest.raises(DomainError, match="00"):
        operations.load_reference(now=NOW)


@pytest.mark.parametrize("number", ["../secret", "", "34.json", "\0"])
def test_a_departement_is_a_number_not_a_path(number):
    with pytest.raises(DomainError):
        files.path_of(number)


@pytest.mark.django_db
def test_migrate_loads_the_reference():
    assert commands.load_reference in registry.loaders()
    commands.load_reference()
    assert Commune.objects.filter(departement="34").count() == 341


def test_neighbours_share_the_corners_of_their_border(reference):
    sides = Counter(
        frozenset(map(tuple, side))
        for outline in Commune.objects.values_list("outline", flat=True)
        for polygon in outline
        for ring in polygon
        for side in pairwise(ring)
    )
    assert set(sides.values()) == {1, 2}
    assert sum(count == 2 for count in sides.values()) > 2 * sum(count == 1 for count in sides.values())


def test_every_centre_stands_in_its_commune_give_or_take_the_simplified_border(reference):
    inside = sum(
        any(is_inside(commune.centre, polygon) for polygon in commune.outline) for commune in Commune.objects.all()
    )
    assert inside >= 339


def test_outlines_of_the_departement_are_light_geojson(reference):
    found = queries.outlines_geojson("34")
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == 341
    first = found["features"][0]
    assert first["properties"] == {"code": "34001", "name": "Abeilhan"}
    lon, lat = first["geometry"]["coordinates"][0][0][0]
    assert Point(lat, lon).lat == pytest.approx(43.4, abs=0.2)
    assert queries.outlines_geojson("\0nothing")["features"] == []
    assert len(queries.outlines(["34172", "34001"])["features"]) == 2
