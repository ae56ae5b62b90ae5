from datetime import UTC, datetime, timedelta

import pytest

from pourtous.accounts.models import Invitation
from pourtous.accounts.operations import invitations
from tests.accounts.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_an_invitation_is_forgotten_thirty_days_after_it_ended():
    one = invitations.invite(unit=UnitFactory(), email="rose@lieu.example", role="member", actor=UserFactory(), now=NOW)
    assert invitations.forget_old(now=one.expires_at + timedelta(days=30)) == 0
    assert invitations.forget_old(now=one.expires_at + timedelta(days=30, seconds=1)) == 1
    assert not Invitation.objects.exists()
