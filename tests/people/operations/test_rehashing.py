from argparse import Namespace
from datetime import UTC, date, datetime

import pytest

from pourtous.people.commands import rehash_people
from pourtous.people.models import Person
from pourtous.people.operations import register
from pourtous.people.operations.rehashing import rehash
from pourtous.people.queries.duplicates import lookalikes
from tests.accounts.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_changed_key_finds_until_the_files_are_hashed_anew(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "one", []
    asked = {"first_name": "Zoé", "last_name": "Dupré", "birth_year": 1961, "phone": "0639981234"}
    register(
        unit=UnitFactory(capabilities=["prescriber"]),
        purpose="training",
        notice_kind="oral",
        notice_on=date(2026, 11, 23),
        actor=None,
        now=NOW,
        agrees_to_be_found=True,
        **asked,
    )
    user = UserFactory()
    settings.SECRET_KEY = "two"
    assert not lookalikes(user, **asked, now=NOW)
    settings.SECRET_KEY_FALLBACKS = ["one"]
    assert lookalikes(user, **asked, now=NOW).elsewhere
    before = Person.objects.get().name_hash
    assert rehash(now=NOW) == 1
    assert Person.objects.get().name_hash != before
    settings.SECRET_KEY_FALLBACKS = []
    assert lookalikes(user, **asked, now=NOW).elsewhere
    assert rehash(now=NOW) == 0


def test_the_command_says_how_many(capsys):
    assert rehash_people(Namespace()) == 0
    assert "0" in capsys.readouterr().out
