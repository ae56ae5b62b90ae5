"""Every column of every model is declared personal or not, with what the register needs."""

import pytest
from django.apps import apps
from django.utils.translation import override

from tools.data_dictionary import PAGE, page

MODELS = [m for m in apps.get_models() if m.__module__.startswith("pourtous.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_column_is_declared(model):
    columns = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    declared = getattr(model, "privacy", None)
    assert declared is not None, "no `privacy = Declared(…)`"
    assert declared.names() == columns
    assert not set(declared.personal) & set(declared.other.split())


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_personal_columns_say_why_and_for_how_long(model):
    for name, personal in model.privacy.personal.items():
        assert len(personal.purpose) > 15, name
        assert len(personal.retention) > 5, name


def test_the_data_dictionary_is_in_step():
    with override("en"):
        assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.data_dictionary"
