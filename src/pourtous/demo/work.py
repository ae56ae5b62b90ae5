"""The working life of the demonstration: people, agendas, courses and activities, with dates around the day of loading."""

from datetime import datetime

from django.db import transaction

from pourtous.activities.models import Activity, Tag
from pourtous.activities.operations.months import count_again, gather_all_people
from pourtous.agenda.models import Appointment, Course
from pourtous.demo import activities, agenda, courses, people, progress, rights, waiting
from pourtous.demo.batch import Batch
from pourtous.demo.diary import Diary
from pourtous.demo.months import count_ahead
from pourtous.demo.people import Known
from pourtous.demo.teams import Mediator, Team, teams
from pourtous.kernel.clock import paris
from pourtous.people.models import Person

_WORKED = (Person, Appointment, Course, Activity, Tag)


@transaction.atomic
def load_work(now: datetime) -> int:
    """Write all of it, once, where nobody has worked yet: what is there stays as people have left it. How many rows."""
    if any(model.objects.exists() for model in _WORKED):
        return 0
    batch, known = build(now)
    written = batch.save()
    rights.merge_twin(known, now)
    count_again()
    gather_all_people()
    return written


def build(now: datetime) -> tuple[Batch, list[Known]]:
    """All rows, not written, and whom they are about: the same each time for the same places and the same moment."""
    today = paris(now).date()
    all_teams = teams(today)
    known = people.make_people(all_teams, today)
    diary, batch = Diary(), Batch()
    batch.add(agenda.resources(all_teams))
    batch.add(agenda.open_hours(all_teams, today))
    batch.add(agenda.absences(all_teams, diary, today))
    programme = courses.Planner(all_teams, known, diary, now).make()
    bookings = agenda.Bookings(known, diary, now).make(all_teams)
    work = activities.Work(known, now)
    who = _by_resource(all_teams)
    for booking in bookings:
        work.of_appointment(booking.appointment, *who[booking.appointment.mediator_id], booking.known)
    for held in programme.held:
        work.of_session(held)
    work.of_years(all_teams)
    rows = list(activities.participants(work.told))
    rights.settle_contacts(known, today)
    batch.add(one.person for one in known)
    batch.add(people.follow(known, today))
    batch.add(booking.appointment for booking in bookings)
    batch.add(programme.rows)
    batch.add(diary.ticks)
    for told, came, counts in rows:
        batch.add((told.activity, *came, *counts))
    batch.add(rights.rights(known, now, today))
    batch.add(waiting.waiting(bookings, now))
    batch.add(progress.checks(known, now))
    batch.add(activities.tags(all_teams, work.told))
    count_ahead(rows, batch)
    return batch, known


def _by_resource(all_teams: list[Team]) -> dict[object, tuple[Team, Mediator]]:
    return {one.resource_id: (team, one) for team in all_teams for one in team.mediators}
