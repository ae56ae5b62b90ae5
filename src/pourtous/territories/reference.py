"""The reference files beside this module (`data/`): communes, EPCI and history of a département, as shipped."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError

FOLDER = Path(__file__).parent / "data"


def path_of(departement: str) -> Path:
    """The file of a département; DomainError when the program ships none."""
    path = FOLDER / f"{departement}.json"
    if not departement.isalnum() or not path.exists():
        raise DomainError(
            _("There is no reference data for the département %(code)s. Make it with tools.reference_data.")
            % {"code": departement}
        )
    return path


def read(departement: str) -> dict[str, Any]:
    """The content of a département's file (shape: data/README.md)."""
    content: dict[str, Any] = json.loads(path_of(departement).read_text(encoding="utf-8"))
    return content


def digest(departements: Iterable[str]) -> str:
    """One SHA-256 for the files of several départements: what tells whether they were already loaded."""
    total = hashlib.sha256()
    for departement in departements:
        total.update(path_of(departement).read_bytes())
    return total.hexdigest()
