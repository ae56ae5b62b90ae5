"""What this app says on the page of a person: help received, whoever gave it, to the teams that follow the person."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.activities.models import Activity
from pourtous.activities.permissions import RECORD, SEE
from pourtous.activities.queries.diagnoses import checks_of
from pourtous.activities.queries.lists import with_everything
from pourtous.activities.rows import kind_of, labels_of_topics, where_of
from pourtous.activities.rules.lengths import length
from pourtous.kernel.permissions import can
from pourtous.people.actions import Action, action
from pourtous.people.models import Person
from pourtous.people.permissions import REGISTER
from pourtous.people.timeline import SHOWN, Moment, source


@source
def help_received(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001 (the same for all sources)
    """Each accompaniment: kind, topics, length, place, by whom. Notes stay with the mediator."""
    rows = with_everything(Activity.objects.filter(participations__person=person, deleted_at=None))
    return [_moment(activity, user) for activity in rows.order_by("-day", "-pk")[:SHOWN]]


def _moment(activity: Activity, user: User) -> Moment:
    what = ", ".join(labels_of_topics(activity))
    text = ", ".join([length(activity.minutes), where_of(activity), activity.mediator.name])
    address = reverse("activity", kwargs={"identity": activity.pk}) if can(user, SEE, activity) else ""
    return Moment(activity.day, f"{activity.title or kind_of(activity)} : {what}", text, address, "hand")


@action(order=30)
def record_one(person: Person, user: User) -> Action | None:
    """Record what was done with them."""
    if not can(user, RECORD):
        return None
    return Action(_("Record an activity"), f"{reverse('activity-new')}?personne={person.code}", "edit")


@source
def skills_checked(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001
    """Each finished skills check."""
    return [
        Moment(
            one.on, _("Skills check"), str(one.get_moment_display()), reverse("skills-result", args=[one.pk]), "book"
        )
        for one in checks_of(person)
    ]


@action(order=40)
def check_skills(person: Person, user: User) -> Action | None:
    """See or check what they can do."""
    return Action(_("What they can do"), reverse("skills", args=[person.code]), "book") if can(user, REGISTER) else None
