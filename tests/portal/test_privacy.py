"""The privacy notice says everything the declarations say, in French."""

import pytest
from django.apps import apps
from django.utils import translation

from pourtous.kernel.privacy import Declared
from pourtous.portal.treatments import COLUMNS, treatments


def declared():
    for model in apps.get_models():
        privacy = getattr(model, "privacy", None)
        if isinstance(privacy, Declared):
            for column, personal in privacy.personal.items():
                yield f"{model._meta.label}.{column}", column, personal


def test_every_personal_column_has_a_name_and_its_sentences_are_in_french():
    with translation.override("fr"):
        unknown = [
            where
            for where, column, personal in declared()
            if column not in COLUMNS
            or translation.gettext(personal.purpose) == personal.purpose
            or translation.gettext(personal.retention) == personal.retention
        ]
    assert unknown == []


@pytest.mark.django_db
def test_the_page_shows_each_purpose(client):
    with translation.override("fr"):
        purposes = [one.purpose for one in treatments()]
    html = client.get("/vos-donnees/").content.decode()
    assert all(purpose in html for purpose in purposes)
