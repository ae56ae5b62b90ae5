"""Who stands beside a person: who signs for a minor or in which capacity, who helps."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.people.enums import RelationKind
from pourtous.people.models import Person, Relation
from pourtous.people.rules.phones import read_phone

NAME_LENGTH = 120


def add_relation(
    *,
    person: Person,
    kind: str,
    name: str,
    actor: User | None,
    now: datetime,
    phone: str = "",
    email: str = "",
    may_be_contacted: bool = False,
) -> Relation:
    """Note who stands beside a person. DomainError, with the field, for what cannot be."""
    if kind not in RelationKind.values:
        raise DomainError(_("Choose one of the answers."), field="kind")
    number, address = read_phone(phone), clean(email)
    if number is None:
        raise DomainError(_("This telephone number is not complete. Example: 06 39 98 12 34."), field="phone")
    if address and not _is_email(address):
        raise DomainError(_("This e-mail address is not complete. Example: nom@fournisseur.fr"), field="email")
    if may_be_contacted and not (number or address):
        raise DomainError(_("Give a number or an address to reach them."), field="phone")
    made = Relation(
        person=person, kind=kind, name=_name(name), phone=number, email=address, may_be_contacted=may_be_contacted
    )
    with transaction.atomic():
        made.save(force_insert=True)
        record(actor=actor, verb="people.add_relation", subject=person, now=now, details={"kind": kind})
    return made


def _name(text: str) -> str:
    name = clean(text)
    if not name:
        raise DomainError(_("Give their name."), field="name")
    if len(name) > NAME_LENGTH:
        raise DomainError(_("This is too long: %(length)s letters at most.") % {"length": NAME_LENGTH}, field="name")
    return name


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def remove_relation(*, relation: Relation, actor: User, now: datetime) -> None:
    """Forget who stood beside a person. DomainError when it was done already."""
    with transaction.atomic():
        if not Relation.objects.filter(pk=relation.pk).delete()[0]:
            raise DomainError(_("This was removed already."))
        details = {"kind": relation.kind}
        record(actor=actor, verb="people.remove_relation", subject=relation.person, now=now, details=details)
