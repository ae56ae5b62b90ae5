"""Reading the environment: the only place that does, with `settings`."""

import os
import secrets
from pathlib import Path


def data_dir() -> Path:
    """The folder of everything an installation owns: POURTOUS_DATA_DIR, else `var/` where the program is run."""
    folder = Path(os.environ.get("POURTOUS_DATA_DIR", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def words(name: str, default: str = "") -> list[str]:
    """A variable as a list parted by spaces or commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def headers(name: str) -> dict[str, str]:
    """A variable as HTTP headers, "Name: value", one a line or parted by bars."""
    pairs = (line.partition(":") for line in os.environ.get(name, "").replace("|", "\n").splitlines())
    return {key.strip(): value.strip() for key, _colon, value in pairs if key.strip() and value.strip()}


def flag(name: str) -> bool:
    """A variable as yes or no."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def secret_key(folder: Path) -> str:
    """POURTOUS_SECRET_KEY, else a random key made once and kept in the data folder, readable by its owner only."""
    if given := os.environ.get("POURTOUS_SECRET_KEY"):
        return given
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
