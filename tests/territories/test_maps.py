import re

import pytest

from pourtous.territories.queries import map_outlines
from pourtous.territories.rules import projection, svg_path
from tests.territories.factories import CommuneFactory

SQUARE = [[3.0, 43.0], [4.0, 43.0], [4.0, 44.0], [3.0, 44.0], [3.0, 43.0]]


def test_a_projection_fits_the_drawing_and_keeps_shapes():
    seen = projection([SQUARE], 1000)
    assert (seen.x(3.0), seen.x(4.0), seen.y(44.0), seen.y(43.0)) == (0, 1000, 0, seen.height)
    assert seen.height == pytest.approx(1000 / 0.7254, rel=0.01)  # a degree of longitude is shorter here


def test_a_path_goes_round_and_closes():
    path = svg_path([SQUARE], projection([SQUARE], 100))
    assert path == "M0 138l100 0 0 -138 -100 0 0 138z"


def test_points_that_fall_together_are_dropped():
    ring = [[3.0, 43.0], [3.00001, 43.0], [4.0, 44.0], [3.0, 43.0]]
    assert svg_path([ring], projection([SQUARE], 100)) == "M0 138l100 -138 -100 138z"


def test_nothing_to_draw_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="outline"):
        projection([], 100)


@pytest.mark.django_db
def test_outlines_of_some_communes():
    CommuneFactory(code="90901", outline=[[SQUARE]], latitude=43.5, longitude=3.5)
    CommuneFactory(code="90902", outline=[[SQUARE]])
    CommuneFactory(code="90903", outline=None)
    drawn = map_outlines(["90901", "90903"])
    assert [(one.code, one.x) for one in drawn.communes] == [("90901", 500)]
    assert re.fullmatch(r"M\d+ \d+l[-\d ]+z", drawn.communes[0].path)
    assert map_outlines(["90903"]).communes == []
