"""Figures counted ahead, month by month: what a page of statistics adds up instead of reading every activity."""

from django.db import models

from pourtous.accounts.models import Unit, User
from pourtous.kernel.privacy import Declared
from pourtous.people.models import Person


class MonthCount(models.Model):
    """Of one mediator's activities in one month for one unit, how many were of a value in a dimension.

    `dimension` and `value`: see `rules/tally.py`. `minutes` are those of the activities, once each.
    """

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()  # its first day
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    mediator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=12)
    value = models.CharField(max_length=60, blank=True)
    activities = models.PositiveIntegerField()
    accompaniments = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()

    privacy = Declared(other="id month unit mediator dimension value activities accompaniments minutes")

    class Meta:
        ordering = ("month", "dimension", "value", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("month", "unit", "mediator", "dimension", "value"), name="month_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.dimension} {self.value}"


class TerritoryCount(models.Model):
    """The same of all mediators together: what those who steer look at, without adding up fifty of each."""

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()
    dimension = models.CharField(max_length=12)
    value = models.CharField(max_length=60, blank=True)
    activities = models.PositiveIntegerField()
    accompaniments = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()

    privacy = Declared(other="id month dimension value activities accompaniments minutes")

    class Meta:
        ordering = ("month", "dimension", "value", "id")
        constraints = (
            models.UniqueConstraint(fields=("month", "dimension", "value"), name="territory_month_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.dimension} {self.value}"


class MonthPerson(models.Model):
    """A person a mediator helped in a month: how many different people were helped is not a sum of months."""

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    mediator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    privacy = Declared(other="id month unit mediator person")

    class Meta:
        ordering = ("month", "id")
        indexes = (models.Index(fields=("person", "month"), name="month_person_months"),)
        constraints = (
            models.UniqueConstraint(fields=("month", "unit", "mediator", "person"), name="month_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class CountedPerson(models.Model):
    """The number a person has in the sets of `TerritoryPeople`: small, given once, never given again."""

    id = models.BigAutoField(primary_key=True)  # the number
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="counted")

    privacy = Declared(other="id person")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.pk)


class TerritoryPeople(models.Model):
    """All people helped in a month, as a set of numbers (`rules/number_sets.py`): months are united in no time."""

    id = models.BigAutoField(primary_key=True)
    month = models.DateField(unique=True)
    people = models.BinaryField()

    privacy = Declared(other="id month people")

    class Meta:
        ordering = ("month",)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class StaleMonth(models.Model):
    """A mediator's month that changed since it was counted: read from its activities until it is counted again."""

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    mediator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    marks = models.PositiveIntegerField(default=1)

    privacy = Declared(other="id month unit mediator marks")

    class Meta:
        ordering = ("month", "id")
        constraints = (models.UniqueConstraint(fields=("month", "unit", "mediator"), name="month_stale_once"),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
