"""The search beside a brute force that reads every place, on the database in use."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pourtous.kernel.geometry import Point, distance_m
from pourtous.kernel.text import fold
from pourtous.places.models import Place
from pourtous.places.operations.prepare import prepare
from pourtous.places.queries import PlaceFilter, search
from pourtous.places.rules.hours import evening_or_weekend, kind_at

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SERVICES = (
    "Aide aux démarches administratives",
    "Accès internet et matériel informatique",
    "Loisirs et créations numériques",
)
NAMES = ("Médiathèque", "Mairie", "Œuvre", "été 100%", "a_b")
degrees = st.floats(-0.3, 0.3).map(lambda offset: round(offset, 5))
truths = st.sampled_from([True, False, None])


@st.composite
def places(draw):
    return Place(
        name=f"{draw(st.sampled_from(NAMES))} {draw(st.integers(0, 9))}",
        commune_name="Valbrune",
        insee_code=draw(st.sampled_from(["34998", "34999"])),
        state=draw(st.sampled_from(["published", "published", "hidden"])),
        latitude=43.6 + draw(degrees),
        longitude=3.8 + draw(degrees),
        services=tuple(draw(st.lists(st.sampled_from(SERVICES), max_size=2, unique=True))),
        typologies=draw(st.sampled_from([(), ("RFS",)])),
        walk_in=draw(truths),
        opening_hours=draw(st.sampled_from(["", "Mo 09:00-12:00", "Tu 09:00-20:00", "Sa 10:00-12:00"])),
    )


@st.composite
def filters(draw):
    return PlaceFilter(
        near=draw(st.none() | st.builds(Point, degrees.map(lambda d: 43.6 + d), degrees.map(lambda d: 3.8 + d))),
        radius_m=draw(st.none() | st.floats(100, 60_000)),
        commune=draw(st.sampled_from(["", "34998"])),
        words=draw(st.sampled_from(["", "mairie", "MEDIA", "100%", "a_b", "œuvre 1"])),
        services=tuple(draw(st.lists(st.sampled_from(SERVICES), max_size=2, unique=True))),
        walk_in=draw(st.booleans()),
        open_at=draw(st.sampled_from([None, NOW])),
        evening_or_weekend=draw(st.booleans()),
    )


def fits(place, wanted):
    return (
        place.state == "published"
        and (not wanted.commune or place.insee_code == wanted.commune)
        and all(any(w.startswith(word) for w in place.search_text.split()) for word in fold(wanted.words).split())
        and (not wanted.services or bool(set(wanted.services) & set(place.all_services)))
        and (not wanted.walk_in or place.walk_in is not False)
        and (wanted.open_at is None or kind_at(place.opening_hours, wanted.open_at) == "open")
        and (not wanted.evening_or_weekend or evening_or_weekend(place.opening_hours) is not False)
        and (wanted.near is None or distance_m(wanted.near, place.point) <= (wanted.radius_m or 50_000))
    )


def order(place, wanted):
    return (distance_m(wanted.near, place.point) if wanted.near else place.sort_name, place.code)


class SearchTest(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(places(), max_size=14), filters(), st.integers(1, 5), st.booleans())
    def test_same_answers_as_reading_every_place_page_by_page(self, some, wanted, limit, is_counted):
        Place.objects.bulk_create([prepare(place) for place in some])
        expected = sorted((place for place in some if fits(place, wanted)), key=lambda place: order(place, wanted))
        found, after = [], None
        for _page in range(20):
            page = search(wanted, now=NOW, limit=limit, after=after, is_counted=is_counted)
            assert page.total == len(expected) or not expected or not is_counted
            found += [item.place.code for item in page.items]
            after = page.next
            if after is None:
                break
        if expected or not wanted.words:  # without any exact answer, likely misspellings are put right
            assert found == [place.code for place in expected]


pytestmark = pytest.mark.django_db
