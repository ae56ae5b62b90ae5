from datetime import UTC, date, datetime

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.kernel.geometry import Point, distance_m
from pourtous.places.queries import PlaceFilter, published, search, search_widening
from tests.places.factories import LayerFactory, PlaceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday, 11:00 in Paris
HERE = Point(43.6, 3.8)


def names(found):
    return [item.place.name for item in found.items]


def test_only_published_places():
    PlaceFactory(name="Ouvert au public")
    PlaceFactory(name="Caché", state="hidden")
    PlaceFactory(name="Fini", state="closed")
    assert names(search(PlaceFilter(), now=NOW)) == ["Ouvert au public"]
    assert names(search(PlaceFilter(near=HERE), now=NOW)) == ["Ouvert au public"]


def test_near_a_point_sorted_by_distance_within_the_radius():
    PlaceFactory(name="loin", latitude=43.7)
    PlaceFactory(name="près", latitude=43.601)
    PlaceFactory(name="hors", latitude=44.6)
    PlaceFactory(name="sans position", latitude=None, longitude=None)
    found = search(PlaceFilter(near=HERE, radius_m=20_000), now=NOW)
    assert names(found) == ["près", "loin"]
    assert found.total == 2
    assert found.items[0].distance_m == pytest.approx(distance_m(HERE, Point(43.601, 3.8)))


def test_without_position_sorted_by_name_whatever_accents_and_case():
    for name in ("École", "atelier", "Zèbre", "Étoile"):
        PlaceFactory(name=name)
    assert names(search(PlaceFilter(), now=NOW)) == ["atelier", "École", "Étoile", "Zèbre"]


def test_words_ignore_accents_and_all_must_match():
    PlaceFactory(name="Médiathèque de l’Œillet")
    PlaceFactory(name="Médiathèque du Pont")
    assert names(search(PlaceFilter(words="MEDIATHEQUE oeillet"), now=NOW)) == ["Médiathèque de l’Œillet"]
    assert search(PlaceFilter(words="mediatheque zanzibar"), now=NOW).total == 0


def test_small_typing_errors_are_understood():
    PlaceFactory(name="Médiathèque du Pont")
    assert names(search(PlaceFilter(words="mediatèque pnot"), now=NOW)) == ["Médiathèque du Pont"]


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "' OR 1=1 --", "é" * 500, "…", "a " * 300])
def test_odd_words_break_nothing(words):
    PlaceFactory()
    search(PlaceFilter(words=words), now=NOW)


def test_lists_are_any_of_and_services_look_at_inferred_ones():
    PlaceFactory(name="a", fees=("Gratuit",), services=("Loisirs et créations numériques",))
    PlaceFactory(name="b", fees=("Payant",), services=(), inferred_services=("Aide aux démarches administratives",))
    PlaceFactory(name="c", services=())
    assert names(search(PlaceFilter(fees=("Gratuit", "Payant")), now=NOW)) == ["a", "b"]
    assert names(search(PlaceFilter(services=("Aide aux démarches administratives",)), now=NOW)) == ["b"]


@pytest.mark.parametrize("column", ["walk_in", "wheelchair", "home_help", "plain_french"])
def test_unknown_never_hides_a_place(column):
    PlaceFactory(name="non", **{column: False})
    PlaceFactory(name="oui", **{column: True})
    PlaceFactory(name="peut-être")
    assert names(search(PlaceFilter(**{column: True}), now=NOW)) == ["oui", "peut-être"]


def test_open_at_keeps_only_what_is_surely_open():
    PlaceFactory(name="ouvert", opening_hours="Mo 09:00-12:00")
    PlaceFactory(name="fermé", opening_hours="Tu 09:00-12:00")
    PlaceFactory(name="inconnu", opening_hours="")
    for near in (None, HERE):
        assert names(search(PlaceFilter(near=near, open_at=NOW), now=NOW)) == ["ouvert"]


