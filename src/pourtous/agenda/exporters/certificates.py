"""The certificate of attendance: who came, to what, for how long. No birth date, nothing else of the person."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.models import Registration
from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.queries.registrations import together
from pourtous.agenda.rules.wording import when
from pourtous.kernel.errors import DomainError
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full


def certificate(registration: Registration, *, now: datetime) -> bytes:
    """A PDF for somebody who came; of a course in several sessions, all those they came to.

    Raises DomainError when they did not come, or when their name is erased.
    """
    came = [row for row in together(registration) if row.state == RegistrationState.ATTENDED]
    if registration.state != RegistrationState.ATTENDED:
        raise DomainError(_("A certificate is only for somebody who came."))
    name = registration.person.name if registration.person else registration.first_name
    if not name:
        raise DomainError(_("The name of this person is erased: no certificate can be made."))
    with translation.override("fr"):
        return pdf("agenda/certificate.typ", _data(registration, came, name, now), title=_("Certificate of attendance"))


def _data(registration: Registration, came: list[Registration], name: str, now: datetime) -> dict[str, object]:
    course = registration.session.course
    minutes = sum((row.session.ends_at - row.session.starts_at).total_seconds() for row in came) / 60
    hours, rest = divmod(int(minutes), 60)
    return {
        "heading": _("Certificate of attendance"),
        "intro": _("%(organisation)s certifies that:") % {"organisation": course.unit.organisation.name},
        "name": name,
        "facts": [
            [_("came to"), course.title],
            [_("where"), place_words(registration.session)],
            [_("for"), f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"],
        ],
        "dates_label": _("Dates"),
        "dates": [when(row.session.starts_at, row.session.ends_at) for row in came],
        "made": _("Made on %(day)s, for what it is worth.") % {"day": date_in_full(now)},
        "signs": [{"title": course.unit.organisation.name, "lines": [_("Name and role:"), _("Signature:")]}],
    }
