"""What import-linter cannot say: rules are pure, and an app's inner files are its own business."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pourtous"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
INNER = {"views", "forms", "importers", "urls", "tasks", "commands", "admin"}
IMPURE = (
    "django.db",
    "django.core.cache",
    "django.conf",
    "pourtous.kernel.clock.now",
    "pourtous.kernel.clock.today",
)
IMPURE_FILES = {"models", "queries", "operations", "views", "forms"}
DAY_OF_UTC = re.compile(r"\b(?:now|moment|one|\w+_at)\.date\(\)")


def imported(path):
    """Names of modules a file imports when it runs (imports for types alone left out)."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_rule(path):
    parts = path.relative_to(SOURCE).parts
    return parts[1:] and (parts[1] == "rules" or parts[1] == "rules.py")


@pytest.mark.parametrize("path", [p for p in MODULES if is_rule(p)], ids=lambda p: "/".join(p.parts[-3:]))
def test_rules_are_pure(path):
    names = set(imported(path))
    assert not [n for n in names if n.startswith(IMPURE)]
    assert not [n for n in names if n.startswith("pourtous.") and IMPURE_FILES & set(n.split(".")[2:])]


def test_no_app_reaches_into_the_inner_files_of_another():
    reaching = []
    for path in MODULES:
        app = path.relative_to(SOURCE).parts[0]
        for name in imported(path):
            parts = name.split(".")
            foreign = parts[0] == "pourtous" and len(parts) > 2 and parts[1] not in {app, "ui", "kernel", "config"}
            if foreign and parts[2] in INNER and app not in {"config", "demo"}:
                reaching.append((path.relative_to(SOURCE).as_posix(), name))
    assert reaching == []


def test_no_signals():
    users = [p.relative_to(SOURCE).as_posix() for p in MODULES if any("signals" in n for n in imported(p))]
    assert users == []


def test_the_day_of_a_moment_is_taken_in_paris():
    """Moments are UTC: from midnight to one or two o'clock in France, their own day is yesterday."""
    wrong = [
        f"{path.relative_to(SOURCE).as_posix()}: {line.strip()}"
        for path in MODULES
        for line in path.read_text().splitlines()
        if DAY_OF_UTC.search(line)
    ]
    assert wrong == []
