"""Plain words for the standard's terms: what a manager ticks, instead of the long name that is exchanged."""

from django.utils.translation import gettext_lazy as _

from pourtous.places.enums import AccessMode, Audience, Care, Fee, Itinerance, Label, Programme, Service, Support
from pourtous.ui.forms import Option

SERVICES = [
    (Service.PROCEDURES.value, _("Online procedures")),
    (Service.DAILY_TOOLS.value, _("First steps with a computer or a phone")),
    (Service.ACCESS.value, _("Use a computer or the internet on the spot")),
    (Service.WORK.value, _("Look for work")),
    (Service.SAFETY.value, _("Protect oneself online")),
    (Service.PARENTING.value, _("Children and school")),
    (Service.LEISURE.value, _("Leisure and creation")),
    (Service.CULTURE.value, _("Understand the digital world")),
    (Service.EQUIPMENT.value, _("Get equipment at a low price")),
]
SERVICE_OPTIONS = {
    Service.PROCEDURES.value: Option(_("Taxes, health, benefits, papers"), "document"),
    Service.DAILY_TOOLS.value: Option(_("Mouse, e-mail, internet, photos"), "mobile"),
    Service.ACCESS.value: Option(_("Print, scan, connect"), "printer"),
    Service.WORK.value: Option(_("CV, offers, registration"), "person"),
    Service.SAFETY.value: Option(_("Passwords, frauds, data"), "lock"),
    Service.PARENTING.value: Option(_("School portals, screens at home"), "people"),
    Service.LEISURE.value: Option(_("Pictures, video, 3D, games"), "heart"),
    Service.CULTURE.value: Option(_("News, networks, artificial intelligence"), "globe"),
    Service.EQUIPMENT.value: Option(_("Computers, phones, connections"), "laptop"),
}
SUPPORTS = [
    (Support.ONE_TO_ONE.value, _("One to one, with somebody")),
    (Support.WORKSHOP.value, _("In a group, in a workshop")),
    (Support.ALONE.value, _("On one’s own, with equipment")),
    (Support.REMOTE.value, _("At a distance, by phone or video")),
]
AUDIENCES = [
    (Audience.SENIORS.value, _("Older people")),
    (Audience.YOUNG.value, _("Young people")),
    (Audience.STUDENTS.value, _("Students")),
    (Audience.FAMILIES.value, _("Families and children")),
    (Audience.WOMEN.value, _("Women")),
]
CARE = [
    (Care.ILLITERACY.value, _("People who find it hard to read or write")),
    (Care.ENGLISH.value, _("People who speak English")),
    (Care.LANGUAGES.value, _("People who speak another language")),
    (Care.DEAFNESS.value, _("People who are deaf or hard of hearing")),
    (Care.SIGHT.value, _("People who are blind or see badly")),
    (Care.MOTOR.value, _("People with a motor disability")),
    (Care.MENTAL.value, _("People with a mental disability")),
]
FEES = [
    (Fee.FREE.value, _("Free")),
    (Fee.FREE_IF.value, _("Free for some people")),
    (Fee.PAID.value, _("One pays")),
]
ACCESS_MODES = [
    (AccessMode.COME.value, _("Come to the place")),
    (AccessMode.PHONE.value, _("Call")),
    (AccessMode.MAIL.value, _("Write an e-mail")),
    (AccessMode.BOOK_ONLINE.value, _("Book online")),
    (AccessMode.PRESCRIPTION.value, _("Be sent by a professional (form by e-mail)")),
    (AccessMode.NO_PUBLIC.value, _("Nobody is received at this address")),
]
ITINERANCE = [
    (Itinerance.FIXED.value, _("Always at this address")),
    (Itinerance.MOBILE.value, _("Moves from place to place (bus, rounds)")),
]
PROGRAMMES = [(term.value, term.value) for term in Programme]
LABELS = [(term.value, term.value) for term in Label]
