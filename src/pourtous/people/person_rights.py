"""What rights and mandates add to the page of a person."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.people.actions import Action, action
from pourtous.people.models import Person
from pourtous.people.queries import own_unit_ids
from pourtous.people.timeline import Moment, source


@action(order=80)
def mandates(person: Person, user: User) -> Action:  # noqa: ARG001 (whoever sees the file)
    """Mandates of the person."""
    return Action(_("Mandates"), reverse("person-mandates", args=[person.code]), "hand")


@action(order=90)
def rights(person: Person, user: User) -> Action:  # noqa: ARG001
    """Their data and rights."""
    return Action(_("Data and rights"), reverse("person-rights", args=[person.code]), "lock")


@source
def signed_mandates(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001
    """Mandates that were signed with one's own units, and taken back."""
    for one in person.mandates.filter(unit__in=own_unit_ids(user)).exclude(signed_on=None):
        url = reverse("person-mandate", args=[person.code, one.pk])
        said = ", ".join(one.procedures)
        yield Moment(one.signed_on, _("Mandate signed with %(name)s") % {"name": one.helper_name}, said, url, "hand")  # type: ignore[arg-type]
        if one.withdrawn_on:
            yield Moment(one.withdrawn_on, _("Mandate withdrawn"), said, url, "cross")


@source
def requests(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001
    """Requests about their data, by their kind alone."""
    for one in person.requests.all():
        url = reverse("rights-request", args=[one.number])
        yield Moment(
            one.received_on, _("Request about their data: %(kind)s") % {"kind": one.get_kind_display()}, "", url
        )
