import json
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pourtous.people.enums import CriterionKind
from pourtous.people.rules.audiences import Ages, Area, Audience, Facts
from pourtous.people.rules.validity import CriterionState

DAY = date(2026, 11, 23)
THAU = Area("Thau", frozenset({"34301", "34108"}), date(2026, 1, 1))
VALID, EXPIRED, WITHDRAWN = CriterionState.VALID, CriterionState.EXPIRED, CriterionState.WITHDRAWN


def facts(**known):
    return Facts(on=known.pop("on", DAY), **known)


@pytest.mark.parametrize(
    ("audience", "french", "english"),
    [
        (Audience(), "Pour tout le monde", "For everybody"),
        (
            Audience(any_criteria=frozenset({"rsa"}), any_ages=Ages(60), areas=(THAU,)),
            "Pour les personnes qui touchent le RSA, ou de 60 ans et plus, qui habitent Thau",
            "For people who receive the RSA, or aged 60 and over, who live in Thau",
        ),
        (
            Audience(all_criteria=frozenset({"rsa", "no_device"})),
            "Pour les personnes qui touchent le RSA et sans ordinateur",
            "For people who receive the RSA and without a computer",
        ),
        (
            Audience(any_criteria=frozenset({"jobseeker", "no_diploma"}), ages=Ages(16, 25)),
            "Pour les personnes qui cherchent un emploi, ou sans diplôme, de 16 à 25 ans",
            "For people who look for a job, or without a diploma, aged 16 to 25",
        ),
        (Audience(ages=Ages(None, 25)), "Pour les personnes de 25 ans ou moins", "For people aged 25 or under"),
        (
            Audience(areas=(THAU, Area("Orb", frozenset()), Area("Vallées", frozenset()))),
            "Pour les personnes qui habitent Thau, Orb ou Vallées",
            "For people who live in Thau, Orb or Vallées",
        ),
    ],
)
def test_an_audience_says_who_it_is_for(audience, french, english):
    with override("fr"):
        assert audience.explain() == french
    with override("en"):
        assert audience.explain() == english


@pytest.mark.parametrize(
    ("state", "fits"), [(VALID, True), (CriterionState.ENDING, True), (EXPIRED, None), (WITHDRAWN, False), (None, None)]
)
def test_a_criterion_counts_while_its_check_does(state, fits):
    known = {} if state is None else {"rsa": state}
    verdict = Audience(all_criteria=frozenset({"rsa"})).judge(facts(criteria=known))
    assert verdict.fits is fits
    assert len(verdict.reasons) == 1


def test_one_of_several_is_enough():
    audience = Audience(any_criteria=frozenset({"rsa", "jobseeker"}), any_ages=Ages(60))
    assert audience.judge(facts(criteria={"jobseeker": VALID}, birth_year=2000)).fits is True
    assert audience.judge(facts(criteria={"rsa": WITHDRAWN, "jobseeker": WITHDRAWN}, birth_year=1940)).fits is True
    assert audience.judge(facts(criteria={"rsa": WITHDRAWN, "jobseeker": WITHDRAWN}, birth_year=2000)).fits is False
    assert audience.judge(facts(criteria={"rsa": WITHDRAWN}, birth_year=2000)).fits is None


@pytest.mark.parametrize(
    ("birth_year", "age", "fits"),
    [
        (1965, None, True),
        (1966, None, None),
        (1967, None, False),
        (1966, 60, True),
        (1966, 59, False),
        (1966, 40, None),
    ],
)
def test_the_boundary_year_is_asked(birth_year, age, fits):
    assert Audience(ages=Ages(60)).judge(facts(birth_year=birth_year, age=age)).fits is fits


def test_on_the_last_day_of_the_year_everybody_has_had_their_birthday():
    assert Audience(ages=Ages(60)).judge(facts(on=date(2026, 12, 31), birth_year=1966)).fits is True


def test_an_unknown_birth_year_is_to_be_confirmed():
    assert Audience(ages=Ages(60)).judge(facts()).fits is None
    assert Audience(ages=Ages(60)).judge(facts(age=61)).fits is True


@pytest.mark.parametrize(("commune", "fits"), [("34301", True), ("34172", False), (None, None)])
def test_where_one_lives(commune, fits):
    assert Audience(areas=(THAU,)).judge(facts(commune=commune)).fits is fits


