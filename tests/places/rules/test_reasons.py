from datetime import UTC, datetime

from pourtous.places.models import Place
from pourtous.places.queries import FoundPlace, PlaceFilter
from pourtous.places.rules.hours import opening_at
from pourtous.places.rules.reasons import Reason, explain

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def found(distance=None, **columns):
    place = Place(name="a", **columns)
    return FoundPlace(place, distance, opening_at(place.opening_hours, NOW))


def test_state_distance_and_price_come_first():
    pieces = explain(found(1200.0, opening_hours="Mo 09:00-12:00", fees=("Gratuit",)), PlaceFilter(), NOW)
    noon = datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert pieces == [Reason("open_now", until=noon), Reason("distance", metres=1200.0), Reason("free")]


def test_what_was_asked_is_told_with_its_doubt():
    wanted = PlaceFilter(wheelchair=True, walk_in=True, evening_or_weekend=True)
    pieces = explain(found(walk_in=True), wanted, NOW)
    assert [(piece.kind, piece.is_sure) for piece in pieces] == [
        ("walk_in", True),
        ("wheelchair", False),
        ("evening_or_weekend", False),
    ]


def test_services_say_whether_they_are_inferred():
    wanted = PlaceFilter(services=("x", "y", "z"))
    kinds = [
        (piece.kind, piece.term) for piece in explain(found(services=("x",), inferred_services=("y",)), wanted, NOW)
    ]
    assert kinds == [("service", "x"), ("inferred_service", "y")]


def test_opens_next_or_holiday_or_open_at_the_moment_asked():
    assert explain(found(opening_hours="Tu 09:00-12:00"), PlaceFilter(), NOW)[0].kind == "opens_at"
    assert (
        explain(found(opening_hours="Mo 09:00-12:00"), PlaceFilter(open_at=NOW), datetime(2026, 11, 1, tzinfo=UTC))[
            0
        ].kind
        == "open_then"
    )
    holiday = FoundPlace(Place(name="a"), None, opening_at("Mo-Su 09:00-12:00", datetime(2026, 12, 25, 10, tzinfo=UTC)))
    assert explain(holiday, PlaceFilter(), NOW)[0].kind == "holiday"
