import pytest
from django.apps import apps

from pourtous.runtime.exports import tables
from tests.passes.factories import NOW, handed, pass_of, world
from tests.passes.test_holdings import take

pytestmark = pytest.mark.django_db
LEFT_OUT = {"code_digest", "token_digest", "secret_digest", "pin_hash", "digest", "iban_sealed"}
MODELS = list(apps.get_app_config("passes").get_models())


def table_of(model):
    return next(one for one in tables().values() if model._meta.label in one.covers)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_is_told_but_secrets(model):
    columns = {column.name for column in table_of(model).source()[0]}
    wanted = {field.attname for field in model._meta.concrete_fields} - LEFT_OUT
    if model.__name__ == "Batch":
        wanted.add("code_digest")  # the name of a method, not a digest
    assert columns == wanted


def test_rows_come_out():
    made = world()
    handed(made, now=NOW)
    take(made, pass_of(made))
    for model in MODELS:
        columns, rows = table_of(model).source()
        found = list(rows)
        assert len(found) == model.objects.count()
        assert all(len(row) == len(columns) for row in found)
