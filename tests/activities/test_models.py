import pytest
from django.db import models

from tests.activities import factories

FACTORIES = [
    kind for kind in vars(factories).values() if isinstance(kind, type) and kind.__module__ == factories.__name__
]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FACTORIES, ids=lambda kind: kind.__name__)
def test_each_row_can_be_saved_and_named(kind):
    row = kind()
    assert isinstance(row, models.Model)
    assert str(type(row).objects.get(pk=row.pk))
