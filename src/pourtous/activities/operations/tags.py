"""Tags: made, put away, merged."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.activities.enums import TagScope
from pourtous.activities.models import Activity, Tag
from pourtous.audit.operations import record as note
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean

_LENGTH = 60


def make_tag(*, name: str, scope: str, unit: Unit | None, actor: Any, now: datetime) -> Tag:
    """A tag of the actor, of a unit, or of the territory. The same word twice is refused."""
    word = clean(name)
    if not word or len(word) > _LENGTH:
        raise DomainError(_("Write a word or two, at most 60 characters."), field="name")
    if scope not in TagScope.values or (scope == TagScope.UNIT) != (unit is not None):
        raise DomainError(_("Say whose tag it is."), field="scope")
    owner = actor if scope == TagScope.PERSONAL else None
    try:
        with transaction.atomic():
            tag = Tag.objects.create(name=word, scope=scope, unit=unit, owner=owner)
            note(actor=actor, verb="activities.tag", subject=tag, now=now, details={"scope": scope})
    except IntegrityError:
        raise DomainError(_("This tag is there already."), field="name") from None
    return tag


@transaction.atomic
def retire_tag(*, tag: Tag, actor: Any, now: datetime) -> Tag:
    """No longer offered; activities that carry it keep it."""
    if Tag.objects.filter(pk=tag.pk, is_active=True).update(is_active=False):
        note(actor=actor, verb="activities.retire_tag", subject=tag, now=now)
    tag.refresh_from_db()
    return tag


@transaction.atomic
def merge_tags(*, tag: Tag, into: Tag, actor: Any, now: datetime) -> int:
    """Activities of `tag` carry `into` instead; `tag` is gone. Returns how many activities changed."""
    if tag.pk == into.pk or not into.is_active:
        raise DomainError(_("Choose another tag to merge with."), field="into")
    if into.scope != TagScope.TERRITORY and (into.scope, into.unit_id, into.owner_id) != _whose(tag):
        raise DomainError(
            _("These tags are not seen by the same people. Merge with one that everybody sees."), field="into"
        )
    carried = Activity.tags.through.objects
    already = carried.filter(tag=into).values("activity")
    moved = carried.filter(tag=tag).exclude(activity__in=already).update(tag=into)
    details = {"tag": tag.name, "into": into.name, "activities": moved}
    note(actor=actor, verb="activities.merge_tags", subject=into, now=now, details=details)
    tag.delete()
    return moved


def _whose(tag: Tag) -> tuple[Any, ...]:
    return (tag.scope, tag.unit_id, tag.owner_id)
