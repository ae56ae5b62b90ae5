"""What a recorded activity says, as facts."""

from pourtous.activities.models import Activity
from pourtous.activities.rules.facts import SAME, ActivityFacts, Count

_SAME = (*SAME, "insee_code")


def facts_of(activity: Activity) -> ActivityFacts:
    """The facts of a row, with its participants, counts and tags (three queries unless prefetched)."""
    values = {name: getattr(activity, name) for name in _SAME}
    if activity.place_id is not None:
        values["insee_code"] = ""  # the place says it
    return ActivityFacts(
        **values,
        unit=activity.unit_id,
        place=activity.place_id,
        persons=tuple(sorted(one.person_id for one in activity.participations.all())),
        counts=tuple(sorted(Count(c.dimension, c.value, c.count) for c in activity.anonymous_counts.all())),
        tags=tuple(sorted(tag.pk for tag in activity.tags.all())),
        appointment=activity.appointment_id,
        session=activity.session_id,
    )
