import pytest

from pourtous.places.models import Place
from pourtous.runtime.exports import tables
from tests.places.factories import LayerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["places", "layers"])
def test_each_row_has_a_value_for_each_described_column(name):
    layer = LayerFactory(place__services=("Aide aux démarches administratives", "Utilisation sécurisée du numérique"))
    columns, rows = tables()[name].source()
    (row,) = list(rows)
    found = dict(zip([column.name for column in columns], row, strict=True))
    assert all(column.description for column in columns)
    if name == "places":
        assert found["services"] == "Aide aux démarches administratives|Utilisation sécurisée du numérique"
        assert found["code"] == Place.objects.get().code
    else:
        assert (found["local_id"], found["place"]) == (layer.local_id, layer.place_id)
