"""Private files: uploads to import, reports to download. Never served but through a view that asks who wants them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from pourtous.kernel.clock import paris
from pourtous.kernel.ids import uuid7
from pourtous.kernel.text import clean
from pourtous.runtime.models import StoredFile

FOLDER = "private"
_BLOCK = 1 << 20
_NAME_LENGTH = 150

Content = bytes | IO[bytes] | Iterable[bytes]


def store(*, name: str, content: Content, actor: Any | None, now: datetime, keep_days: int = 30) -> StoredFile:
    """Keep bytes (or an open file, or blocks) under a name of ours; `name` is what the person sees.

    The bytes are on disk before the row is. Errors: OSError when the disk refuses.
    """
    identity = uuid7()
    location = f"{FOLDER}/{identity.hex[-2:]}/{identity.hex}"
    path = Path(settings.MEDIA_ROOT) / location
    size, digest = _write(path, content)
    return StoredFile.objects.create(
        id=identity,
        name=safe_name(name),
        location=location,
        size=size,
        sha256=digest,
        owner=actor if actor is not None and actor.pk is not None else None,
        stored_at=now,
        purge_on=paris(now).date() + timedelta(days=keep_days),
    )


def safe_name(name: str) -> str:
    """The last part of a file's name, without what a header or a disk could misread; never empty.

    At most 150 characters, extension kept.
    """
    last = clean(name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c not in '<>:"|?*;').strip(" .") or "file"
    stem, dot, extension = kept.rpartition(".")
    if len(kept) <= _NAME_LENGTH or not dot or len(extension) > 10:  # noqa: PLR2004
        return kept[:_NAME_LENGTH]
    return stem[: _NAME_LENGTH - len(extension) - 1] + dot + extension


def _write(path: Path, content: Content) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    size, digest = 0, hashlib.sha256()
    try:
        with partial.open("xb") as out:
            for block in _blocks(content):
                out.write(block)
                digest.update(block)
                size += len(block)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return size, digest.hexdigest()


def _blocks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif hasattr(content, "read"):
        while block := content.read(_BLOCK):
            yield block
    else:
        yield from content


def keep_until(stored: StoredFile, day: date) -> None:
    """Let a file be deleted from this day on, and not before."""
    StoredFile.objects.filter(pk=stored.pk).update(purge_on=day)


def delete(stored: StoredFile) -> None:
    """Delete a file and its row (row first: a row never points at nothing)."""
    path = stored.path
    stored.delete()
    path.unlink(missing_ok=True)


def purge(*, now: datetime, dry_run: bool = False) -> int:
    """Delete files whose time has come, and bytes that no row knows (a day old or more). Returns how many."""
    due = list(StoredFile.objects.filter(purge_on__lte=paris(now).date()))
    strays = _strays(now - timedelta(days=1))
    if not dry_run:
        for stored in due:
            delete(stored)
        for path in strays:
            path.unlink(missing_ok=True)
    return len(due) + len(strays)


def _strays(before: datetime) -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    known = set(StoredFile.objects.values_list("location", flat=True))
    return [
        path
        for path in (root / FOLDER).glob("*/*")
        if path.relative_to(root).as_posix() not in known and path.stat().st_mtime < before.timestamp()
    ]
