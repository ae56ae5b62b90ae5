import pytest

from pourtous.accounts.models import User
from pourtous.kernel.errors import DomainError
from pourtous.runtime import backups
from pourtous.runtime.models import StoredFile
from pourtous.runtime.verification import run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("content", [None, b"", b"not a backup", b"\x1f\x8b\x08\x00cut"])
def test_what_is_no_backup_is_refused(tmp_path, content):
    file = tmp_path / "bad"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DomainError):
        backups.restore(file)


def test_an_installation_with_users_is_not_overwritten_by_mistake(tmp_path):
    User.objects.create_user("camille@example.example", "Camille Essai")
    with pytest.raises(DomainError, match="--replace"):
        backups.restore(tmp_path / "any")


def test_verify_sees_a_missing_file():
    StoredFile.objects.create(
        name="a.csv", location="private/aa/gone", size=3, stored_at="2026-11-23T09:00Z", purge_on="2099-01-01"
    )
    faults = [fault for _title, found in run() for fault in found]
    assert any("the file is missing" in fault for fault in faults)
