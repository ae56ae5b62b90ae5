"""A book in somebody's hands: who handed it over, to whom, why, and what came first."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.agenda.models import Registration
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.passes.enums import HandOverChannel, ToldKind, Unbooked
from pourtous.passes.models.books import Book
from pourtous.passes.models.campaigns import Campaign, CampaignPublic
from pourtous.passes.models.evidence import SIGNED
from pourtous.people.enums import Reach
from pourtous.people.models import Person
from pourtous.territories.models import Commune

_HOLDER = Personal(
    purpose=gettext_noop("To know who was handed a book, to remind them, and to hand out no more than allowed."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Two years after the last contact."),
    erasure=Erasure.EMPTIED,
)


class HandOver(models.Model):
    """A book handed to a person by a prescriber. Undone only while no pass of it was used.

    The cap is held by a key: `ordinal` is 1 for the first book of a person in a campaign, 2 for the second.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="hand_overs")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="hand_overs")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="pass_books")
    ordinal = models.PositiveSmallIntegerField(default=1)
    public = models.ForeignKey(CampaignPublic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # the prescriber's
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=8, choices=HandOverChannel, default=HandOverChannel.DESK)
    handed_on = models.DateField()
    recorded_at = models.DateTimeField()
    first_registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    unbooked = models.CharField(max_length=12, choices=Unbooked, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    reminders = models.PositiveSmallIntegerField(default=0)  # of the campaign's reminder days, already sent
    warned_on = models.DateField(null=True, blank=True)  # told that unused passes will be cancelled
    released_on = models.DateField(null=True, blank=True)  # unused passes cancelled after the warning
    kept = models.PositiveSmallIntegerField(null=True, blank=True)  # passes of a replacement; none: the whole book
    carried = models.PositiveSmallIntegerField(default=0)  # sessions attended before, with the book it replaces
    undone_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"person": _HOLDER, "commune": _HOLDER, "by": SIGNED},
        other="id campaign book ordinal public unit channel handed_on recorded_at first_registration unbooked "
        "replaces reminders warned_on released_on kept carried undone_at",
    )

    class Meta:
        ordering = ("-handed_on", "-id")
        indexes = (models.Index(fields=("campaign", "unit", "handed_on"), name="hand_over_unit"),)
        constraints = (
            models.UniqueConstraint(fields=("book",), condition=Q(undone_at=None), name="book_handed_once"),
            models.UniqueConstraint(
                fields=("campaign", "person", "ordinal"),
                condition=Q(undone_at=None, person__isnull=False, replaces=None),
                name="books_per_person",
            ),
            models.UniqueConstraint(
                fields=("replaces",), condition=Q(undone_at=None, replaces__isnull=False), name="book_replaced_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id} {self.handed_on:%Y-%m-%d}"


class Told(models.Model):
    """A message about a book that nobody uses: once a step. Its prescriber reads of it in the next daily digest.

    `way`: how it went; `call` when no message could leave and somebody has to call; `none`: wants no message.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="told")
    kind = models.CharField(max_length=8, choices=ToldKind)
    step = models.PositiveSmallIntegerField()  # from 1
    way = models.CharField(max_length=14, choices=Reach)
    at = models.DateTimeField()
    copied_at = models.DateTimeField(null=True, blank=True)  # stands in a digest

    privacy = Declared(other="id hand_over kind step way at copied_at")

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("at",), condition=Q(copied_at=None), name="told_to_copy"),)
        constraints = (models.UniqueConstraint(fields=("hand_over", "kind", "step"), name="told_once_a_step"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.step}"
