from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.clock import PARIS
from pourtous.places.rules.grid import Exceptional, Grid, read, read_clock, still_to_come, write
from pourtous.places.rules.hours import is_holiday, kind_at

MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(17, 30))


def clock(quarter):
    return time(quarter // 4 % 24, quarter % 4 * 15)


@st.composite
def spans(draw):
    marks = sorted(draw(st.sets(st.integers(0, 96), max_size=4)))
    return tuple((clock(a), clock(b)) for a, b in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def exceptionals(draw):
    first = date(2026, 12, 1) + timedelta(days=draw(st.integers(0, 400)))
    return Exceptional(first, first + timedelta(days=draw(st.integers(0, 20))), draw(spans()))


@st.composite
def grids(draw):
    days = tuple(draw(spans()) for _ in range(7))
    exceptions = sorted(draw(st.lists(exceptionals(), max_size=2)), key=lambda one: one.first)
    return Grid(days, draw(st.sampled_from(["closed", "usual", "call"])), tuple(exceptions))


@given(grids())
def test_what_is_written_is_read_back(grid):
    assert read(write(grid)) == grid


@given(grids(), st.integers(0, 430 * 24 * 4))
def test_the_text_says_what_the_grid_says(grid, quarters):
    moment = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
    local = moment.astimezone(PARIS)
    day, minute = local.date(), local.hour * 60 + local.minute
    today = grid.days[day.weekday()]
    if is_holiday(day) and grid.holidays == "closed":
        today = ()
    for one in grid.exceptions:
        if one.first <= day <= one.last:
            today = one.spans
    is_open = any(a.hour * 60 + a.minute <= minute < (b.hour * 60 + b.minute or 1440) for a, b in today)
    kind = kind_at(write(grid), moment)
    if is_holiday(day) and grid.holidays == "call":
        assert kind == "holiday"
    else:
        assert (kind == "open") is is_open


def test_days_with_the_same_hours_stand_together():
    week = ((MORNING, AFTERNOON), (MORNING, AFTERNOON), (MORNING,), (MORNING, AFTERNOON), (MORNING,), (), ())
    assert write(Grid(week, "closed")) == "Mo-Tu,Th 09:00-12:00,14:00-17:30; We,Fr 09:00-12:00; PH off"


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-12:00,14:00-17:00",
        "Mo,Tu 09:00-12:00; We off",
        "09:00-18:00",
        "Sa-Mo 10:00-12:00",
        "Mo-Fr 09:00-17:00; 2026 Dec 24-2027 Jan 2 off; PH off",
    ],
)
def test_simple_texts_of_others_are_read(text):
    assert read(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo",
        "24/7",
        "Mo-Fr 09:00-12:00; Jul-Aug off",
        'Mo-Fr 09:00-12:00 "sur rendez-vous"',
        "Mo[1] 09:00-12:00",
        "Mo 09:00-10:00,11:00-12:00,14:00-15:00",
        "Fr 22:00-02:00",
        "Mo-Fr 09:00-12:00 || unknown",
        "week 1-53/2 Mo 09:00-12:00",
        "Mo-Fr,PH 09:00-12:00",
        "2026 Feb 30 off",
        "Mo 12:00-09:00",
    ],
)
def test_what_a_grid_cannot_say_is_left_alone(text):
    assert read(text) is None


@given(st.text(alphabet='MoTuWeFr0129:-,; PHofJan|"', max_size=40))
def test_reading_never_breaks(text):
    read(text)


def test_exceptions_that_are_over_go():
    old, new = (Exceptional(day, day) for day in (date(2026, 1, 1), date(2026, 12, 24)))
    assert still_to_come(Grid(exceptions=(old, new)), date(2026, 12, 24)).exceptions == (new,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", time(9)),
        ("9h", time(9)),
        ("9 h 30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("midi", time(12)),
        ("24:00", time(0)),
        ("25", None),
        ("9:75", None),
        ("neuf", None),
        ("٩", None),
        ("", None),
    ],
)
def test_hours_as_people_write_them(text, expected):
    assert read_clock(text) == expected
