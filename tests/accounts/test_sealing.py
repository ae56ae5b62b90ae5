"""What a stolen copy of the database shows of second factors: nothing that opens a door."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from pourtous.accounts.sealing import seal, unseal
from tests.accounts.factories import UserFactory

SECRET = "JBSWY3DPEHPK3PXP"
pytestmark = pytest.mark.django_db


def a_code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def factor():
    return TOTP.activate(UserFactory(with_second_factor=False), SECRET)


def test_the_database_does_not_hold_the_secret(factor):
    factor.instance.refresh_from_db()
    assert SECRET not in str(factor.instance.data)


def test_recovery_codes_are_sealed_too():
    held = UserFactory().authenticator_set.get(type="recovery_codes")
    assert set(held.data["seed"]) - set("0123456789abcdef")
    assert len(held.wrap().get_unused_codes()) == 10


def test_the_code_of_the_application_is_right(factor):
    assert factor.validate_code(a_code(SECRET))


def test_the_key_may_be_changed(factor, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one"
    assert factor.validate_code(a_code(SECRET))


def test_with_the_key_lost_no_code_is_right(factor, settings, caplog):
    settings.SECRET_KEY = "another one"
    assert not factor.validate_code(a_code(SECRET))
    assert not factor.validate_code(a_code(""))
    assert "SECRET_KEY" in caplog.text


def test_what_was_changed_in_the_database_is_refused(settings):
    sealed = seal(SECRET)
    assert unseal(sealed[:-6] + "AAAAA=") is None
    assert unseal(SECRET) is None
    assert unseal("") is None
