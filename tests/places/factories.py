"""Places for tests: invented, published, in the middle of an invented town."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from pourtous.kernel.text import fold
from pourtous.places.enums import ProblemAbout
from pourtous.places.models import Collector, Layer, Place, ProblemReport


class PlaceFactory(DjangoModelFactory):
    """A published place; `search_text` and `sort_name` follow the name, commune and address."""

    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Atelier numérique {n}")
    commune_name = "Valbrune"
    postcode = "34990"
    insee_code = "34998"
    departement = "34"
    address = "3 rue des Tilleuls"
    latitude = 43.6
    longitude = 3.8
    position_origin = "given"
    phone = "+33465713400"
    opening_hours = "Mo-Fr 09:00-12:00,14:00-17:00"
    services = ("Aide aux démarches administratives",)
    sort_name = factory.LazyAttribute(lambda place: fold(place.name))
    search_text = factory.LazyAttribute(
        lambda place: f" {fold(f'{place.name} {place.commune_name} {place.postcode} {place.address}')}"
    )


class CollectorFactory(DjangoModelFactory):
    """Who hands rows over."""

    class Meta:
        model = Collector

    code = factory.Sequence(lambda n: f"collecteur-{n}")
    name = factory.LazyAttribute(lambda collector: collector.code)


class LayerFactory(DjangoModelFactory):
    """What one collector says of a place."""

    class Meta:
        model = Layer

    collector = factory.SubFactory(CollectorFactory)
    local_id = factory.Sequence(lambda n: f"local-{n}")
    place = factory.SubFactory(PlaceFactory)
    values = factory.Dict({})
    digest = "0"
    imported_at = datetime(2026, 11, 2, 9, tzinfo=UTC)


class ProblemReportFactory(DjangoModelFactory):
    """Something is wrong at a place."""

    class Meta:
        model = ProblemReport

    place = factory.SubFactory(PlaceFactory)
    about = ProblemAbout.HOURS
    text = "Fermé le mercredi."
    received_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
