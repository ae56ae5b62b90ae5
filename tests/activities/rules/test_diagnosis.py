import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.activities.rules.diagnosis import Band, Next, advise, band_of, bands, gained, is_complete, stops
from pourtous.activities.rules.questions import AREAS, CONTEXT, GESTURES, SKILLS, TASKS

ANSWERS = st.lists(st.integers(0, 3), min_size=len(SKILLS), max_size=len(SKILLS)).map(
    lambda levels: dict(zip((one.key for one in SKILLS), levels, strict=True))
)


def all_at(level, questions=SKILLS):
    return {one.key: level for one in questions}


def test_the_frame_is_five_nine_and_ten_two_an_area():
    assert (len(CONTEXT), len(GESTURES), len(TASKS)) == (5, 9, 10)
    assert all(sum(one.area == area for one in TASKS) == 2 for area in AREAS)


@pytest.mark.parametrize(("alone", "expected"), [(0, True), (3, True), (4, False), (9, False)])
def test_six_gestures_not_done_alone_stop_the_check(alone, expected):
    levels = {one.key: 2 if number < alone else 1 for number, one in enumerate(GESTURES)}
    assert stops(levels) is expected
    assert is_complete(levels) is expected


def test_nothing_stops_before_all_gestures_are_told():
    assert not stops({GESTURES[0].key: 0})
    assert not is_complete({})


@given(ANSWERS)
def test_an_area_is_between_its_lowest_and_highest_answer(levels):
    for area, band in bands(levels).items():
        told = [levels[one.key] for one in SKILLS if one.area == area]
        assert min(told) <= band <= max(told)


@given(ANSWERS, ANSWERS)
def test_what_was_gained_was_not_done_alone_before_and_is_now(before, after):
    for key in gained(before, after):
        assert before[key] < 2 <= after[key]
    assert gained(after, after) == []


def test_a_half_counts_downwards():
    assert band_of({"search": 1, "judge": 2}, 1) is Band.GUIDED
    assert band_of({"search": 2, "judge": 3}, 1) is Band.ALONE
    assert band_of({}, 1) is None


def test_a_beginner_is_led_to_somebody_and_to_a_first_course():
    steps = advise(all_at(0, GESTURES), {"device": "nothing", "connection": "none"})
    assert [one.step for one in steps] == [Next.DEVICE, Next.CONNECTION, Next.ONE_TO_ONE, Next.COURSE]
    assert steps[-1].themes == ("computer",)


def test_the_weakest_area_comes_first():
    levels = all_at(2) | {"secure": 0, "scam": 0, "email": 1, "video": 1}
    (step,) = advise(levels, {"device": "computer", "connection": "home"})
    assert step.themes == ("safety", "messages")


def test_who_wants_procedures_and_cannot_fill_a_form_is_helped_with_them():
    assert advise(all_at(1), {"aim": "procedures"})[0].step is Next.PROCEDURES
    assert advise(all_at(1, TASKS) | all_at(2, GESTURES), {"aim": "work"})[-1].themes[-1] == "work"


def test_who_could_show_everything_is_asked_to_help():
    assert [one.step for one in advise(all_at(3), {})] == [Next.HELP_OTHERS]
    assert advise(all_at(2), {}) == []
