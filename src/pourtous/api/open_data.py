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

FORMATS = ("csv", "json", "geojson")
_GRACE_SECONDS = 3600  # files of an older state may still be on their way to somebody


@dataclass(frozen=True)
class Distribution:
    """One file on offer: its format, media type and sizes in bytes, plain and compressed."""

    format: str
    media_type: str
    size: int
    compressed_size: int


def folder() -> Path:
    """Where the files are kept: they hold nothing private and can be made again."""
    return Path(settings.MEDIA_ROOT) / "open"


def path_of(wanted: Edition, name: str) -> Path:
    """Where the file of a format is (or will be); the compressed one has `.gz` behind it."""
    return folder() / f"lieux-{wanted.stamp}.{name}"


def ensure(wanted: Edition, name: str) -> Path:
    """The file of a format, made now when nobody has asked for it since the directory changed."""
    path = path_of(wanted, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        content = files.build(name).content
        _write(path.with_name(f"{path.name}.gz"), gzip.compress(content, 6, mtime=0))
        _write(path, content)
        _forget(older_than=path)
    return path


def distributions(wanted: Edition) -> Iterator[Distribution]:
    """All files on offer."""
    for name in FORMATS:
        path = ensure(wanted, name)
        compressed = path.with_name(f"{path.name}.gz")
        yield Distribution(name, files.FORMATS[name][1], path.stat().st_size, compressed.stat().st_size)


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
