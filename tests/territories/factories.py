"""Invented communes, EPCI, zones, streets and house numbers."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from pourtous.territories.models import Address, Commune, Epci, FormerCommune, Street, Zone


class EpciFactory(DjangoModelFactory):
    class Meta:
        model = Epci
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"2999{n:05}")
    name = factory.Sequence(lambda n: f"CC des Monts Inventés {n}")
    kind = "CC"
    population = 12_000


class CommuneFactory(DjangoModelFactory):
    """An invented commune; its outline is a square of about 4 km around its centre."""

    class Meta:
        model = Commune
        django_get_or_create = ("code",)

    class Params:
        half_side = 0.02

    code = factory.Sequence(lambda n: f"349{n % 100:02}")
    name = factory.Sequence(lambda n: f"Roquevive-{n}")
    departement = "34"
    epci = None
    postcodes = ("34990",)
    population = 1_500
    latitude = factory.Sequence(lambda n: round(43.4 + 0.05 * (n % 10), 4))
    longitude = factory.Sequence(lambda n: round(3.0 + 0.05 * (n // 10 % 10), 4))

    @factory.lazy_attribute
    def outline(self):
        west, east = self.longitude - self.half_side, self.longitude + self.half_side
        south, north = self.latitude - self.half_side, self.latitude + self.half_side
        return [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]]


class FormerCommuneFactory(DjangoModelFactory):
    class Meta:
        model = FormerCommune

    code = factory.Sequence(lambda n: f"348{n % 100:02}")
    name = factory.Sequence(lambda n: f"Vieuxbourg-{n}")
    successor = factory.SubFactory(CommuneFactory)
    until = date(2019, 1, 1)


class ZoneFactory(DjangoModelFactory):
    class Meta:
        model = Zone
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Zone inventée {n}")
    valid_from = date(2026, 1, 1)

    @factory.post_generation
    def communes(self, create, extracted, **_kwargs):
        if create and extracted:
            self.communes.set(extracted)


class StreetFactory(DjangoModelFactory):
    class Meta:
        model = Street

    id = factory.LazyAttributeSequence(lambda street, n: f"{street.commune.code}_{n:04}")
    commune = factory.SubFactory(CommuneFactory)
    name = factory.Sequence(lambda n: f"Rue du Moulin {n}")
    postcode = factory.LazyAttribute(lambda street: street.commune.postcodes[0])
    latitude = factory.SelfAttribute("commune.latitude")
    longitude = factory.SelfAttribute("commune.longitude")


class AddressFactory(DjangoModelFactory):
    class Meta:
        model = Address

    id = factory.LazyAttribute(
        lambda address: f"{address.street.id}_{address.number:05}{address.suffix and '_'}{address.suffix}"
    )
    street = factory.SubFactory(StreetFactory)
    number = factory.Sequence(lambda n: n + 1)
    suffix = ""
    postcode = factory.SelfAttribute("street.postcode")
    latitude = factory.SelfAttribute("street.latitude")
    longitude = factory.SelfAttribute("street.longitude")
