"""Reading the outbox."""

from django.db.models import Count, QuerySet

from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message


def in_state(state: str) -> QuerySet[Message]:
    """Messages in a state ("" for all), newest first."""
    return Message.objects.filter(state=state) if state in MessageState.values else Message.objects.all()


def counts() -> dict[str, int]:
    """How many messages are in each state; states without any are left out."""
    return dict(Message.objects.order_by().values_list("state").annotate(Count("id")))
