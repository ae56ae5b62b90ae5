from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.activities.enums import ActivityKind, Autonomy, Dimension, PlaceKind, Procedure, Topic
from pourtous.activities.rules.facts import ActivityFacts, Count, mark, not_told, same, was
from pourtous.activities.rules.valid_activity import VALUES, check
from pourtous.agenda.enums import Level
from pourtous.kernel.errors import DomainError

TODAY = date(2026, 11, 23)
ONE = ActivityFacts(
    kind=ActivityKind.INDIVIDUAL,
    unit=uuid4(),
    day=TODAY,
    minutes=45,
    place_kind=PlaceKind.REMOTE,
    topics=(Topic.EMAIL,),
    anonymous_count=1,
)
WORKSHOP = replace(ONE, kind=ActivityKind.WORKSHOP, anonymous_count=8)


def refused(facts, before=None):
    with pytest.raises(DomainError) as caught:
        check(facts, today=TODAY, oldest_days=400, before=before)
    assert len(str(caught.value)) > 15
    return caught.value.field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"day": TODAY - timedelta(days=401)}, "day"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1440}, "minutes"),
        ({"minutes": -5}, "minutes"),
        ({"topics": ()}, "topics"),
        ({"topics": ("jardinage",)}, "topics"),
        ({"procedures": (Procedure.MONEY,)}, "procedures"),
        ({"level": Level.BEGINNER}, "level"),
        ({"anonymous_count": 2}, "kind"),
        ({"anonymous_count": 0}, "anonymous_count"),
        ({"anonymous_count": -1}, "anonymous_count"),
        ({"persons": (uuid4(),)}, "kind"),
        ({"place_kind": PlaceKind.PLACE}, "place"),
        ({"place": uuid4()}, "place"),
        ({"place_kind": PlaceKind.OTHER}, "commune"),
        ({"place_kind": "lune"}, "place_kind"),
        ({"notes": "a" * 5001}, "notes"),
        ({"counts": (Count("age", "moins_de_douze", 2),)}, "counts"),
        ({"counts": (Count("age", "centenaire", 1),)}, "counts"),
        ({"counts": (Count("taille", "grand", 1),)}, "counts"),
        ({"counts": (Count("age", "moins_de_douze", -1),)}, "counts"),
        ({"counts": (Count("age", "moins_de_douze", 0), Count("age", "moins_de_douze", 1))}, "counts"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(changes, field):
    assert refused(replace(ONE, **changes)) == field


def test_a_workshop_has_a_level_and_no_autonomy():
    check(replace(WORKSHOP, level=Level.BEGINNER), today=TODAY, oldest_days=400)
    assert refused(replace(WORKSHOP, autonomy=Autonomy.ALONE)) == "autonomy"
    assert refused(replace(WORKSHOP, is_one_off=True)) == "kind"
    twice = uuid4()
    assert refused(replace(WORKSHOP, persons=(twice, twice))) == "persons"


def test_what_an_import_said_may_stay_but_not_come_back():
    imported = replace(ONE, topics=("theme_inconnu", Topic.EMAIL), day=TODAY - timedelta(days=900))
    check(replace(imported, minutes=60), today=TODAY, oldest_days=400, before=imported)
    assert refused(imported) == "day"
    assert refused(replace(imported, day=TODAY), before=ONE) == "topics"


@given(
    st.integers(0, 40),
    st.dictionaries(st.sampled_from([(d, v) for d, values in VALUES.items() for v in values]), st.integers(0, 30)),
)
def test_counts_never_say_more_than_came(came, counts):
    told = tuple(Count(d.value, v, n) for (d, v), n in counts.items())
    facts = replace(WORKSHOP, anonymous_count=came, counts=told)
    left = not_told(told, came)
    is_right = came > 0 and min(left.values()) >= 0
    if is_right:
        check(facts, today=TODAY, oldest_days=400)
        assert all(sum(c.count for c in told if c.dimension == d) + left[d] == came for d in Dimension)
    else:
        assert refused(facts) in {"counts", "anonymous_count"}


def test_the_same_facts_are_told_alike_whatever_their_order():
    a, b = uuid4(), uuid4()
    one = replace(WORKSHOP, persons=(a, b), topics=(Topic.EMAIL, Topic.WEB))
    other = replace(WORKSHOP, persons=(b, a), topics=(Topic.WEB, Topic.EMAIL))
    assert same(one, other)
    assert mark(one) == mark(other) != mark(WORKSHOP)


def test_history_keeps_what_was_but_not_free_text():
    after = replace(ONE, minutes=60, notes="Revient jeudi")
    assert was(replace(ONE, notes="Secret"), after) == {"minutes": 45, "notes": None}
