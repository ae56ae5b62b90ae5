"""Reads about agreements, and whether an organisation may hold personal data."""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from pourtous.accounts.enums import AgreementKind, Capability, DataRole, Role
from pourtous.accounts.models import Agreement, Organisation, Unit
from pourtous.accounts.rules.agreements import ENDING_DAYS, KINDS_OF_ROLE, NEEDING
from pourtous.kernel.permissions import Standing


def may_hold_personal_data(organisation_id: UUID, *, on: date) -> bool:
    """Whether an organisation's role and a fitting agreement are recorded and in force (`rules.agreements`)."""
    return Organisation.objects.filter(covered(on, "pk"), pk=organisation_id).exists()


def covered(day: date, organisation: str) -> Exists:
    """The condition that the organisation in this column of the outer query may hold personal data on this day.

    The same rule as `rules.agreements.may_hold`; a test holds them together.
    """
    fits = (Q(organisation__data_role=role, kind__in=sorted(kinds)) for role, kinds in KINDS_OF_ROLE.items())
    return Exists(in_force(day).filter(reduce(or_, fits), organisation=OuterRef(organisation)).order_by())


def incomplete(day: date, organisation: str = "pk") -> Q:
    """The condition on organisations that are asked for a role and an agreement and have not both."""
    works = Unit.objects.filter(organisation=OuterRef(organisation), is_active=True, capabilities__has_any=NEEDING)
    return (Q(Exists(works.order_by())) | ~Q(data_role=DataRole.NONE)) & ~Q(covered(day, organisation))


AGREEMENT_ORDERS = {
    "organisation": "organisation__name",
    "kind": "kind",
    "signed": "signed_on",
    "starts": "starts_on",
    "ends": "ends_on",
}


def agreements_seen_by(standing: Standing) -> QuerySet[Agreement]:
    """All agreements for the steering team; for a manager, those of the organisations they manage a unit of."""
    found = Agreement.objects.select_related("organisation", "document")
    if standing.has(Capability.STEERING):
        return found
    return found.filter(organisation__in={post.organisation_id for post in standing.held(role=Role.MANAGER)})


def narrowed(
    found: QuerySet[Agreement],
    *,
    words: str = "",
    state: str = "",
    kind: str = "",
    sort: str = "organisation",
    day: date,
) -> QuerySet[Agreement]:
    """Agreements searched and sorted. `state`: "ending", "over", "all", else those in force or to come.

    `words`: each is looked for in references and names of organisations. `sort`: a key of AGREEMENT_ORDERS, "-" for
    descending.
    """
    if state == "ending":
        found = found.filter(_ending(day))
    elif state == "over":
        found = found.filter(_over(day))
    elif state != "all":
        found = found.exclude(_over(day))
    if kind in AgreementKind.values:
        found = found.filter(kind=kind)
    for word in words.split()[:8]:
        found = found.filter(Q(organisation__name__icontains=word) | Q(reference__icontains=word))
    column = F(AGREEMENT_ORDERS.get(sort.removeprefix("-"), "organisation__name"))
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return found.order_by(order, "organisation__name", "-starts_on", "id")


def ending_without_successor(day: date) -> QuerySet[Agreement]:
    """Agreements in force that end within ENDING_DAYS while no other of their kind takes over; first end first."""
    next_one = Agreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef("until")),
        organisation=OuterRef("organisation"),
        kind=OuterRef("kind"),
        ended_on=None,
        starts_on__lte=OuterRef("until"),
    ).exclude(pk=OuterRef("pk"))
    found = Agreement.objects.filter(_ending(day), organisation__is_active=True).select_related("organisation")
    return (
        found.annotate(until=Coalesce("ended_on", "ends_on"))
        .exclude(Exists(next_one.order_by()))
        .order_by("until", "id")
    )


def _over(day: date) -> Q:
    """As `rules.agreements.state_on` says: past its end, or ended before it ever counted."""
    ends = Q(ends_on__lte=day) | Q(ended_on__lte=day)
    return ends | Q(ended_on__lte=F("starts_on")) | Q(ended_on__lte=F("signed_on")) | Q(ends_on__lte=F("signed_on"))


def _ending(day: date) -> Q:
    soon = day + timedelta(days=ENDING_DAYS)
    return Q(pk__in=in_force(day).order_by().values("pk")) & (Q(ends_on__lte=soon) | Q(ended_on__lte=soon))


def in_force(day: date) -> QuerySet[Agreement]:
    """Agreements that count on this day."""
    return Agreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day),
        Q(ended_on=None) | Q(ended_on__gt=day),
        signed_on__lte=day,
        starts_on__lte=day,
    )
