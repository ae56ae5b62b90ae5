"""Figures of a period, both ways."""

import random
from datetime import date, timedelta

import pytest

from pourtous.activities.enums import ActivityKind, Dimension, PlaceKind, Topic
from pourtous.activities.models import AnonymousCount, MonthCount, StaleMonth, TerritoryPeople
from pourtous.activities.operations import months
from pourtous.activities.queries import agreement
from pourtous.activities.queries.figures import LIGHT, FiguresFilter, activities, figures, figures_read, light
from pourtous.people.enums import Gender
from tests.activities.factories import ActivityFactory, ParticipationFactory
from tests.people.factories import PersonFactory

YEAR = FiguresFilter(since=date(2026, 1, 1), until=date(2027, 1, 1))


@pytest.fixture
def year():
    """Two mediators, forty activities, six people, some anonymous."""
    dice = random.Random(34)  # noqa: S311 (the same year each time)
    people = [PersonFactory() for _ in range(6)]
    mine, other = ActivityFactory(day=date(2026, 3, 2)), ActivityFactory(day=date(2026, 3, 3))
    made = [mine, other]
    for number in range(40):
        whose = dice.choice([mine, other])
        present = dice.sample(people, dice.randint(0, 3))
        anonymous = dice.randint(0 if present else 1, 4)
        activity = ActivityFactory(
            mediator=whose.mediator,
            unit=whose.unit,
            day=date(2026, 1, 1) + timedelta(days=dice.randrange(365)),
            kind=dice.choice(list(ActivityKind)),
            minutes=dice.choice([15, 30, 45, 60, 120]),
            place_kind=dice.choice(list(PlaceKind)),
            topics=tuple(dice.sample(list(Topic), dice.randint(1, 3))),
            anonymous_count=anonymous,
            participant_count=anonymous + len(present),
        )
        for person in present:
            ParticipationFactory(activity=activity, person=person, is_first=number < 3)
        if anonymous:
            AnonymousCount.objects.create(
                activity=activity, dimension=Dimension.GENDER, value=Gender.FEMALE, count=dice.randint(1, anonymous)
            )
        made.append(activity)
    return made


@pytest.mark.django_db
def test_both_ways_give_the_same_figures_before_and_after_counting(year):
    months.touch(year)
    read = figures_read(YEAR)
    assert figures(YEAR) == read
    marked = StaleMonth.objects.count()
    assert months.count_again() == marked
    assert not StaleMonth.objects.exists()
    assert figures(YEAR) == read
    assert list(agreement.faults()) == []


@pytest.mark.django_db
def test_what_changes_is_seen_at_once_and_counted_once(year):
    months.touch(year)
    months.count_again()
    year[5].minutes = 7
    year[5].save()
    months.touch([year[5]])
    assert figures(YEAR) == figures_read(YEAR)
    assert months.count_again() == 1
    assert figures(YEAR) == figures_read(YEAR)


@pytest.mark.django_db
def test_a_mark_made_while_a_month_is_counted_stays(year):
    months.touch([year[0]])
    months.touch([year[0]])
    assert StaleMonth.objects.get().marks == 2
    months.count_again()
    months.touch([year[0]])
    assert StaleMonth.objects.count() == 1


@pytest.mark.django_db
def test_verify_tells_a_figure_that_was_tampered_with(year):
    months.touch(year)
    months.count_again()
    MonthCount.objects.filter(dimension="topic").first().delete()
    assert list(agreement.faults()) != []


@pytest.mark.django_db
def test_people_are_counted_once_a_period(year):
    months.touch(year)
    months.count_again()
    assert figures(YEAR).people == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    "narrowed",
    [
        {"since": date(2026, 2, 10), "until": date(2026, 5, 3)},
        {"kind": "collectif"},
        {"kind": "ponctuel"},
        {"topic": Topic.EMAIL.value},
        {"commune": "34172"},
        {"source": "coop"},
    ],
    ids=str,
)
def test_a_narrowed_period_is_part_of_the_whole(year, narrowed):
    months.touch(year)
    months.count_again()
    part = figures(FiguresFilter(**{"since": YEAR.since, "until": YEAR.until, **narrowed}))
    whole = figures(YEAR)
    assert part.total.activities <= whole.total.activities
    assert sum(tally.activities for _month, tally in part.months) == part.total.activities


@pytest.mark.django_db
def test_of_a_mediator_and_of_a_unit(year):
    months.touch(year)
    months.count_again()
    mine = FiguresFilter(since=YEAR.since, until=YEAR.until, mediators=frozenset({year[0].mediator_id}))
    other = FiguresFilter(since=YEAR.since, until=YEAR.until, units=frozenset({year[1].unit_id}))
    assert figures(mine).total.activities + figures(other).total.activities == len(year)
    assert figures(FiguresFilter(since=YEAR.since, until=YEAR.until, units=frozenset())).total.activities == 0


@pytest.mark.django_db
def test_counted_ahead_takes_few_queries(year, django_assert_max_num_queries):
    months.touch(year)
    months.count_again()
    with django_assert_max_num_queries(4):
        figures(YEAR)


@pytest.mark.django_db
def test_some_days_of_everybody_and_of_one_are_the_same_both_ways(year):
    months.touch(year)
    months.count_again()
    months.touch(year[7:9])
    for whose in ({}, {"mediators": frozenset({year[0].mediator_id})}, {"units": frozenset({year[1].unit_id})}):
        days = FiguresFilter(since=date(2026, 2, 11), until=date(2026, 9, 4), **whose)
        assert days.is_ahead
        assert figures(days) == figures_read(days)


@pytest.mark.django_db
def test_headline_figures_counted_by_the_database_are_those_of_the_rules(year):
    AnonymousCount.objects.create(activity=year[0], dimension=Dimension.KNOWN, value="oui", count=1)
    read = figures_read(YEAR)
    kept = {cell: one for cell, one in read.cells.items() if cell[0] in LIGHT}
    cells, months_read = light(activities(YEAR))
    assert cells == kept
    assert months_read == {month: one for month, one in read.months if one.activities}


@pytest.mark.django_db
def test_somebody_met_for_the_first_time_since_the_count_is_one_more(year):
    months.touch(year)
    months.count_again()
    ParticipationFactory(activity=year[1], person=PersonFactory())
    months.touch([year[1]])
    assert figures(YEAR).people == figures_read(YEAR).people == 7
    months.count_again()
    assert figures(YEAR).people == 7


@pytest.mark.django_db
def test_verify_tells_a_set_of_people_that_was_tampered_with(year):
    months.touch(year)
    months.count_again()
    TerritoryPeople.objects.update(people=b"")
    assert list(agreement.faults()) == ["2026: people were counted otherwise"]


@pytest.mark.django_db
def test_headline_figures_of_some_days_are_those_of_the_whole_page(year):
    days = FiguresFilter(since=date(2026, 2, 3), until=date(2026, 2, 27))
    assert not days.is_ahead
    light_ones = {cell: one for cell, one in figures(days).cells.items() if cell[0] in LIGHT}
    assert figures(days, LIGHT).cells == light_ones
