"""French is complete, and .po and .mo are in step with the words."""

import pytest

from tools.catalogues import apps, check


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_catalogue_is_complete_and_in_step(app):
    assert check(app) == []
