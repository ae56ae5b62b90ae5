"""The journal as a file for people."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pourtous.audit.models import Event
from pourtous.audit.verbs import verb_name
from pourtous.kernel.clock import paris
from pourtous.kernel.tables import csv_for_people, escape_formula, xlsx_for_people

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def journal_file(events: QuerySet[Event], kind: str) -> bytes:
    """What is shown, as "csv" or "xlsx"; times are those of Paris."""
    columns = [_("Day"), _("Hour"), _("Who"), _("Act"), _("About"), _("Kind"), _("Number")]
    if kind == "xlsx":
        return xlsx_for_people(_("Journal"), columns, _rows(events))
    return csv_for_people(columns, _rows(events))


def _rows(events: QuerySet[Event]) -> Iterator[tuple[str, ...]]:
    for event in events.iterator(chunk_size=2000):
        at = paris(event.at)
        cells = (event.actor_label, verb_name(event.verb), event.subject_label, event.subject_type, event.subject_id)
        yield (f"{at:%Y-%m-%d}", f"{at:%H:%M:%S}", *map(escape_formula, cells))
