"""Moving passes from one state to another, and counting the money that moves with them, under lock."""

from django.db.models import QuerySet

from pourtous.passes.enums import PASS_MOVES, PassState
from pourtous.passes.models import Pass


def move_passes(passes: QuerySet[Pass], old: PassState, new: PassState) -> int:
    """Move those of these passes that are in a state; the cents they are worth. Inside the caller's transaction.

    Rows are locked in one order before they are counted: a pass used meanwhile neither moves nor counts.
    """
    if new not in PASS_MOVES[old]:
        msg = f"a pass does not go from {old} to {new}"
        raise ValueError(msg)
    locked = passes.filter(state=old).select_for_update(of=("self",)).order_by("pk").values_list("pk", "value")
    found = dict(locked)
    Pass.objects.filter(pk__in=list(found), state=old).update(state=new)
    return sum(found.values())
