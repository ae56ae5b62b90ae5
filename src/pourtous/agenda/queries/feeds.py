"""Feeds by their secret."""

from django.db.models import Q

from pourtous.agenda.models import Feed
from pourtous.agenda.rules.secret import digest


def feed_behind(token: str) -> Feed | None:
    """The feed of a secret, while its mediator works and its place has a unit."""
    works = Q(resource__is_active=True, resource__user__is_active=True) | Q(place__unit__is_active=True)
    return Feed.objects.select_related("resource", "place").filter(works, digest=digest(token)).first()
