"""French is complete, and .po and .mo are in step with the words."""

import io
from gettext import GNUTranslations

import pytest

from tools.catalogues import apps, check, mo_bytes


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_catalogue_is_complete_and_in_step(app):
    assert check(app) == []


def test_no_line_begins_with_a_question_mark():
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po = head + 'msgid "bus"\nmsgstr "Le « bus » est : là ?"\n'
    compiled = GNUTranslations(io.BytesIO(mo_bytes(po.encode())))
    assert compiled.gettext("bus") == "Le «\u00a0bus\u00a0» est\u00a0: là\u00a0?"
