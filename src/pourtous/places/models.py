"""Places, the layers their facts come from, imports, and reports of something wrong.

A place shows one value a field: its manager's when there is one, else the newest layer's that has one.
"""

from django.conf import settings
from django.db import models

from pourtous.accounts.models import Unit
from pourtous.kernel.fields import TermListField
from pourtous.kernel.geometry import Point
from pourtous.kernel.ids import new_code, uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.places.enums import PlaceState, PositionOrigin, ProblemAbout, ReportState, RunState
from pourtous.runtime.models import StoredFile
from pourtous.territories.models import Commune


def new_place_code() -> str:
    """A code of eight letters: six would collide at 20,000 places (`operations.prepare.unused_codes` for many)."""
    return new_code(8)


class Place(models.Model):
    """A place or a mobile point where people get help: what the public sees.

    Column names are English; `places.standard` maps them to the 32 columns of the national standard.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_place_code, editable=False)
    state = models.CharField(max_length=10, choices=PlaceState, default=PlaceState.PUBLISHED)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="places")

    # The standard's columns (reference: places of digital mediation, schema 1.0.2).
    pivot = models.CharField(max_length=14, blank=True)
    name = models.CharField(max_length=250)
    commune_name = models.CharField(max_length=120)
    postcode = models.CharField(max_length=5, blank=True)
    insee_code = models.CharField(max_length=5, blank=True)
    address = models.CharField(max_length=250, blank=True)
    address_complement = models.CharField(max_length=250, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    typologies = TermListField()
    phone = models.CharField(max_length=20, blank=True)  # E.164: +33465713400
    emails = TermListField()
    websites = TermListField()
    opening_hours = models.TextField(blank=True)  # OSM opening_hours
    summary = models.CharField(max_length=280, blank=True)
    description = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True)  # the row's own `source`
    itinerance = TermListField()
    parent = models.CharField(max_length=250, blank=True)
    updated_on = models.DateField(null=True, blank=True)
    services = TermListField()
    audiences = TermListField()
    care = TermListField()
    fees = TermListField()
    programmes = TermListField()
    labels = TermListField()
    other_labels = TermListField()
    access_modes = TermListField()
    supports = TermListField()
    accessibility_url = models.URLField(max_length=500, blank=True)
    booking_url = models.URLField(max_length=500, blank=True)

    # Our own.
    networks = TermListField()  # enums.Network
    accepts_pass = models.BooleanField(null=True, blank=True)
    walk_in = models.BooleanField(null=True, blank=True)  # without appointment; None: to be checked
    wheelchair = models.BooleanField(null=True, blank=True)
    home_help = models.BooleanField(null=True, blank=True)
    plain_french = models.BooleanField(null=True, blank=True)  # helps those not at ease in French
    access_notes = models.TextField(blank=True)  # bus, entrance, languages: for the public
    hours_notes = models.CharField(max_length=300, blank=True)  # school holidays, exceptions, in words
    inferred_services = TermListField()  # from a programme; shown as such, never exported

    # Made by us.
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="places")
    departement = models.CharField(max_length=3, blank=True)
    position_origin = models.CharField(max_length=10, choices=PositionOrigin, default=PositionOrigin.NONE)
    position_level = models.CharField(max_length=12, blank=True)  # geocoder's: number, street, locality, commune
    search_text = models.TextField(blank=True, editable=False)  # folded name, commune, address, labels
    sort_name = models.CharField(max_length=250, blank=True, editable=False)  # folded name: same order everywhere
    managed = TermListField()  # columns whose value the manager set: imports leave them alone
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    privacy = Declared(
        other="id code state unit pivot name commune_name postcode insee_code address address_complement latitude "
        "longitude typologies phone emails websites opening_hours summary description source itinerance parent "
        "updated_on services audiences care fees programmes labels other_labels access_modes supports "
        "accessibility_url booking_url networks accepts_pass walk_in wheelchair home_help plain_french access_notes "
        "hours_notes inferred_services commune departement position_origin position_level search_text sort_name managed "
        "created_at modified_at"
    )

    class Meta:
        ordering = ("name", "id")
        indexes = (
            # Holds all that a search near a point first reads, so that it need not touch the wide rows.
            models.Index(fields=("state", "latitude", "longitude", "code"), name="place_position"),
            models.Index(fields=("state", "sort_name", "code"), name="place_name"),
            models.Index(fields=("state", "search_text", "sort_name", "code"), name="place_words"),
            # "state" first, so that a planner without statistics sees that two columns are better than one.
            models.Index(fields=("state", "insee_code"), name="place_insee"),
            models.Index(fields=("state", "commune"), name="place_commune"),
            models.Index(fields=("state", "departement"), name="place_departement"),
            models.Index(fields=("modified_at",), name="place_modified"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> Point | None:
        """Where it is, when known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def all_services(self) -> tuple[str, ...]:
        """Declared services, then those inferred from a programme."""
        return tuple(dict.fromkeys((*self.services, *self.inferred_services)))


class Collector(models.Model):
    """Who collects rows and hands them over: the `--source` of an import."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    licence = models.CharField(max_length=80, blank=True)

    privacy = Declared(other="code name licence")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Layer(models.Model):
    """What one collector says of one place, as read from its last file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    collector = models.ForeignKey(Collector, on_delete=models.PROTECT, related_name="layers")
    local_id = models.CharField(max_length=500)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="layers")
    values = models.JSONField()  # column of Place → value, normalised
    kept = models.JSONField(default=dict)  # what had no equivalent or was not usable: {column: raw text}
    digest = models.CharField(max_length=64)  # of values and kept: unchanged rows are seen at once
    imported_at = models.DateTimeField()
    absent_since = models.DateTimeField(null=True, blank=True)  # no longer in the collector's file
    absence_settled_at = models.DateTimeField(null=True, blank=True)  # the team has kept or closed the place

    privacy = Declared(
        other="id collector local_id place values kept digest imported_at absent_since absence_settled_at"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("collector", "local_id"), name="one_layer_by_local_id"),)

    def __str__(self) -> str:
        return f"{self.collector_id}-{self.local_id}"


class ImportRun(models.Model):
    """One reading of one file, with its report."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    collector = models.ForeignKey(Collector, on_delete=models.PROTECT, related_name="runs")
    format = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_dry = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    report = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    privacy = Declared(
        other="id collector format file_name file_sha256 file is_dry state report started_at ended_at started_by"
    )

    class Meta:
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d})"


_REPORT = Personal(
    purpose="To answer a person who tells us that something is wrong.",
    basis=Basis.PUBLIC_INTEREST,
    retention="Six months after the answer.",
    erasure=Erasure.EMPTIED,
)


class ProblemReport(models.Model):
    """Something is wrong here: said by anybody, answered by the team."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="reports")
    about = models.CharField(max_length=20, choices=ProblemAbout)
    text = models.TextField(blank=True, max_length=1000)
    contact = models.CharField(max_length=200, blank=True)  # phone or e-mail, only to be answered
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    answer = models.TextField(blank=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    privacy = Declared(
        personal={"text": _REPORT, "contact": _REPORT, "answer": _REPORT},
        other="id number place about state received_at settled_at settled_by",
    )

    class Meta:
        ordering = ("received_at",)

    def __str__(self) -> str:
        return self.number
