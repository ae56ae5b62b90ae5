"""Books of passes, how they were made, and the register of stock by serial ranges (valeurs inactives)."""

from django.db import models
from django.db.models import F, Q

from pourtous.accounts.models import Unit, User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.passes.enums import BatchOrigin, BatchState, BookState, MovementKind, PassState, SlipState
from pourtous.passes.models.campaigns import Campaign
from pourtous.passes.models.evidence import SIGNED
from pourtous.passes.rules.codes import serial
from pourtous.runtime.models import StoredFile
from pourtous.territories.models import Commune, Zone


class Batch(models.Model):
    """Books made at one time.

    `file` (the codes) and `document` (the PDF to print) hold every code in clear: sealed, taken once, gone once taken
    or printed. `commune` or `zone`: near which the courses on the covers are.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="batches")
    origin = models.CharField(max_length=10, choices=BatchOrigin, default=BatchOrigin.PRINTED)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.PREPARED)
    first = models.PositiveIntegerField()  # numbers of books, both included
    last = models.PositiveIntegerField()
    operator = models.CharField(max_length=120, blank=True)  # of books taken over
    code_digest = models.CharField(max_length=20, default="hmac-sha256")  # "sha256" for some operators' files
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")  # PDF
    issuer_address = models.CharField(max_length=160, blank=True)  # printed on each pass, as is who pays
    payer = models.CharField(max_length=80, blank=True)
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    downloaded_at = models.DateTimeField(null=True, blank=True)
    downloaded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    privacy = Declared(
        personal={"downloaded_by": SIGNED, "made_by": SIGNED},
        other="id campaign origin state first last operator code_digest file document issuer_address payer commune zone "
        "downloaded_at confirmed_at made_at",
    )

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (models.CheckConstraint(name="batch_has_books", condition=Q(last__gte=F("first"))),)

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


class Book(models.Model):
    """Ten passes under one serial number, which is never given twice. `holder` is the unit that answers for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="books")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="books")
    year = models.PositiveSmallIntegerField()  # of the vintage: campaigns of one year share a series of numbers
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=BookState, default=BookState.PREPARED)
    holder = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(null=True, blank=True)  # last day, once handed over
    attended = models.PositiveSmallIntegerField(default=0)  # sessions its passes paid for: opens tranches
    blocked_on = models.DateField(null=True, blank=True)  # declared lost or stolen, or cancelled after notice

    privacy = Declared(other="id campaign batch year number state holder valid_until attended blocked_on")

    class Meta:
        ordering = ("campaign", "number")
        indexes = (models.Index(fields=("campaign", "state", "holder"), name="book_stock"),)
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="serial_given_once"),
            models.UniqueConstraint(fields=("campaign", "number"), name="book_number_once"),
        )

    def __str__(self) -> str:
        return self.serial

    @property
    def serial(self) -> str:
        """What is printed on its cover."""
        return serial(self.year, self.number)


class Pass(models.Model):
    """One voucher. Codes are never kept: only keyed digests."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="passes")
    position = models.PositiveSmallIntegerField()  # from 1
    tranche = models.PositiveSmallIntegerField(default=0)  # sessions that must have been attended before
    value = models.PositiveIntegerField()  # cents
    state = models.CharField(max_length=10, choices=PassState, default=PassState.NEW)
    code_digest = models.CharField(max_length=64, unique=True)
    token_digest = models.CharField(
        max_length=64, unique=True, null=True, blank=True
    )  # none: taken over, no QR of ours

    privacy = Declared(other="id book position tranche value state code_digest token_digest")

    class Meta:
        ordering = ("book", "position")
        constraints = (
            models.UniqueConstraint(fields=("book", "position"), name="pass_position_once"),
            models.CheckConstraint(name="pass_has_value", condition=Q(value__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.book_id}-{self.position:02d}"

    @property
    def serial(self) -> str:
        """What is printed on it. The book must have been read with it."""
        return serial(self.book.year, self.book.number, self.position)


class Movement(models.Model):
    """A slip of the stock register: a range of books goes from one holder to another. Both sign; nothing is rubbed out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="movements")
    number = models.PositiveIntegerField()  # of the slip, in a continuous series
    kind = models.CharField(max_length=10, choices=MovementKind)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    from_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=SlipState, default=SlipState.WAITING)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"given_by": SIGNED, "taken_by": SIGNED},
        other="id campaign number kind first last from_unit to_unit reason state given_at taken_at",
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="slip_number_once"),
            models.CheckConstraint(name="slip_has_books", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="slip_signed_by_two",
                condition=~Q(state=SlipState.CONFIRMED) | Q(taken_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first}-{self.last}"


class StockTaking(models.Model):
    """A count of what a holder has, book by book, beside what the register says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="stock_takings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    counted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(default=list)  # numbers of the books seen
    missing = models.JSONField(default=list)  # numbers the register has here, not seen; filled at the end
    foreign = models.JSONField(default=list)  # numbers seen that the register has elsewhere; filled at the end

    privacy = Declared(
        personal={"counted_by": SIGNED}, other="id campaign unit started_at ended_at found missing foreign"
    )

    class Meta:
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"{self.unit} {self.started_at:%Y-%m-%d}"
