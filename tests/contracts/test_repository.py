"""The repository keeps its own rules."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_LIMIT = 400


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).exists()]


def text_files():
    for path in tracked():
        if path.suffix in {".mo", ".png", ".woff2", ".gz"} or path.resolve() == Path(__file__).resolve():
            continue
        yield path, path.read_text(encoding="utf-8")


def test_no_module_is_longer_than_a_person_can_hold():
    long = [
        (path.relative_to(ROOT).as_posix(), lines)
        for path in tracked()
        if path.suffix == ".py" and "src" in path.parts and "migrations" not in path.parts
        for lines in [len(path.read_text().splitlines())]
        if lines > MODULE_LIMIT
    ]
    assert long == []


def test_no_path_of_a_machine_and_no_registry_host():
    home = r"(^|[^A-Za-z0-9_.])/(home/[a-z]+|root|Users)/"
    hosts = "|".join(["py" + "pi\\.org", "python" + "hosted", "npm" + "js\\.", "deb\\.deb" + "ian"])
    guilty = [
        (path.relative_to(ROOT).as_posix(), found.group(0))
        for path, text in text_files()
        if (found := re.search(f"{home}|{hosts}", text, re.MULTILINE | re.IGNORECASE))
    ]
    assert guilty == []


def test_nothing_is_tracked_that_should_not_be():
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [
        n for n in names if re.search(r"(^|/)(uv\.lock|node_modules|package-lock\.json|var/|\.venv|.*\.whl$)", n)
    ] == []


def test_locks_hold_hashes_and_no_address():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text


def test_each_dependency_says_why_and_is_locked():
    raw = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(raw)["project"]
    block = raw.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    assert [line for line in block.strip().splitlines() if "#" not in line] == []
    lock = (ROOT / "requirements" / "runtime.txt").read_text().lower()
    names = [re.match(r"[A-Za-z0-9_.-]+", d).group(0).lower() for d in project["dependencies"]]
    assert [name for name in names if f"{name}==" not in lock and f"{name}[" not in lock] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_commands_named_in_the_docs_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text()))
    assert named
    assert named <= targets


def test_each_room_has_a_door_plate():
    rooms = [p for p in (ROOT / "src" / "pourtous").iterdir() if p.is_dir() and p.name not in {"__pycache__", "config"}]
    assert [room.name for room in rooms if not (room / "README.md").exists()] == []
