"""Skills checks: what a person can do, before and after."""

from django.db import models
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.activities.enums import Moment
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.people.models import Person
from pourtous.people.models.persons import held

_SKILL = held(gettext_noop("To choose what to learn next, and to show progress."))


class Diagnosis(models.Model):
    """One skills check of one person. `version` names the set of questions (`rules/questions.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="diagnoses")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    moment = models.CharField(max_length=6, choices=Moment)
    version = models.CharField(max_length=10)
    wish = models.CharField(max_length=300, blank=True)  # what the person wants, in their words
    stopped_early = models.BooleanField(default=False)  # the stop rule after the first gestures
    finished_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"person": _SKILL, "wish": _SKILL}, other="id unit by on moment version stopped_early finished_at"
    )

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class DiagnosisAnswer(models.Model):
    """One answer: context questions hold a term, skills 0 not yet, 1 with help, 2 alone, 3 could show someone."""

    id = models.BigAutoField(primary_key=True)
    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=30)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    term = models.CharField(max_length=30, blank=True)

    privacy = Declared(personal={"level": _SKILL, "term": _SKILL}, other="id diagnosis question")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("diagnosis", "question"), name="one_answer_a_question"),
            models.CheckConstraint(
                name="answer_level_known", condition=models.Q(level__isnull=True) | models.Q(level__lte=3)
            ),
        )

    def __str__(self) -> str:
        return self.question
