from datetime import UTC, date, datetime

import pytest

from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.places.enums import PlaceState
from pourtous.places.operations.editing import (
    assign_unit,
    close_place,
    create_place,
    edit_place,
    edited,
    hide_place,
    publish_place,
    release_field,
)
from tests.accounts.factories import UnitFactory, UserFactory
from tests.places.factories import LayerFactory, PlaceFactory
from tests.territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def actor():
    return UserFactory()


def test_a_value_the_manager_set_is_the_managers(actor):
    place = edit_place(place=PlaceFactory(name="Avant"), changes={"name": "Après"}, actor=actor, now=NOW)
    assert (place.name, place.sort_name, place.managed) == ("Après", "apres", ("name", "updated_on"))
    event = Event.objects.get(verb="places.edit")
    assert event.details == {"name": ["Avant", "Après"]}
    assert event.actor == actor


def test_saving_without_difference_confirms_the_place(actor):
    place = PlaceFactory(name="Pareil", updated_on=date(2025, 1, 1))
    place = edit_place(place=place, changes={"name": "Pareil"}, actor=actor, now=NOW)
    assert (place.updated_on, place.managed) == (date(2026, 11, 23), ("updated_on",))
    assert Event.objects.filter(verb="places.confirm").exists()


def test_a_new_address_is_managed_whole_and_located_again(actor):
    commune = CommuneFactory(name="Roquelune", postcodes=("34991",))
    place = PlaceFactory()
    changes = {"commune_name": "Roquelune", "postcode": "34991", "address": ""}
    place = edit_place(place=place, changes=changes, actor=actor, now=NOW)
    assert (place.insee_code, place.commune, place.point) == (commune.code, commune, commune.centre)
    assert (place.position_origin, place.position_level) == ("geocoded", "commune")
    assert {"address", "insee_code", "latitude", "longitude"} <= set(place.managed)


def test_a_position_given_by_the_manager_stands(actor):
    place = edit_place(place=PlaceFactory(), changes={"latitude": 43.7, "longitude": 3.9}, actor=actor, now=NOW)
    assert (place.latitude, place.position_origin) == (43.7, "manager")


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", ""), ("commune_name", ""), ("summary", "x" * 281), ("accessibility_url", "pas une adresse")],
)
def test_what_cannot_be_is_refused_with_its_field(actor, name, value):
    place = PlaceFactory(name="Avant")
    with pytest.raises(DomainError) as refused:
        edit_place(place=place, changes={name: value}, actor=actor, now=NOW)
    assert refused.value.field == name
    place.refresh_from_db()
    assert place.name == "Avant"


def test_a_preview_saves_nothing():
    place = PlaceFactory(name="Avant")
    assert edited(place, {"name": "Après"}).name == "Après"
    place.refresh_from_db()
    assert place.name == "Avant"


def test_a_column_given_back_shows_what_the_newest_source_says(actor):
    place = PlaceFactory(name="Du gestionnaire", managed=("name", "phone"), phone="+33465710001")
    LayerFactory(place=place, values={"name": "De la source", "commune_name": "Valbrune"})
    place = release_field(place=place, name="name", actor=actor, now=NOW)
    assert (place.name, place.phone, place.managed) == ("De la source", "+33465710001", ("phone",))
    with pytest.raises(DomainError):
        release_field(place=place, name="name", actor=actor, now=NOW)


def test_a_created_place_is_hidden_until_published(actor):
    unit = UnitFactory()
    place = create_place(values={"name": "Neuf", "commune_name": "Valbrune"}, actor=actor, now=NOW, unit=unit)
    assert (place.state, place.unit) == ("hidden", unit)
    assert publish_place(place=place, actor=actor, now=NOW).state == "published"


MOVES = {
    PlaceState.PUBLISHED: publish_place,
    PlaceState.HIDDEN: hide_place,
    PlaceState.CLOSED: close_place,
}
ALLOWED = {
    ("published", "hidden"),
    ("published", "closed"),
    ("hidden", "published"),
    ("hidden", "closed"),
    ("closed", "published"),
}


@pytest.mark.parametrize("before", PlaceState.values)
@pytest.mark.parametrize("after", PlaceState.values)
def test_only_the_allowed_moves_happen(actor, before, after):
    place = PlaceFactory(state=before)
    if (before, after) in ALLOWED:
        assert MOVES[after](place=place, actor=actor, now=NOW).state == after
        assert Event.objects.get(verb=f"places.{after}").details == {"state": [before, after]}
    else:
        with pytest.raises(DomainError):
            MOVES[after](place=place, actor=actor, now=NOW)
        place.refresh_from_db()
        assert place.state == before


def test_a_place_is_handed_to_a_unit(actor):
    unit = UnitFactory()
    assert assign_unit(place=PlaceFactory(), unit=unit, actor=actor, now=NOW).unit == unit
