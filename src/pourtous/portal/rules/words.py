"""The standard's terms in words that everybody understands, with an icon where one helps.

The terms themselves are data and stay as they are in files; this is only what a person reads.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.text import fold
from pourtous.places.enums import AccessMode, Audience, Care, Fee, Itinerance, Network, Programme, Service, Support

Words = str | Promise

# Service → what one gets help for, as a line of a list; icon.
SERVICES: dict[str, tuple[Words, str]] = {
    Service.PROCEDURES: (_("Your procedures and your rights"), "document"),
    Service.DAILY_TOOLS: (_("Your phone, your computer, your e-mails"), "mobile"),
    Service.WORK: (_("Looking for work"), "search"),
    Service.SAFETY: (_("Avoiding traps, choosing passwords"), "lock"),
    Service.PARENTING: (_("Children, school and screens"), "people"),
    Service.LEISURE: (_("Photo, video, games"), "gift"),
    Service.CULTURE: (_("Understanding the digital world"), "globe"),
    Service.ACCESS: (_("A computer, internet and a printer on the spot"), "printer"),
    Service.EQUIPMENT: (_("Buying a computer at a low price"), "laptop"),
}
AUDIENCES: dict[str, Words] = {
    Audience.YOUNG: _("Young people"),
    Audience.STUDENTS: _("Students"),
    Audience.FAMILIES: _("Families and children"),
    Audience.SENIORS: _("Older people"),
    Audience.WOMEN: _("Women"),
}
CARE: dict[str, Words] = {
    Care.DEAFNESS: _("Deaf or hard of hearing"),
    Care.MOTOR: _("Trouble walking or moving"),
    Care.MENTAL: _("Trouble understanding or concentrating"),
    Care.ILLITERACY: _("Trouble reading or writing"),
    Care.ENGLISH: _("English is spoken"),
    Care.LANGUAGES: _("Other languages are spoken"),
    Care.SIGHT: _("Blind or low vision"),
}
FEES: dict[str, Words] = {
    Fee.FREE: _("Free of charge"),
    Fee.FREE_IF: _("Free in some cases"),
    Fee.PAID: _("One pays"),
}
ACCESS_MODES: dict[str, tuple[Words, str]] = {
    AccessMode.COME: (_("Come to the place"), "door"),
    AccessMode.PHONE: (_("Call"), "phone"),
    AccessMode.MAIL: (_("Write an e-mail"), "mail"),
    AccessMode.BOOK_ONLINE: (_("Book on the internet"), "calendar"),
    AccessMode.NO_PUBLIC: (_("The place does not receive people"), "info"),
    AccessMode.PRESCRIPTION: (_("A social worker writes for you"), "document"),
}
SUPPORTS: dict[str, Words] = {
    Support.ALONE: _("You are on your own, with a computer"),
    Support.ONE_TO_ONE: _("One person helps you"),
    Support.WORKSHOP: _("In a small group"),
    Support.REMOTE: _("By phone or on the internet"),
}
ITINERANCE: dict[str, Words] = {
    Itinerance.MOBILE: _("It comes near you"),
    Itinerance.FIXED: _("It is always at the same address"),
}
NETWORKS: dict[str, Words] = {Network.LAM.value: _("Multimedia access point")}
PROGRAMMES: dict[str, Words] = {
    Programme.FRANCE_SERVICES: _("France services house"),
    Programme.CONSEILLERS: _("Digital adviser"),
    Programme.AIDANTS_CONNECT: _("Allowed to act for you (Aidants Connect)"),
}

# Codes of the standard's `typologie` → what one calls such a place. Others are "a place that helps".
KINDS: dict[str, Words] = {
    "ACI": _("Workshop for getting back to work"),
    "ASSO": _("Association"),
    "BIB": _("Library"),
    "CAF": _("Family benefits office (CAF)"),
    "CC": _("Group of communes"),
    "CCAS": _("Social service of the town (CCAS)"),
    "CD": _("Département"),
    "CDAS": _("Social service of the Département"),
    "CIAS": _("Social service of the communes (CIAS)"),
    "CIDFF": _("Rights of women and families"),
    "CPAM": _("Health insurance"),
    "CS": _("Social centre"),
    "CSC": _("Social centre"),
    "DEPT": _("Département"),
    "E2C": _("School of the second chance"),
    "EPCI": _("Group of communes"),
    "EPI": _("Public place with internet"),
    "EPN": _("Place with computers and internet"),
    "ESS": _("Solidarity company"),
    "EVS": _("Place of neighbourhood life"),
    "FABLAB": _("Making workshop"),
    "FT": _("France Travail (jobs)"),
    "LA_POSTE": _("Post office"),
    "MDS": _("Social service of the Département"),
    "MJC": _("Youth and culture house"),
    "ML": _("Jobs for 16–25 year-olds"),
    "MQ": _("Neighbourhood house"),
    "MSA": _("Farmers’ health and pensions (MSA)"),
    "MUNI": _("Town hall"),
    "OF": _("Training centre"),
    "PAD": _("Access to your rights"),
    "PIJ_BIJ": _("Information for young people"),
    "PIMMS": _("Help with procedures"),
    "PREF": _("Prefecture"),
    "RELAIS_LECTURE": _("Reading point"),
    "RESSOURCERIE": _("Second-hand workshop"),
    "RFS": _("France services"),
    "TIERS_LIEUX": _("Shared place"),
}
PLACE_THAT_HELPS = _("Place that helps")


# Marks that administrations put on neighbourhoods: nothing a person needs to know of a place.
ZONES = frozenset({"QPV", "ZRR", "FRR"})
# Words of a note on access → the icon beside it.
_WAYS = (
    ("bus", ("bus", "tram", "arret", "gare", "train")),
    ("wheelchair", ("marche", "rampe", "fauteuil", "ascenseur", "escalier")),
    ("people", ("parle", "langue")),
)


def way_icon(note: str) -> str:
    """The icon of one line of a note on access, from its words."""
    said = fold(note)
    return next((icon for icon, signs in _WAYS if any(sign in said for sign in signs)), "info")


def kind(typologies: tuple[str, ...], networks: tuple[str, ...]) -> Words:
    """What one calls the place: our own network first, then the first typology that has a name."""
    if Network.LAM in networks:
        return NETWORKS[Network.LAM.value]
    return next((KINDS[code] for code in typologies if code in KINDS), PLACE_THAT_HELPS)


def label(term: str) -> Words:
    """A term of any closed list in plain words; itself where it is a name."""
    for table in (AUDIENCES, CARE, FEES, SUPPORTS, ITINERANCE, NETWORKS, PROGRAMMES):
        if term in table:
            return table[term]
    for pairs in (SERVICES, ACCESS_MODES):
        if term in pairs:
            return pairs[term][0]
    return term
