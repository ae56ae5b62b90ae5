"""Tests: a file database (threads would find an in-memory one locked), fast hashing, everything else as it runs."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("POURTOUS_DATA_DIR", tempfile.mkdtemp(prefix="pourtous-test-"))
os.environ.setdefault("POURTOUS_SECRET_KEY", "tests only")

from pourtous.config.settings.demo import *  # noqa: F403
from pourtous.config.settings.demo import DATA_DIR, DATABASES, TEMPLATES

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
