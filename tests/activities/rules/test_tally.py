from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.activities.rules.tally import Counted, Participant, added, band, month_after, tally

WOMAN = Participant("soixante_dix_plus", "feminin", "retraite", "34172", is_first=True)
ONE = Counted(
    kind="collectif",
    is_one_off=False,
    minutes=90,
    place_kind="autre",
    place="",
    insee_code="34172",
    topics=("email", "sante"),
    procedures=(),
    equipment=("ordinateur",),
    autonomy="",
    level="debutant",
    orientation="",
    outcome="",
    source="pourtous",
    participant_count=4,
    anonymous_count=3,
    participants=(WOMAN,),
    anonymous=(("gender", "feminin", 1), ("known", "oui", 2)),
)


def test_an_activity_counts_once_a_topic_and_once_a_participant():
    found = tally([ONE])
    assert found["total", ""] == (1, 4, 90)
    assert found["topic", "email"] == found["topic", "sante"] == (1, 4, 90)
    assert found["gender", "feminin"].accompaniments == 2
    assert found["gender", "non_communique"].accompaniments == 2
    assert found["novelty", "new"].accompaniments == 1
    assert found["novelty", "anonymous_known"].accompaniments == 2
    assert found["novelty", "anonymous"].accompaniments == 1


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_each_dimension_of_people_adds_to_the_accompaniments(known, anonymous, women):
    one = replace(
        ONE,
        participants=(WOMAN,) * known,
        anonymous_count=anonymous,
        participant_count=known + anonymous,
        anonymous=(("gender", "feminin", min(women, anonymous)), ("known", "oui", min(women, anonymous))),
    )
    found = tally([one])
    for dimension in ("gender", "age", "status", "novelty", "residence"):
        told = sum(part.accompaniments for (name, _value), part in found.items() if name == dimension)
        assert told == known + anonymous


def test_tallies_add():
    assert added(tally([ONE]), tally([ONE])) == tally([ONE, ONE])


@pytest.mark.parametrize(
    ("minutes", "expected"), [(29, "under_30"), (30, "from_30"), (60, "from_60"), (120, "from_120")]
)
def test_bands_begin_where_la_coop_begins_them(minutes, expected):
    assert band(minutes) == expected


def test_december_is_followed_by_january():
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