def test_evening_or_weekend_keeps_unknown_hours():
    PlaceFactory(name="a", opening_hours="Th 09:00-19:00")
    PlaceFactory(name="b", opening_hours="Mo 09:00-12:00")
    PlaceFactory(name="c", opening_hours="")
    assert names(search(PlaceFilter(evening_or_weekend=True), now=NOW)) == ["a", "c"]


def test_other_columns():
    PlaceFactory(name="a", insee_code="34001", updated_on=date(2026, 5, 1), accepts_pass=True)
    PlaceFactory(name="b", insee_code="11001", departement="11", updated_on=date(2025, 5, 1), source="hub")
    LayerFactory(place__name="c", collector__code="coop", place__insee_code="34002")
    assert names(search(PlaceFilter(commune="34001"), now=NOW)) == ["a"]
    assert names(search(PlaceFilter(departement="11"), now=NOW)) == ["b"]
    assert names(search(PlaceFilter(updated_since=date(2026, 1, 1)), now=NOW)) == ["a"]
    assert names(search(PlaceFilter(accepts_pass=True), now=NOW)) == ["a"]
    assert names(search(PlaceFilter(source="hub"), now=NOW)) == ["b"]
    assert names(search(PlaceFilter(source="coop"), now=NOW)) == ["c"]


@pytest.mark.parametrize("near", [None, HERE])
def test_pages_neither_repeat_nor_skip_while_places_come_and_go(near):
    places = [PlaceFactory(name=f"lieu {n:02}", latitude=43.6 + n / 1000) for n in range(9)]
    wanted = PlaceFilter(near=near)
    first = search(wanted, now=NOW, limit=4)
    places[1].delete()
    PlaceFactory(name="lieu 00 bis", latitude=43.60001)
    second = search(wanted, now=NOW, limit=4, after=first.next)
    third = search(wanted, now=NOW, limit=4, after=second.next)
    assert names(first) + names(second) + names(third) == [f"lieu {n:02}" for n in range(9)]
    assert third.next is None


@pytest.mark.parametrize("cursor", ["x", "é", "\0", "bnVsbA", "WzEsMl0", "W10", "WyJcdTAwMDAiLCJhIl0"])
@pytest.mark.parametrize("near", [None, HERE])
def test_a_cursor_that_is_not_ours_gets_a_sentence(cursor, near):
    with pytest.raises(DomainError):
        search(PlaceFilter(near=near), now=NOW, after=cursor)


def test_widening_until_something_is_found_and_saying_how_far():
    PlaceFactory(name="à 9 km", latitude=43.681)
    PlaceFactory(name="à 60 km", latitude=44.14)
    found = search_widening(PlaceFilter(near=HERE, radius_m=1500), now=NOW)
    assert (names(found), found.radius_m) == (["à 9 km"], 10_000)
    assert search_widening(PlaceFilter(near=HERE, words="zzz"), now=NOW).total == 0


def test_numbered_pages():
    for n in range(5):
        PlaceFactory(name=f"lieu {n}")
    found = search_widening(PlaceFilter(), now=NOW, limit=2, page=2)
    assert (names(found), found.total, found.next) == (["lieu 2", "lieu 3"], 5, "3")
    assert search_widening(PlaceFilter(), now=NOW, limit=2, page=3).next is None
    assert search_widening(PlaceFilter(), now=NOW, limit=2, page=-4).items[0].place.name == "lieu 0"


def test_a_page_is_two_queries_near_and_three_by_name(django_assert_num_queries):
    PlaceFactory.create_batch(12)
    with django_assert_num_queries(2):
        search(PlaceFilter(near=HERE, open_at=NOW, services=("Aide aux démarches administratives",)), now=NOW)
    with django_assert_num_queries(3):
        search(PlaceFilter(), now=NOW)


def test_published_by_code_as_typed():
    place = PlaceFactory()
    hidden = PlaceFactory(state="hidden")
    assert published(place.code.lower()) == place
    assert published(hidden.code) is None
    assert published("\0é") is None
