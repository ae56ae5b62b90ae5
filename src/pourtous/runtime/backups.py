"""One file that holds an installation: its database and its private files."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
FORMAT = 1


def backup(file: Path, *, now: datetime) -> int:
    """Write the backup, whole or not at all; the platform may go on working. Returns its size in bytes.

    The database is copied at one moment, then the files: a file added meanwhile is in, its row is not.
    """
    partial = file.with_name(file.name + ".part")
    try:
        with (
            tempfile.TemporaryDirectory(dir=file.parent) as folder,
            tarfile.open(partial, "w:gz", compresslevel=6) as out,
        ):
            copy = Path(folder) / DATABASE
            _dump(copy)
            manifest = {"format": FORMAT, "made": now.isoformat(), "vendor": connection.vendor}
            _add_bytes(out, MANIFEST, json.dumps(manifest).encode(), now)
            out.add(copy, DATABASE)
            if Path(settings.MEDIA_ROOT).is_dir():
                out.add(settings.MEDIA_ROOT, FILES)
        partial.replace(file)
    except OSError as error:
        raise DomainError(_("The backup cannot be written: %(reason)s.") % {"reason": error.strerror}) from error
    finally:
        partial.unlink(missing_ok=True)
    return file.stat().st_size


def _add_bytes(out: tarfile.TarFile, name: str, content: bytes, now: datetime) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(content), int(now.timestamp())
    out.addfile(entry, io.BytesIO(content))


def restore(file: Path, *, replace: bool = False) -> str:
    """Put a backup back. Returns when it was made.

    DomainError when the file is no backup, is of another kind of database, or this installation already has
    users and `replace` is not said. Nothing is touched before the backup was read whole.
    """
    if not replace and _has_users():
        raise DomainError(_("This installation already has users. Say --replace to lose them."))
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        manifest = _unpack(file, Path(folder))
        if manifest["vendor"] != connection.vendor:
            raise DomainError(
                _("This backup is of a %(theirs)s database. This installation uses %(ours)s.")
                % {"theirs": manifest["vendor"], "ours": connection.vendor}
            )
        _load(Path(folder) / DATABASE)
        _replace_files(Path(folder) / FILES)
    return str(manifest["made"])


def _has_users() -> bool:
    try:
        return get_user_model()._default_manager.exists()  # noqa: SLF001
    except DatabaseError:
        return False  # no tables yet


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file) as packed:
            packed.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise DomainError(_("%(file)s is not a whole backup.") % {"file": file}) from error
    if manifest.get("format") != FORMAT or not (folder / DATABASE).exists():
        raise DomainError(_("%(file)s is not a whole backup.") % {"file": file})
    return manifest


def _replace_files(folder: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    old = root.with_name(root.name + ".old")
    if root.exists():
        root.rename(old)
    if folder.is_dir():
        shutil.move(folder, root)
    shutil.rmtree(old, ignore_errors=True)


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load(source: Path) -> None:
    if connection.vendor != "sqlite":
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--dbname",
            _name(),
            str(source),
        )
        return
    with sqlite3.connect(source) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise DomainError(_("The database in this backup is damaged."))
        connection.ensure_connection()
        copy.backup(connection.connection)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _postgres(program: str, *words: str) -> None:
    """Run one of PostgreSQL's own programs against our database; the password never stands on its command line."""
    found = shutil.which(program)
    if found is None:
        raise DomainError(_("%(program)s is not installed: it comes with PostgreSQL.") % {"program": program})
    at = connection.settings_dict
    where = {
        "PGHOST": at["HOST"],
        "PGPORT": at["PORT"],
        "PGUSER": at["USER"],
        "PGPASSWORD": at["PASSWORD"],
        "PGDATABASE": _name(),
    }
    connection.close()
    environment = {**os.environ, **{name: str(value) for name, value in where.items() if value}}
    done = subprocess.run([found, *words], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise DomainError(
            _("%(program)s failed: %(reason)s") % {"program": program, "reason": done.stderr.strip()[-300:]}
        )
