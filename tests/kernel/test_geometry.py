import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.geometry import Box, Point, box_around, distance_m, is_in_france, is_inside, walk_minutes

points = st.builds(Point, st.floats(-85, 85), st.floats(-180, 180))
inland = st.builds(Point, st.floats(-60, 60), st.floats(-120, 120))


@given(points, points)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_the_earth(a, b):
    assert distance_m(a, b) == pytest.approx(distance_m(b, a))
    assert 0 <= distance_m(a, b) <= 20_015_200


def test_the_other_side_of_the_earth():
    assert distance_m(Point(43.6, 3.9), Point(-43.6, -176.1)) == pytest.approx(20_015_115, rel=1e-3)


def test_a_known_distance():
    assert distance_m(Point(43.6108, 3.8767), Point(43.3442, 3.2158)) == pytest.approx(61_100, rel=0.01)


@given(inland, st.floats(10, 200_000), st.floats(-2, 2), st.floats(-3, 3))
def test_the_box_holds_all_that_is_near(centre, radius, north, east):
    other = Point(centre.lat + north, centre.lon + east)
    if distance_m(centre, other) <= radius:
        assert box_around(centre, radius).holds(other)


def test_the_box_is_hardly_larger_than_the_circle():
    centre = Point(43.5, 3.5)
    box = box_around(centre, 10_000)
    assert distance_m(centre, Point(43.5, box.east)) < 10_050
    assert distance_m(centre, Point(box.north, 3.5)) < 10_050


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (Point(43.4, 3.7), True),
        (Point(3.7, 43.4), False),
        (Point(0.0, 0.0), False),
        (Point(-21.1, 55.5), True),
        (Point(16.2, -61.5), True),
        (Point(42.2, 9.1), True),
    ],
)
def test_france(point, expected):
    assert is_in_france(point) is expected


SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]


def test_inside_a_shape_with_a_hole():
    assert is_inside(Point(2, 2), [SQUARE, HOLE])
    assert not is_inside(Point(5, 5), [SQUARE, HOLE])
    assert not is_inside(Point(12, 2), [SQUARE, HOLE])
    assert not is_inside(Point(2, 2), [])
    assert not is_inside(Point(2, 2), [[]])


@given(st.floats(0.1, 9.9), st.floats(0.1, 9.9))
def test_a_ring_means_the_same_in_both_directions(lat, lon):
    assert is_inside(Point(lat, lon), [SQUARE]) is is_inside(Point(lat, lon), [SQUARE[::-1]]) is True


def test_a_box_holds_its_edge():
    assert Box(1, 1, 2, 2).holds(Point(1, 2))


def test_minutes_on_foot():
    assert walk_minutes(0) == 1
    assert walk_minutes(1500) == 29
