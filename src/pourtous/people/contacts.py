"""How to reach a person: what other apps need in order to write to them, and nothing more."""

from dataclasses import dataclass

from pourtous.people.enums import Reach
from pourtous.people.models import Person, Relation


@dataclass(frozen=True)
class Contact:
    """Somebody to write to, registered or not. `phone` is E.164 or ""; `reach` what they chose; `language` BCP 47.

    `through`: addresses of the organisation that passes messages on, when `reach` says so; `reference`: the code it
    knows the person by.
    """

    first_name: str
    phone: str = ""
    email: str = ""
    reach: Reach = Reach.SMS
    language: str = "fr"
    postal_lines: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    reference: str = ""


def contact_of(person: Person) -> Contact:
    """How to reach a person; through who stands beside them when they have no number and no address of their own."""
    beside = None if person.phone or person.email or person.postal_address else _beside(person)
    return Contact(
        first_name=person.first_name or person.last_name,
        phone=beside.phone if beside else person.phone,
        email=beside.email if beside else person.email,
        reach=Reach(person.reach),
        language=person.language or "fr",
        postal_lines=_postal_lines(person),
        through=_through(person),
        reference=person.code,
    )


def _beside(person: Person) -> Relation | None:
    return person.relations.filter(may_be_contacted=True).first()


def _postal_lines(person: Person) -> tuple[str, ...]:
    lines = tuple(line for line in person.postal_address.splitlines() if line.strip())
    return (person.name, *lines) if lines else ()


def _through(person: Person) -> tuple[str, ...]:
    if person.reach != Reach.ORGANISATION or person.reach_through is None:
        return ()
    managers = person.reach_through.memberships.filter(role="manager", user__is_active=True)
    return tuple(managers.order_by("user__email").values_list("user__email", flat=True))
