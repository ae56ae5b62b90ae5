from datetime import timedelta

import pytest

from pourtous.passes.enums import Refusal
from pourtous.passes.models import ApiToken, Redemption, RefusedTry, Tablet, TabletPin
from pourtous.passes.tasks import old_refusals, old_tablets
from tests.accounts.factories import UnitFactory, UserFactory
from tests.passes.factories import NOW, handed, pass_of, world
from tests.passes.test_holdings import take

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
JUST_BEFORE, JUST_AFTER = NOW + YEAR - timedelta(seconds=1), NOW + YEAR + timedelta(seconds=1)


def tablet(unit, *, withdrawn_at=NOW):
    return Tablet.objects.create(
        unit=unit, name="Accueil", secret_digest=str(unit.pk), enrolled_at=NOW, withdrawn_at=withdrawn_at
    )


def pin(unit):
    return TabletPin.objects.create(unit=unit, user=UserFactory(), pin_hash="!", set_at=NOW)


def key(unit, *, revoked_at=NOW):
    digest = f"{unit.pk}{revoked_at}"
    return ApiToken.objects.create(unit=unit, name="Caisse", digest=digest[:64], made_at=NOW, revoked_at=revoked_at)


def test_refusals_go_after_a_year():
    RefusedTry.objects.create(unit=UnitFactory(), why=Refusal.UNKNOWN, at=NOW)
    assert old_refusals(JUST_BEFORE, dry_run=False) == 0
    assert old_refusals(JUST_AFTER, dry_run=True) == 1
    assert old_refusals(JUST_AFTER, dry_run=False) == 1
    assert not RefusedTry.objects.exists()
    assert old_refusals(JUST_AFTER, dry_run=False) == 0


def test_a_withdrawn_tablet_goes_after_a_year_with_its_pins_and_keys():
    unit = UnitFactory()
    tablet(unit)
    pin(unit)
    key(unit)
    assert old_tablets(JUST_BEFORE, dry_run=False) == 0
    assert old_tablets(JUST_AFTER, dry_run=True) == 3
    assert old_tablets(JUST_AFTER, dry_run=False) == 3
    assert not Tablet.objects.exists()
    assert not TabletPin.objects.exists()
    assert not ApiToken.objects.exists()


def test_what_is_in_use_stays():
    unit = UnitFactory()
    tablet(unit, withdrawn_at=None)
    pin(unit)
    key(unit, revoked_at=None)
    assert old_tablets(NOW + 10 * YEAR, dry_run=False) == 0
    assert TabletPin.objects.exists()


def test_passes_taken_on_it_stay():
    made = world()
    handed(made)
    taken = take(made, pass_of(made))
    Redemption.objects.filter(pk=taken.pk).update(tablet=tablet(made.host), token=key(made.host))
    assert old_tablets(JUST_AFTER, dry_run=False) == 2
    taken.refresh_from_db()
    assert (taken.tablet, taken.token) == (None, None)
