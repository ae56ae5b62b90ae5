"""Five minutes of a resource, taken once."""

from django.db import models
from django.db.models import Q

from pourtous.agenda.models.appointments import Appointment
from pourtous.agenda.models.courses import Session
from pourtous.agenda.models.resources import Resource
from pourtous.kernel.privacy import Declared


class Tick(models.Model):
    """A resource is taken for five minutes. The unique key is what makes double booking impossible.

    `number` counts five minutes since 1970 (UTC): the wall clock may jump, ticks do not. Reading what is taken
    needs one row a taking, not one a tick: the first says in `span` how many there are.
    """

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="ticks")
    number = models.PositiveIntegerField()
    span = models.PositiveSmallIntegerField(default=0)  # ticks of this taking, on its first; 0 on the others
    appointment = models.ForeignKey(Appointment, null=True, blank=True, on_delete=models.CASCADE, related_name="ticks")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.CASCADE, related_name="ticks")

    privacy = Declared(other="id resource number span appointment session")

    class Meta:
        indexes = (
            models.Index(fields=("resource", "number", "span"), condition=Q(span__gt=0), name="tick_first_of_a_taking"),
        )
        constraints = (
            models.UniqueConstraint(fields=("resource", "number"), name="tick_taken_once"),
            models.CheckConstraint(
                name="tick_taken_by_one_thing",
                condition=Q(appointment__isnull=False, session__isnull=True)
                | Q(appointment__isnull=True, session__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.number)
