"""The directory as whole files: made once for each state of the directory, kept on disk, sent from there."""

import gzip
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pourtous.places.exporters import files
from pourtous.places.exporters.editions import Edition
from pourtous.places.exporters.standard import rows

FORMATS = ("csv", "json", "geojson")
_GRACE_SECONDS = 3600  # files of an older state may still be on their way to somebody


@dataclass(frozen=True)
class Distribution:
    """One file on offer: its format, media type and sizes in bytes, plain and compressed, once it is made."""

    format: str
    media_type: str
    size: int | None
    compressed_size: int | None


def folder() -> Path:
    """Where the files are kept: they hold nothing private and can be made again."""
    return Path(settings.MEDIA_ROOT) / "open"


def path_of(wanted: Edition, name: str) -> Path:
    """Where the file of a format is (or will be); the compressed one has `.gz` behind it."""
    return folder() / f"lieux-{wanted.stamp}.{name}"


def ensure(wanted: Edition, name: str) -> Path:
    """The file of a format; when nobody has asked since the directory changed, all are made now from one reading."""
    path = path_of(wanted, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        found = list(rows())
        for format_name in FORMATS:
            write, _media_type = files.FORMATS[format_name]
            _write_both(path_of(wanted, format_name), write(found))
        _forget(older_than=path)
    return path


def distributions(wanted: Edition) -> Iterator[Distribution]:
    """All files on offer; the sizes of those that are made."""
    for name in FORMATS:
        path = path_of(wanted, name)
        sizes = (path.stat().st_size, _packed(path).stat().st_size) if path.exists() else (None, None)
        yield Distribution(name, files.FORMATS[name][1], *sizes)


def _packed(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")


def _write_both(path: Path, content: bytes) -> None:
    _write(_packed(path), gzip.compress(content, 6, mtime=0))
    _write(path, content)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: two processes may make the same file at once."""
    descriptor, partial = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    Path(partial).replace(path)


def _forget(*, older_than: Path) -> None:
    stem = older_than.name.split(".")[0]
    for path in older_than.parent.iterdir():
        is_old = time.time() - path.stat().st_mtime > _GRACE_SECONDS
        if is_old and not path.name.startswith(stem):
            path.unlink(missing_ok=True)
