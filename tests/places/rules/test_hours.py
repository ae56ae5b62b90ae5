from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.clock import PARIS
from pourtous.places.rules.hours import evening_or_weekend, is_holiday, is_readable, kind_at, opening_at, week

OFFICE = "Mo-Fr 09:00-12:00,14:00-17:00"


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


MONDAY = at(2026, 7, 13, 10)
BASTILLE_DAY = at(2026, 7, 14, 10)


def test_open_until():
    opening = opening_at(OFFICE, MONDAY)
    assert (opening.kind, opening.until, opening.opens_at) == ("open", at(2026, 7, 13, 12), None)


def test_closed_opens_today_tomorrow_or_on_a_day():
    assert opening_at(OFFICE, at(2026, 7, 15, 12, 30)).opens_at == at(2026, 7, 15, 14)
    assert opening_at(OFFICE, at(2026, 7, 15, 20)).opens_at == at(2026, 7, 16, 9)
    assert opening_at(OFFICE, at(2026, 7, 18, 11)).opens_at == at(2026, 7, 20, 9)


def test_a_public_holiday_is_never_open():
    opening = opening_at(OFFICE, BASTILLE_DAY)
    assert (opening.kind, opening.opens_at) == ("holiday", at(2026, 7, 15, 9))
    assert opening_at("24/7", BASTILLE_DAY).kind == "holiday"


def test_what_the_text_says_of_holidays_stands():
    assert opening_at(f"{OFFICE}; PH off", BASTILLE_DAY).kind == "closed"
    assert opening_at("Mo-Su,PH 09:00-17:00", BASTILLE_DAY).kind == "open"


def test_a_word_in_a_comment_does_not_speak_of_holidays():
    assert opening_at('Mo-Fr 09:00-17:00 "PH ?"', BASTILLE_DAY).kind == "holiday"


@pytest.mark.parametrize(
    "text", ["", "  ", "foo", "Mo 14-17;9-12,14-17", "\0", "PH off", "x" * 5000, "Mo-Fr 25:00-26:00"]
)
def test_bad_or_empty_text_is_unknown(text):
    assert opening_at(text, MONDAY).kind == "unknown"
    assert [day.kind for day in week(text, MONDAY.date())] == ["unknown"] * 7
    assert evening_or_weekend(text) is None
    assert not is_readable(text)


def test_comments_are_kept():
    opening = opening_at('Mo-Fr 09:00-12:00 "sur rendez-vous"', MONDAY)
    assert (opening.kind, opening.note) == ("open", "sur rendez-vous")


def test_a_bare_comment_is_a_note_and_not_an_opening():
    opening = opening_at('"sur rendez-vous"', MONDAY)
    assert (opening.kind, opening.note, opening.until) == ("unknown", "sur rendez-vous", None)
    assert opening_at(f'{OFFICE}; "sonner"', at(2026, 7, 18, 11)).kind == "closed"
    assert opening_at(f'{OFFICE}; "sonner"', MONDAY).note == "sonner"
    assert opening_at('Mo "sur rendez-vous"', MONDAY).kind == "unknown"
    assert is_readable('"sur rendez-vous"')


def test_months_off():
    opening = opening_at("Mo-Fr 09:00-17:00; Jul-Aug off", MONDAY)
    assert (opening.kind, opening.opens_at) == ("closed", at(2026, 9, 1, 9))


def test_always_open_has_no_end():
    opening = opening_at("24/7", MONDAY - timedelta(days=1))
    assert opening.kind == "open"
    assert opening_at("24/7; PH open", MONDAY).until is None


def test_closed_for_good_has_no_next_opening():
    opening = opening_at("off", MONDAY)
    assert (opening.kind, opening.opens_at) == ("closed", None)


def test_a_night_over_midnight_belongs_to_its_evening():
    saturday = week("Sa 22:00-02:00", date(2026, 7, 18))
    assert saturday[0].spans == [(time(22), time(2))]
    assert saturday[1].spans == []
    assert opening_at("Sa 22:00-02:00", at(2026, 7, 19, 1)).until == at(2026, 7, 19, 2)


