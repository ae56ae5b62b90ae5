"""La Coop's lines: there and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.activities.enums import Autonomy, Equipment, Orientation, PlaceKind, Procedure, Topic
from pourtous.activities.rules.coop import (
    CoopActivity,
    CoopPerson,
    UnreadableError,
    column_of,
    lines_of,
    marginals,
    people_of,
    read_lines,
)
from pourtous.activities.rules.coop.labels import AGE, GENDER, LABELS, STATUS, value_of
from pourtous.agenda.enums import Level
from pourtous.people.enums import AgeBand, Gender, Status

LISTS = {
    "place_kind": PlaceKind,
    "equipment": Equipment,
    "topic": Topic,
    "procedure": Procedure,
    "autonomy": Autonomy,
    "level": Level,
    "orientation": Orientation,
    "gender": Gender,
    "age": AgeBand,
    "status": Status,
}
WORDS = st.text("abcdé -’", max_size=20).map(lambda text: " ".join(text.split()))
PEOPLE = st.builds(
    CoopPerson,
    gender=st.sampled_from(sorted(GENDER)),
    age=st.sampled_from(sorted(AGE)),
    status=st.sampled_from(sorted(STATUS)),
    insee_code=st.sampled_from(["", "34003", "34300"]),
)


@st.composite
def activities(draw):
    is_workshop = draw(st.booleans())
    days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
    steps = {"level": draw(st.sampled_from(["", *Level]))} if is_workshop else {}
    if not is_workshop:
        orientation = draw(st.sampled_from(["", *Orientation]))
        steps = {"autonomy": draw(st.sampled_from(["", *Autonomy])), "orientation": orientation}
        steps["is_oriented"] = bool(orientation) or draw(st.booleans())
    return CoopActivity(
        source_id=draw(st.uuids().map(str)),
        day=draw(days),
        recorded_on=draw(st.none() | days),
        kind="collectif" if is_workshop else "individuel",
        minutes=draw(st.integers(1, 1439)),
        place_kind=draw(st.sampled_from(sorted(PlaceKind))),
        topics=tuple(draw(st.lists(st.sampled_from(sorted(Topic)), unique=True))),
        procedures=tuple(draw(st.lists(st.sampled_from(sorted(Procedure)), unique=True))),
        equipment=tuple(draw(st.lists(st.sampled_from(sorted(Equipment)), unique=True))),
        tags=tuple(draw(st.lists(WORDS.filter(bool), unique=True, max_size=3))),
        title=draw(WORDS),
        place_name=draw(WORDS),
        commune=draw(WORDS),
        people=tuple(draw(st.lists(PEOPLE, min_size=1, max_size=6))),
        notes=draw(WORDS),
        **{name: str(value) if name != "is_oriented" else value for name, value in steps.items()},
    )


@given(activities())
def test_what_is_written_is_read_again(one):
    assert read_lines(lines_of(one)) == one


@given(st.lists(PEOPLE, max_size=12))
def test_counts_of_people_survive_being_lines(people):
    counts = marginals(tuple(people))
    assert marginals(people_of(counts, len(people), {})) == counts


@pytest.mark.parametrize("name", LISTS)
def test_each_value_of_ours_has_its_label(name):
    assert set(LABELS[name]) == set(LISTS[name].values)
    assert all(value_of(name, label) == value for value, label in LABELS[name].items())
    assert all(value_of(name, value) == value for value in LABELS[name])


LINE = {"source_id": "a", "day": "2026-03-04", "kind": "Accompagnement individuel", "minutes": "45"}


@pytest.mark.parametrize(
    ("column", "text"),
    [("day", "hier"), ("day", ""), ("day", "1026-03-04"), ("kind", "Danse"), ("minutes", "0"), ("minutes", "2000")],
)
def test_what_an_activity_cannot_do_without(column, text):
    with pytest.raises(UnreadableError) as error:
        read_lines([LINE | {column: text}])
    assert error.value.column == column


def test_unknown_words_are_kept_and_written_again():
    told = read_lines(
        [LINE | {"topics": "E-mail\nTricot", "place_kind": "Sur la lune", "age": "Sans âge", "grade": "9/3"}]
    )
    assert told.topics == ("email",)
    assert told.unknown == {
        "topics": ("Tricot",),
        "place_kind": ("Sur la lune",),
        "age": ("Sans âge",),
        "grade": ("9/3",),
    }
    line = lines_of(told)[0]
    assert (line["topics"], line["place_kind"], line["grade"]) == ("E-mail\nTricot", "Sur la lune", "9/3")


def test_days_steps_and_lengths_as_people_write_them():
    told = read_lines([LINE | {"day": "04/03/2026", "minutes": "45 min", "grade": "2/3"}])
    assert (told.day, told.minutes, told.autonomy) == (date(2026, 3, 4), 45, "partiellement_autonome")


def test_participants_that_have_no_line_are_told_nothing_of():
    lines = [LINE | {"kind": "Atelier collectif", "participants": "1/4", "gender": "Féminin"}]
    assert [person.gender for person in read_lines(lines).people] == ["feminin", *["non_communique"] * 3]


def test_headers_of_earlier_versions():
    assert column_of("Nombre de participants") == column_of("Participants ") == "participants"
    assert column_of("Niveau de l’atelier") == "grade"
    assert column_of("La pluie") == ""
