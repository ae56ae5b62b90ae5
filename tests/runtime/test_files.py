import hashlib
import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.runtime import files
from pourtous.runtime.models import StoredFile

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"abc", io.BytesIO(b"abc"), [b"a", b"bc"]])
def test_bytes_are_kept_whole_under_a_name_of_ours(content):
    stored = files.store(name="../../lieux.csv", content=content, actor=None, now=NOW)
    assert stored.path.read_bytes() == b"abc"
    assert (stored.name, stored.size, stored.sha256) == ("lieux.csv", 3, hashlib.sha256(b"abc").hexdigest())
    assert "lieux" not in stored.location


@pytest.mark.django_db
def test_what_fails_half_way_leaves_nothing(tmp_path):
    def broken():
        yield b"a"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        files.store(name="a.csv", content=broken(), actor=None, now=NOW)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_files_go_when_their_time_has_come():
    kept = files.store(name="a.csv", content=b"a", actor=None, now=NOW, keep_days=30)
    gone = files.store(name="b.csv", content=b"b", actor=None, now=NOW, keep_days=5)
    assert files.purge(now=NOW + timedelta(days=6)) == 1
    assert kept.path.exists()
    assert not gone.path.exists()


@pytest.mark.django_db
def test_bytes_without_a_row_go_after_a_day(tmp_path):
    stray = tmp_path / files.FOLDER / "aa" / "stray"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"left by a transaction that failed")
    os.utime(stray, (NOW.timestamp(), NOW.timestamp()))
    assert files.purge(now=NOW + timedelta(hours=1)) == 0
    assert files.purge(now=NOW + timedelta(hours=25)) == 1
    assert not stray.exists()


@given(st.text(max_size=400))
def test_a_name_is_never_a_path_nor_a_header(name):
    safe = files.safe_name(name)
    assert 0 < len(safe) <= 150
    assert not set(safe) & set('/\\\r\n\0"')
    assert safe not in {".", ".."}
