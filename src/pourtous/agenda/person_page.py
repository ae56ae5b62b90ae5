"""What one can do for a person from their page: make an appointment, register them for a course."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.desk_permissions import PRESCRIBE
from pourtous.agenda.permissions import USE
from pourtous.kernel.permissions import can
from pourtous.people.actions import Action, action
from pourtous.people.models import Person


@action(order=10)
def appointment(person: Person, user: User) -> Action | None:
    """Mediators book in their agendas, prescribers in what is open to them."""
    if can(user, USE):
        return Action(_("Make an appointment"), f"{reverse('appointment-new')}?personne={person.code}", "calendar")
    if can(user, PRESCRIBE):
        return Action(_("Make an appointment"), f"{reverse('prescribe')}?personne={person.code}", "calendar")
    return None


@action(order=12)
def course(person: Person, user: User) -> Action | None:
    """Prescribers register for the courses the public may join."""
    if can(user, PRESCRIBE):
        return Action(_("Register for a course"), f"{reverse('prescribe-course')}?personne={person.code}", "book")
    return None
