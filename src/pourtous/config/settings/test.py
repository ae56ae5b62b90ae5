"""Tests: a file database (threads would find an in-memory one locked), fast hashing, everything else as it runs."""

import os
import tempfile
from pathlib import Path

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker or "POURTOUS_DATA_DIR" not in os.environ:  # tests that run side by side have a folder each
    os.environ["POURTOUS_DATA_DIR"] = tempfile.mkdtemp(prefix=f"pourtous-test-{_worker}")
os.environ.setdefault("POURTOUS_SECRET_KEY", "tests only")

from pourtous.config.settings.demo import *  # noqa: E402, F403
from pourtous.config.settings.demo import DATA_DIR, DATABASES, TEMPLATES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
WHITENOISE_AUTOREFRESH = True


class _UnknownVariable(str):
    """What Django writes in place of a variable it does not know: here, an error."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        msg = f"this template names an unknown variable: {name}"
        raise LookupError(msg)


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _UnknownVariable("%s")  # type: ignore[index]
