"""The agenda's tables of `pourtous export all` that must not go out as they are: addresses with secrets in them."""

from pourtous.agenda.models import Feed, OutsideCalendar
from pourtous.runtime.exports import Column, Rows, table


@table("agenda_outside_calendars", "One row a calendar kept elsewhere", covers=("agenda.OutsideCalendar",))
def outside_calendars() -> Rows:
    """Whose server it is; the rest of the address would open the calendar."""
    columns = [
        Column("id", "Key of the row."),
        Column("resource", "Key of the agenda it makes busy."),
        Column("host", "Name of the server; the address itself is a secret."),
        Column("read_at", "When it was last read, UTC."),
        Column("problem", "Why it could not be read, in a sentence; empty when it could."),
    ]
    rows = OutsideCalendar.objects.order_by("id")
    return columns, ((one.pk, one.resource_id, one.host, one.read_at, one.problem) for one in rows.iterator())


@table("agenda_feeds", "One row a calendar of ours read elsewhere", covers=("agenda.Feed",))
def feeds() -> Rows:
    """Which agendas and places have one; the digest of the secret stays here."""
    columns = [
        Column("id", "Key of the row."),
        Column("resource", "Key of the agenda, when it is one."),
        Column("place", "Key of the place, when it is one."),
        Column("made_at", "When its present address was made, UTC."),
    ]
    rows = Feed.objects.order_by("id")
    return columns, ((one.pk, one.resource_id, one.place_id, one.made_at) for one in rows.iterator())
