"""What a person looks for in the catalogue of courses, as the address of a page holds it: nothing personal."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from pourtous.agenda.enums import Family, Level, Theme
from pourtous.kernel.geometry import Point
from pourtous.kernel.ids import read_code
from pourtous.kernel.text import clean
from pourtous.portal.rules.asked import MAX_PAGE, MAX_TEXT, WIDER_KM, YES, Query, read_position, without_number
from pourtous.portal.rules.choices import Choice

_INSEE = re.compile(r"(\d{2}|2[AB])\d{3}")
NEAR_M = 15_000.0

EVERYTHING = "tout"
FAMILIES = {"usages": Family.EVERYDAY, "demarches": Family.PROCEDURES}
THEMES = {
    "ordinateur": Theme.COMPUTER,
    "telephone": Theme.PHONE,
    "internet": Theme.INTERNET,
    "messages": Theme.MESSAGES,
    "documents": Theme.DOCUMENTS,
    "securite": Theme.SAFETY,
    "droits": Theme.RIGHTS,
    "emploi": Theme.WORK,
    "famille": Theme.HEALTH_SCHOOL,
}
ICONS = {
    Theme.COMPUTER: "laptop",
    Theme.PHONE: "mobile",
    Theme.INTERNET: "globe",
    Theme.MESSAGES: "mail",
    Theme.DOCUMENTS: "document",
    Theme.SAFETY: "lock",
    Theme.RIGHTS: "edit",
    Theme.WORK: "search",
    Theme.HEALTH_SCHOOL: "heart",
}
LEVELS = {"debut": Level.BEGINNER, "deja": Level.INTERMEDIATE, "avance": Level.ADVANCED}
WEEK, EVENING, WEEKEND = "semaine", "soir", "week-end"
WHEN = (
    Choice(WEEK, _("In the next seven days"), "", "calendar"),
    Choice(EVENING, _("In the evening"), _("From 6 pm."), "moon"),
    Choice(WEEKEND, _("At the week-end"), _("On Saturday or Sunday."), "calendar"),
)
FREE, PASSES, SEATS, WHEELCHAIR, PLAIN_FRENCH = "gratuit", "pass", "places", "fauteuil", "francais-simple"
WISHES = (
    Choice(SEATS, _("Seats left"), _("Not the full sessions."), "check"),
    Choice(FREE, _("Free of charge"), _("You pay nothing."), "euro"),
    Choice(PASSES, _("Paid with my passes"), _("You have a booklet of passes."), "ticket"),
    Choice(WHEELCHAIR, _("In a wheelchair"), _("One can enter without a step."), "wheelchair"),
    Choice(PLAIN_FRENCH, _("Not at ease in French"), _("People speak slowly, or your language."), "people"),
)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """A search of courses in words of the address. Empty fields were not asked; `event` is a code from a slip."""

    theme: str = ""
    level: str = ""
    when: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    try_once: bool = False
    event: str = ""
    commune: str = ""
    position: Point | None = None
    street: str = ""
    everywhere: bool = False
    wider_km: int = 0
    page: int = 1

    @property
    def says_where(self) -> bool:
        """Whether one knows where to look."""
        return bool(self.commune or self.position or self.everywhere)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the place was asked."""
        return bool(self.theme_or_family or self.level or self.when or self.wishes)

    @property
    def theme_or_family(self) -> Theme | Family | None:
        """What to learn."""
        return THEMES.get(self.theme) or FAMILIES.get(self.theme)

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Parameters of the address, in one order; `without` leaves some out."""
        position = f"{self.position.lat:.3f},{self.position.lon:.3f}" if self.position else ""
        pairs = [
            ("theme", self.theme),
            ("niveau", self.level),
            *(("quand", one) for one in self.when),
            *(("avec", one) for one in self.wishes),
            ("essai", YES if self.try_once else ""),
            ("venu", self.event),
            ("commune", "" if self.position else self.commune),
            ("pres", position),
            ("rue", self.street if self.position else ""),
            ("partout", YES if self.everywhere else ""),
            ("rayon", str(self.wider_km) if self.wider_km else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in pairs if value and name not in without]

    def query(self, *without: str) -> str:
        """The same as an address writes it."""
        return urlencode(self.pairs(*without))


def read(query: Query) -> Sought:
    """The search that an address holds, whatever it holds."""
    position = read_position(_one(query, "pres"))
    commune = _one(query, "commune").upper()
    theme, level, event = _one(query, "theme"), _one(query, "niveau"), read_code(_one(query, "venu")) or ""
    page = _one(query, "page")
    return Sought(
        theme=theme if theme in THEMES or theme in FAMILIES or theme == EVERYTHING else "",
        level=level if level in LEVELS else "",
        when=_several(query, "quand", WHEN),
        wishes=_several(query, "avec", WISHES),
        try_once=_one(query, "essai") == YES,
        event=event if len(event) == 8 else "",  # noqa: PLR2004 (the codes of sessions)
        commune=commune if not position and _INSEE.fullmatch(commune) else "",
        position=position,
        street=without_number(_one(query, "rue")) if position else "",
        everywhere=_one(query, "partout") == YES,
        wider_km=next((km for km in WIDER_KM if str(km) == _one(query, "rayon")), 0),
        page=min(int(page), MAX_PAGE) if page.isascii() and page.isdigit() and len(page) < 5 and int(page) else 1,  # noqa: PLR2004
    )


def _one(query: Query, name: str) -> str:
    values = query.getlist(name)
    return clean(str(values[-1])[: MAX_TEXT * 4])[:MAX_TEXT] if values else ""


def _several(query: Query, name: str, of: tuple[Choice, ...]) -> tuple[str, ...]:
    known = {one.key for one in of}
    return tuple(dict.fromkeys(str(key) for key in query.getlist(name)[:20] if str(key) in known))
