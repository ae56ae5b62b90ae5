"""The journal: who did what, to what, when. Rows are only ever added."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop

from pourtous.audit.verbs import verb_name
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal

_WHO = Personal(
    purpose=gettext_noop("To know who did what, and to answer for it."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Three years after the act."),
    erasure=Erasure.EMPTIED,
)


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row of the journal: a programming error."""


def _refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    msg = "rows of the journal are neither changed nor deleted"
    raise AppendOnlyError(msg)


class EventQuerySet(models.QuerySet["Event"]):
    """Reads and adds; refuses the rest."""

    update = _refuse
    delete = _refuse
    bulk_update = _refuse
    update_or_create = _refuse


class Event(models.Model):
    """One act. `details` holds numbers, codes and names of columns, never a person's data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60, db_index=True)
    subject_type = models.CharField(max_length=60, blank=True)  # "places.Place"
    subject_id = models.CharField(max_length=60, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects: ClassVar[models.Manager["Event"]] = EventQuerySet.as_manager()
    privacy = Declared(
        personal={"actor": _WHO, "actor_label": _WHO, "subject_label": _WHO},
        other="id at verb subject_type subject_id details",
    )

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("subject_type", "subject_id", "at"), name="event_subject"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb} {self.subject_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse when it is already there."""
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        _refuse()

    @property
    def verb_name(self) -> str:
        """The act, in words."""
        return verb_name(self.verb)

    @classmethod
    def unguarded(cls) -> models.QuerySet["Event"]:
        """Rows that may be changed: for `operations.purge` and `operations.forget_actor`, nothing else."""
        return models.QuerySet(cls)
