"""Nobody reaches anything but public pages without a second factor: asked of every address there is."""

from itertools import product

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLResolver

from pourtous.accounts.middleware import SETTING_UP
from pourtous.kernel.access import PUBLIC, access_of
from tests.accounts.factories import UserFactory, someone

VALUES = ("00000000-0000-7000-8000-000000000000", "1", "x", "2026-01-01", "pdf", "recu")


def routes(resolver=None, names=()):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, (*names, entry.namespace) if entry.namespace else names)
        elif entry.name:
            yield ":".join((*names, entry.name)), entry


def address(name, entry):
    parameters = list(entry.pattern.regex.groupindex)
    for values in product(VALUES, repeat=len(parameters)):
        try:
            return reverse(name, kwargs=dict(zip(parameters, values, strict=True)))
        except NoReverseMatch:
            continue
    return None


ALL = dict(routes())
PROTECTED = [
    name
    for name, entry in ALL.items()
    if PUBLIC not in {access_of(entry.callback, name), access_of(entry.callback, entry.name)}
]


def test_there_is_something_to_test():
    assert {"work-home", "profile", "mfa_view_recovery_codes"} <= set(PROTECTED)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(set(PROTECTED) - SETTING_UP))
def test_every_protected_address_sends_to_setting_one(client, name, method):
    where = address(name, ALL[name])
    assert where is not None, f"no value for the parameters of {name}: add one to VALUES"
    client.force_login(someone("steering", role="manager", with_second_factor=False))
    answer = getattr(client, method)(where)
    assert answer.status_code == 302, name
    assert answer.url == "/compte/second-facteur/activer/", name


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(SETTING_UP))
def test_what_one_needs_to_set_it_is_open(client, name):
    client.force_login(UserFactory(with_second_factor=False))
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == 200


@pytest.mark.django_db
def test_recovery_codes_alone_are_no_second_factor(client):
    user = UserFactory()
    user.authenticator_set.filter(type="totp").delete()
    client.force_login(user)
    assert client.get("/travail/").url == "/compte/second-facteur/activer/"