def test_the_night_that_loses_an_hour():
    opening = opening_at("Mo-Su 01:00-05:00", at(2026, 3, 29, 1, 30))
    assert opening.until == datetime(2026, 3, 29, 3, tzinfo=UTC)
    assert opening_at("Mo-Su 02:30-05:00", at(2026, 3, 29, 1)).opens_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_the_night_that_has_an_hour_twice():
    first, second = (datetime(2026, 10, 25, hour, 35, tzinfo=UTC) for hour in (0, 1))
    assert opening_at("Mo-Su 02:30-02:45", first).until == first + timedelta(minutes=10)
    assert opening_at("Mo-Su 02:30-02:45", second).until == second + timedelta(minutes=10)
    assert opening_at("Mo-Su 01:00-05:00", first).until == datetime(2026, 10, 25, 4, tzinfo=UTC)


def test_week_for_display():
    days = week(OFFICE, date(2026, 7, 13))
    assert [day.day for day in days] == [date(2026, 7, 13) + timedelta(days=n) for n in range(7)]
    assert days[0].spans == [(time(9), time(12)), (time(14), time(17))]
    assert [day.is_today for day in days] == [True] + [False] * 6
    assert (days[1].kind, days[1].is_holiday, days[1].spans) == ("holiday", True, [])
    assert [day.kind for day in days[2:]] == ["open", "open", "open", "closed", "closed"]


def test_week_of_a_place_that_never_closes():
    days = week("24/7", date(2026, 7, 20))
    assert all(day.spans == [(time(0), time(0))] for day in days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OFFICE, False),
        ("Mo-Fr 09:00-18:00", False),
        ("Th 09:00-19:00", True),
        ("Mo-Sa 09:00-12:00", True),
        ("Su[1] 10:00-12:00", None),
        ("Mo-Fr 09:00-17:00; Jul-Aug off", False),
        ("Sep-Jun Th 09:00-19:30", True),
        ("Fr 22:00-02:00", True),
    ],
)
def test_evening_or_weekend(text, expected):
    assert evening_or_weekend(text) is expected


def test_holidays_of_france():
    assert is_holiday(date(2026, 5, 25))  # Whit Monday
    assert not is_holiday(date(2026, 12, 26))


DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
minutes = st.integers(0, 2 * 365 * 24 * 60)
moments = minutes.map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute))


@st.composite
def grids(draw):
    """Weekly grids: by day, up to two spans in whole quarters of an hour."""
    grid = {}
    for day in DAYS:
        marks = sorted(draw(st.sets(st.integers(24, 88), min_size=0, max_size=4)))
        pairs = list(zip(marks[::2], marks[1::2], strict=False))
        if pairs:
            grid[day] = pairs
    return grid


def as_text(grid):
    def clock(quarter):
        return f"{quarter // 4:02}:{quarter % 4 * 15:02}"

    return "; ".join(f"{day} " + ",".join(f"{clock(a)}-{clock(b)}" for a, b in spans) for day, spans in grid.items())


@given(grids().filter(bool), moments)
def test_state_is_what_the_grid_says(grid, moment):
    local = moment.astimezone(PARIS)
    minute = local.hour * 60 + local.minute
    spans = grid.get(DAYS[local.weekday()], [])
    expected = "open" if any(a * 15 <= minute < b * 15 for a, b in spans) else "closed"
    opening = opening_at(as_text(grid), moment)
    assert opening.kind == ("holiday" if is_holiday(local.date()) else expected)
    assert kind_at(as_text(grid), moment) == opening.kind


@given(grids().filter(bool), moments)
def test_the_next_change_is_a_change_and_nothing_changes_before(grid, moment):
    text = as_text(grid)
    opening = opening_at(text, moment)
    change = opening.until or opening.opens_at
    assert change is not None
    assert change > moment
    assert (opening_at(text, change).kind == "open") is (opening.kind != "open")
    between = moment + (change - moment) / 2
    assert (kind_at(text, between) == "open") is (opening.kind == "open")


@given(st.text(max_size=60), moments)
def test_no_text_breaks_it(text, moment):
    assert opening_at(text, moment).kind in {"open", "closed", "holiday", "unknown"}
    assert len(week(text, moment.date())) == 7
    evening_or_weekend(text)
