"""What became of the books that people hold."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from pourtous.passes.models import Redemption


def uses_of(books: Iterable[UUID]) -> QuerySet[Redemption]:
    """Passes of these books that were taken, undone ones included, with their session and host."""
    rows = Redemption.objects.filter(book__in=list(books))
    return rows.select_related("taken", "book__campaign", "session__course", "organisation")
