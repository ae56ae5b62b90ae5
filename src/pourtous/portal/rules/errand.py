"""What somebody wants who books a meeting, as the address of a page holds it: nothing personal."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from uuid import UUID

from pourtous.agenda.enums import Mode
from pourtous.kernel.geometry import Point
from pourtous.kernel.ids import read_code
from pourtous.kernel.text import clean
from pourtous.portal.rules import choices
from pourtous.portal.rules.asked import MAX_TEXT, YES, Query, read_position, without_number

_INSEE = re.compile(r"(\d{2}|2[AB])\d{3}")
_MOMENT = re.compile(r"\d{8}T\d{4}Z")
MODES = {"sur-place": Mode.PLACE, "telephone": Mode.PHONE, "domicile": Mode.HOME}
KEYS = {mode: key for key, mode in MODES.items()}
NEAREST = "pres"


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A search of free hours. Empty fields were not asked; `place` is the code of a place, `after` the first day."""

    need: str = ""
    commune: str = ""
    position: Point | None = None
    street: str = ""
    everywhere: bool = False
    place: str = ""
    mode: str = ""
    after: date | None = None
    nearest: bool = False

    @property
    def says_where(self) -> bool:
        """Whether one knows where to look."""
        return bool(self.commune or self.position or self.everywhere or self.place)

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Parameters of the address, in one order; `without` leaves some out."""
        pairs = [
            ("besoin", self.need),
            ("commune", "" if self.position else self.commune),
            ("pres", f"{self.position.lat:.3f},{self.position.lon:.3f}" if self.position else ""),
            ("rue", self.street if self.position else ""),
            ("partout", YES if self.everywhere else ""),
            ("lieu", self.place),
            ("comment", KEYS[Mode(self.mode)] if self.mode else ""),
            ("tri", NEAREST if self.nearest else ""),
            ("des", self.after.isoformat() if self.after else ""),
        ]
        return [(name, value) for name, value in pairs if value and name not in without]

    def query(self, *without: str) -> str:
        """The same as an address writes it."""
        return urlencode(self.pairs(*without), safe=",")


def read(query: Query) -> Errand:
    """The search that an address holds, whatever it holds."""
    position = read_position(one(query, "pres"))
    commune, need = one(query, "commune").upper(), one(query, "besoin")
    return Errand(
        need=need if choices.need(need) else "",
        commune=commune if not position and _INSEE.fullmatch(commune) else "",
        position=position,
        street=without_number(one(query, "rue")) if position else "",
        everywhere=one(query, "partout") == YES,
        place=read_code(one(query, "lieu")) or "",
        mode=MODES.get(one(query, "comment"), ""),
        after=_day(one(query, "des")),
        nearest=one(query, "tri") == NEAREST,
    )


@dataclass(frozen=True, kw_only=True)
class Picked:
    """One free hour, as an address names it."""

    kind: UUID
    starts_at: datetime
    mode: Mode
    place: str = ""  # code

    def pairs(self) -> list[tuple[str, str]]:
        """Parameters of the address."""
        moment = f"{self.starts_at.astimezone(UTC):%Y%m%dT%H%MZ}"
        pairs = [("type", self.kind.hex), ("creneau", moment), ("comme", KEYS[self.mode]), ("ici", self.place)]
        return [(name, value) for name, value in pairs if value]


def read_picked(query: Query) -> Picked | None:
    """The free hour an address names; None when it names none."""
    starts_at, mode = read_moment(one(query, "creneau")), MODES.get(one(query, "comme"))
    try:
        kind = UUID(one(query, "type"))
    except ValueError:
        return None
    if starts_at is None or mode is None:
        return None
    return Picked(kind=kind, starts_at=starts_at, mode=mode, place=read_code(one(query, "ici")) or "")


def read_moment(text: str) -> datetime | None:
    """A moment like "20261201T0830Z"; None for what is none."""
    if not _MOMENT.fullmatch(text) or not text.isascii():
        return None
    try:
        return datetime.strptime(text, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def one(query: Query, name: str) -> str:
    """The last value of a parameter, as one clean short line."""
    values = query.getlist(name)
    return clean(str(values[-1])[: MAX_TEXT * 4])[:MAX_TEXT] if values else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
