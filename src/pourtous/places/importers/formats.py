"""The formats we read, and which one a file is in."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.places.importers import conseillers, france_services, herault, standard
from pourtous.places.importers.reading import Cells
from pourtous.places.importers.rows import Draft


class Format(NamedTuple):
    """A format: its name, how its columns are recognised, which it reads, how a row becomes a draft."""

    name: str
    matches: Callable[[frozenset[str]], bool]
    draft: Callable[[Cells], Draft]
    known: frozenset[str]


FORMATS = {
    module.NAME: Format(module.NAME, module.matches, module.draft, module.KNOWN)
    for module in (standard, france_services, herault, conseillers)
}
AUTO = "auto"


def of(columns: tuple[str, ...], asked: str = AUTO) -> Format:
    """The format asked for, else the one whose columns these are. Raises DomainError when they are of none."""
    if asked != AUTO:
        found = FORMATS[asked]
        if not found.matches(frozenset(columns)):
            raise DomainError(_("The columns of this file are not those of the format “%(name)s”.") % {"name": asked})
        return found
    for found in FORMATS.values():
        if found.matches(frozenset(columns)):
            return found
    names = ", ".join(columns[:6])
    raise DomainError(
        _("We do not know this file: its columns are %(names)s… The national standard has id, nom, commune.")
        % {"names": names}
    )
