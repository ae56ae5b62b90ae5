"""Links to figures: one's own, and the one a secret opens."""

from typing import Any
from urllib.parse import parse_qsl

from django.db.models import QuerySet

from pourtous.activities.models import SharedFigures
from pourtous.activities.permissions import FIGURES
from pourtous.activities.queries.scopes import Whose, name_of, read_scope
from pourtous.activities.rules.links import digest
from pourtous.kernel.permissions import can


def own_links(user: Any) -> QuerySet[SharedFigures]:
    """The links somebody opened that still answer, newest first."""
    return SharedFigures.objects.filter(by=user.pk, closed_at=None)


def filters_of(link: SharedFigures) -> dict[str, str]:
    """The filters a link holds."""
    return dict(parse_qsl(link.query))


def whose_of(link: SharedFigures) -> Whose | None:
    """Whose figures a link shows; None once the one who opened it may no longer see them."""
    scope = read_scope(filters_of(link).get("qui", ""), link.by) if link.by else None
    if scope is None or not can(link.by, FIGURES, scope):
        return None
    return name_of(scope, link.by)


def opened_by(token: str) -> tuple[SharedFigures, Whose] | None:
    """The link a secret opens, with whose figures it shows; what is closed and what never was answer alike."""
    link = SharedFigures.objects.filter(token_digest=digest(token), closed_at=None).select_related("by").first()
    whose = whose_of(link) if link else None
    return (link, whose) if link and whose else None