def test_a_zone_counts_between_its_days():
    closed = Area("Thau", THAU.codes, date(2025, 1, 1), date(2026, 1, 1))
    assert Audience(areas=(closed,)).judge(facts(commune="34301")).fits is False
    assert Audience(areas=(closed,)).judge(facts(commune="34301", on=date(2025, 12, 31))).fits is True
    assert Audience(areas=(closed, THAU)).judge(facts(commune="34301")).fits is True


def test_a_no_hides_what_is_to_be_confirmed():
    audience = Audience(all_criteria=frozenset({"rsa"}), areas=(THAU,))
    verdict = audience.judge(facts(commune="34172"))
    assert verdict.fits is False
    assert all(reason.fits is False for reason in verdict.reasons)


@pytest.mark.parametrize(("least", "most"), [(None, None), (60, 20), (-1, None), (None, 131)])
def test_ages_that_cannot_be(least, most):
    with pytest.raises(ValueError, match="ages"):
        Ages(least, most)


@pytest.mark.parametrize(
    "said",
    [
        {"any_criteria": ["health"]},
        {"ages": [1]},
        {"ages": ["60", None]},
        {"ages": [True, None]},
        {"areas": [{"name": "x"}]},
        {"areas": [{"name": "x", "codes": [], "valid_from": "demain"}]},
        {"areas": 3},
        {"any_criteria": 3},
    ],
)
def test_what_is_no_audience_is_refused(said):
    with pytest.raises(ValueError):  # noqa: PT011 (the words differ)
        Audience.from_dict(said)


KINDS = st.frozensets(st.sampled_from(CriterionKind.values))
AGES = st.none() | st.tuples(st.integers(0, 65), st.integers(65, 130)).map(lambda pair: Ages(*pair))
CODES = st.sampled_from(["34301", "34108", "34172", "34032"])
AREAS = st.lists(
    st.builds(
        Area, st.sampled_from(["Thau", "Orb"]), st.frozensets(CODES), st.none() | st.dates(), st.none() | st.dates()
    ),
    max_size=3,
).map(tuple)
AUDIENCES = st.builds(Audience, KINDS, AGES, KINDS, AGES, AREAS)
STATES = st.dictionaries(st.sampled_from(CriterionKind.values), st.sampled_from(list(CriterionState)))
FACTS = st.builds(
    Facts,
    on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    criteria=STATES,
    birth_year=st.none() | st.integers(1920, 2019),
    age=st.none() | st.integers(0, 100),
    commune=st.none() | CODES,
)


@given(AUDIENCES)
def test_an_audience_survives_json(audience):
    assert Audience.from_dict(json.loads(json.dumps(audience.to_dict()))) == audience


@given(AUDIENCES)
def test_every_audience_has_its_sentence(audience):
    for language in ("fr", "en"):
        with override(language):
            text = audience.explain()
        assert text
        assert "None" not in text
        assert "%" not in text


@given(AUDIENCES, FACTS)
def test_every_answer_but_for_everybody_has_its_reasons(audience, known):
    verdict = audience.judge(known)
    assert verdict.fits in {True, False, None}
    if audience != Audience():
        assert verdict.reasons
        assert all(reason.fits is verdict.fits and reason.text for reason in verdict.reasons)


@given(AUDIENCES, FACTS, st.sampled_from(CriterionKind.values), st.sampled_from([VALID, WITHDRAWN]))
def test_learning_more_never_turns_an_answer_round(audience, known, kind, state):
    """What was yes or no before a missing criterion is checked stays so."""
    if kind in known.criteria:
        return
    before = audience.judge(known).fits
    after = audience.judge(
        Facts(known.on, {**known.criteria, kind: state}, known.birth_year, known.age, known.commune)
    ).fits
    assert before is None or after is before


@given(AUDIENCES, FACTS)
def test_asking_the_age_confirms_and_never_turns_round(audience, known):
    unasked = Facts(known.on, known.criteria, known.birth_year, None, known.commune)
    before = audience.judge(unasked).fits
    for age in unasked.possible_ages:
        after = audience.judge(Facts(known.on, known.criteria, known.birth_year, age, known.commune)).fits
        assert before is None or after is before
