"""What this app holds about a person: help received."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.activities.models import Activity, Diagnosis, Participation
from pourtous.activities.operations.months import touch_keys
from pourtous.activities.operations.participants import count_firsts
from pourtous.activities.queries.diagnoses import checks_of, levels_of
from pourtous.activities.rows import kind_of, labels_of_topics, where_of
from pourtous.activities.rules.lengths import length
from pourtous.activities.rules.questions import BY_KEY, LEVELS
from pourtous.activities.skills_shown import shown
from pourtous.people.enums import PersonState
from pourtous.people.holdings import Fact, Holding, Record, holding
from pourtous.people.models import Person
from pourtous.ui.format import date_in_full


@holding("activities", gettext_lazy("Help received"), order=40)
class Activities(Holding):
    """Participations move and stay; words about one person alone are theirs, and go with them."""

    def records(self, person: Person) -> Iterable[Record]:
        """Each accompaniment; notes when they are about this person alone."""
        rows = Participation.objects.filter(person=person, activity__deleted_at=None)
        rows = rows.select_related("activity__place", "activity__commune", "activity__mediator", "activity__unit")
        return [_record(one) for one in rows.order_by("activity__day", "pk")]

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """What both took part in stays where it is: it was counted as two."""
        both = Participation.objects.filter(person=kept).values("activity")
        moving = Participation.objects.filter(person=absorbed).exclude(activity__in=both)
        keys = [str(key) for key in moving.values_list("pk", flat=True)]
        Participation.objects.filter(pk__in=keys).update(person=kept)
        _count_months_again(absorbed, kept)
        Participation.objects.filter(person=absorbed).update(is_first=False)
        count_firsts([kept.pk])
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Those that moved, unless they are gone since."""
        Participation.objects.filter(pk__in=keys, person=kept).update(person=absorbed)
        _count_months_again(absorbed, kept)
        count_firsts([absorbed.pk, kept.pk])

    def anonymise(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 (the same for all holdings)
        """Free text goes where nobody else with a file took part; what figures count stays."""
        mine = Participation.objects.filter(person=person).values("activity")
        alone = without_people(Activity.objects.filter(pk__in=mine), but=person)
        alone.update(notes="", procedure_name="", recorded_mark="", source_values={})


@holding("skills", gettext_lazy("Skills checks"), order=45)
class Skills(Holding):
    """Answers go when the file goes: no figure stands on them."""

    def records(self, person: Person) -> Iterable[Record]:
        """Each finished check with its answers."""
        return [_check(one) for one in checks_of(person)]

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """All of them; the dates tell which came first."""
        moving = Diagnosis.objects.filter(person=absorbed)
        keys = [str(key) for key in moving.values_list("pk", flat=True)]
        moving.update(person=kept)
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Those that moved, unless they are gone since."""
        Diagnosis.objects.filter(pk__in=keys, person=kept).update(person=absorbed)

    def anonymise(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 (the same for all holdings)
        """They go."""
        Diagnosis.objects.filter(person=person).delete()


def _check(one: Diagnosis) -> Record:
    told = [(words, str(answer)) for words, answer in shown(one).context]
    levels = dict(LEVELS)
    told += [(BY_KEY[key].words, str(levels[level])) for key, level in levels_of(one).items() if key in BY_KEY]
    wish = [(_("Their wish"), one.wish)] if one.wish else []
    return Record(_("Skills check, %(day)s") % {"day": date_in_full(one.on)}, (*wish, *told))


def _count_months_again(*people: Person) -> None:
    touch_keys(Participation.objects.filter(person__in=people).values_list("activity_id", flat=True))


def without_people(rows: QuerySet[Activity], *, but: Person) -> QuerySet[Activity]:
    """Activities in which nobody else who still has a file took part."""
    others = Participation.objects.filter(activity=OuterRef("pk"), person__state=PersonState.ACTIVE)
    return rows.filter(~Exists(others.exclude(person=but)))


def _record(one: Participation) -> Record:
    activity = one.activity
    alone = activity.participant_count == 1
    facts: list[Fact] = [
        (_("Topics"), ", ".join(labels_of_topics(activity))),
        (_("How long?"), length(activity.minutes)),
        (_("Where?"), where_of(activity)),
        (_("Mediator"), activity.mediator.name),
        (_("Age"), str(one.get_age_band_display())),
        (_("Gender"), str(one.get_gender_display())),
        (_("Status"), str(one.get_status_display())),
        (_("Sent on to"), str(activity.get_orientation_display()) if alone and activity.orientation else ""),
        (_("Name of the structure"), activity.oriented_to if alone else ""),
        (_("Name of the procedure"), activity.procedure_name if alone else ""),
        (_("Notes"), activity.notes if alone else ""),
    ]
    title = f"{kind_of(activity)}, {date_in_full(activity.day)}"
    return Record(title, tuple(fact for fact in facts if fact[1]))
