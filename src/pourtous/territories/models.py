"""Communes with their history, EPCI, postcodes, zones, streets and house numbers."""

from django.db import models

from pourtous.kernel.fields import TermListField
from pourtous.kernel.geometry import Point
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared


class Epci(models.Model):
    """A group of communes with its own taxes (EPCI); it may reach outside the département."""

    code = models.CharField(primary_key=True, max_length=9)  # SIREN
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # CC, CA, CU, METRO
    population = models.PositiveIntegerField()  # all members, outside ones included

    privacy = Declared(other="code name kind population")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """A commune of the reference year, with a point to measure from and a simplified outline."""

    code = models.CharField(primary_key=True, max_length=5)  # INSEE code: 2A004, 34172
    name = models.CharField(max_length=100)
    departement = models.CharField(max_length=3)
    epci = models.ForeignKey(Epci, null=True, on_delete=models.PROTECT, related_name="communes")
    postcodes = TermListField()
    population = models.PositiveIntegerField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    outline = models.JSONField(null=True)  # rings of [lon, lat]: list of polygons, each a list of rings

    privacy = Declared(other="code name departement epci postcodes population latitude longitude outline")

    class Meta:
        ordering = ("name", "code")
        indexes = (models.Index(fields=("departement",), name="commune_departement"),)

    def __str__(self) -> str:
        return self.name

    @property
    def centre(self) -> Point:
        """The point distances are measured from: the town hall where known, else the middle of the outline."""
        return Point(self.latitude, self.longitude)


class FormerCommune(models.Model):
    """A code or a name that no longer is a commune of its own: merged, delegated, or renamed."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=100)
    successor = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="former")
    until = models.DateField()  # first day on which it was no longer a commune

    privacy = Declared(other="id code name successor until")

    class Meta:
        ordering = ("code", "until")
        constraints = (models.UniqueConstraint(fields=("code", "name"), name="one_former_commune"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.successor})"


class Zone(models.Model):
    """A named, dated set of communes that the team edits: where a campaign opens, a territory of action."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # first day out
    communes = models.ManyToManyField(Commune, related_name="zones")
    is_confirmed = models.BooleanField(default=False)

    privacy = Declared(other="id name note valid_from valid_until communes is_confirmed")

    class Meta:
        ordering = ("name", "valid_from")
        constraints = (models.UniqueConstraint(fields=("name", "valid_from"), name="one_zone_by_name_and_date"),)

    def __str__(self) -> str:
        return self.name


class Dataset(models.Model):
    """A set of reference data as it stands: what file it came from, and a number that grows when it changes.

    Processes that keep a copy in memory (the geocoder) read it again when the number has grown.
    """

    name = models.CharField(primary_key=True, max_length=40)  # "reference", "addresses"
    digest = models.CharField(max_length=64, blank=True)  # of what was last loaded whole
    revision = models.PositiveBigIntegerField(default=0)
    loaded_at = models.DateTimeField(null=True)

    privacy = Declared(other="name digest revision loaded_at")

    def __str__(self) -> str:
        return self.name


class Street(models.Model):
    """A street or locality of a commune, from the national address base."""

    id = models.CharField(primary_key=True, max_length=40)  # commune + street key of the base
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="streets")
    name = models.CharField(max_length=200)
    postcode = models.CharField(max_length=5, blank=True)
    former_commune = models.CharField(max_length=100, blank=True)
    is_locality = models.BooleanField(default=False)
    latitude = models.FloatField()
    longitude = models.FloatField()
    revision = models.PositiveBigIntegerField(default=0)  # the import that last saw it

    privacy = Declared(other="id commune name postcode former_commune is_locality latitude longitude revision")

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """A house number. Positions are those of the base, degrees."""

    id = models.CharField(primary_key=True, max_length=60)  # interoperability key: 34172_0650_00012_bis
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="addresses")
    number = models.PositiveIntegerField()
    suffix = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=5, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    revision = models.PositiveBigIntegerField(default=0)  # the import that last saw it

    privacy = Declared(other="id street number suffix postcode latitude longitude revision")

    class Meta:
        indexes = (
            models.Index(fields=("street", "number"), name="address_number"),
            models.Index(fields=("latitude", "longitude"), name="address_position"),
        )

    def __str__(self) -> str:
        return f"{self.number}{self.suffix}"
