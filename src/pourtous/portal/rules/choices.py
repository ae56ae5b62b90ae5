"""What a person may answer: needs and wishes in plain words, and what each asks of the directory."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pourtous.places.enums import Service

Words = str | Promise


@dataclass(frozen=True)
class Choice:
    """One answer: its key in the address, its words, its icon."""

    key: str
    title: Words
    hint: Words
    icon: str


@dataclass(frozen=True)
class Need(Choice):
    """An answer to "what do you need": any of `services` will do; none means all places."""

    services: tuple[str, ...] = ()


UNSURE = Need("je-ne-sais-pas", _("I don’t know"), _("Someone will talk about it with you."), "question")
NEEDS = (
    Need(
        "demarches",
        _("Do a procedure"),
        _("Taxes, housing, pension, car papers…"),
        "document",
        (Service.PROCEDURES.value,),
    ),
    Need("telephone", _("Use my phone"), _("Calls, photos, messages, apps"), "mobile", (Service.DAILY_TOOLS.value,)),
    Need(
        "ordinateur",
        _("Learn the computer"),
        _("Keyboard, mouse, e-mails, texts"),
        "laptop",
        (Service.DAILY_TOOLS.value,),
    ),
    Need("securite", _("Avoid the traps"), _("False messages, passwords, purchases"), "lock", (Service.SAFETY.value,)),
    Need("emploi", _("Look for work"), "", "search", (Service.WORK.value,)),
    Need("enfants", _("Help my children"), "", "people", (Service.PARENTING.value,)),
    Need(
        "un-ordinateur",
        _("Have a computer or print"),
        _("On the spot, or bought at a low price"),
        "printer",
        (Service.ACCESS.value, Service.EQUIPMENT.value),
    ),
)

WALK_IN, ON_FOOT, LATE, WHEELCHAIR, PLAIN_FRENCH, FREE, AT_HOME = (
    "sans-rendez-vous",
    "a-pied",
    "soir-ou-week-end",
    "fauteuil",
    "francais-simple",
    "gratuit",
    "a-la-maison",
)
WISHES = (
    Choice(WALK_IN, _("Without appointment"), _("You come when you want."), "door"),
    Choice(ON_FOOT, _("On foot"), _("Less than 1.5 km away."), "walk"),
    Choice(LATE, _("In the evening or at the week-end"), _("After 6 pm, or on Saturday."), "clock"),
    Choice(WHEELCHAIR, _("In a wheelchair"), _("One can enter without a step."), "wheelchair"),
    Choice(PLAIN_FRENCH, _("Not at ease in French"), _("People speak slowly, or your language."), "people"),
    Choice(FREE, _("Free of charge"), _("You pay nothing."), "euro"),
    Choice(AT_HOME, _("Help at home"), _("Someone comes to you."), "home"),
)
ON_FOOT_M = 1_500.0


def need(key: str) -> Need | None:
    """The need of this key; "I don't know" is one."""
    return next((one for one in (*NEEDS, UNSURE) if one.key == key), None)


def wish(key: str) -> Choice | None:
    """The wish of this key."""
    return next((one for one in WISHES if one.key == key), None)
