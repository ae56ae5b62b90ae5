"""Making and changing organisations and their units."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability, DataRole, OrganisationKind
from pourtous.accounts.models import Membership, Organisation, Unit, User
from pourtous.accounts.rules.siret import read_siret
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean


def create_organisation(
    *,
    name: str,
    kind: str,
    siret: str = "",
    data_role: str = DataRole.NONE,
    actor: User | None,
    now: datetime,
) -> Organisation:
    """A new organisation, without units. DomainError when its name is missing or its SIRET is wrong."""
    organisation = Organisation(created_at=now)
    _fill(organisation, name, kind, siret, data_role)
    with transaction.atomic():
        organisation.save()
        record(actor=actor, verb="accounts.create_organisation", subject=organisation, now=now)
    return organisation


def update_organisation(
    *,
    organisation: Organisation,
    name: str,
    kind: str,
    siret: str,
    data_role: str,
    actor: User | None,
    now: datetime,
) -> None:
    """Change what is known of an organisation. DomainError as for a new one."""
    before = {column: getattr(organisation, column) for column in _COLUMNS}
    _fill(organisation, name, kind, siret, data_role)
    changed = [column for column in _COLUMNS if getattr(organisation, column) != before[column]]
    with transaction.atomic():
        organisation.save(update_fields=_COLUMNS)
        record(
            actor=actor,
            verb="accounts.update_organisation",
            subject=organisation,
            now=now,
            details={"changed": changed},
        )


_COLUMNS = ["name", "kind", "siret", "data_role"]


def _fill(organisation: Organisation, name: str, kind: str, siret: str, data_role: str) -> None:
    organisation.name = _named(name)
    organisation.kind = _one_of(OrganisationKind.values, kind, "kind")
    organisation.siret = read_siret(siret)
    organisation.data_role = _one_of(DataRole.values, data_role, "data_role")


def _named(name: str) -> str:
    name = clean(name)
    if not name:
        raise DomainError(_("Give a name."), field="name")
    if len(name) > 200:  # noqa: PLR2004 (the column)
        raise DomainError(_("This name is too long: 200 letters at most."), field="name")
    return name


def _one_of(known: Iterable[str], value: str, field: str) -> str:
    if value not in known:
        raise DomainError(_("Choose one of the answers."), field=field)
    return value


def set_organisation_active(*, organisation: Organisation, is_active: bool, actor: User | None, now: datetime) -> None:
    """Close an organisation (its people keep their accounts and lose their rights there) or open it again."""
    with _still_steered():
        Organisation.objects.filter(pk=organisation.pk).update(is_active=is_active)
        organisation.is_active = is_active
        verb = "accounts.open_organisation" if is_active else "accounts.close_organisation"
        record(actor=actor, verb=verb, subject=organisation, now=now)


def create_unit(
    *,
    organisation: Organisation,
    name: str,
    capabilities: Iterable[str] = (),
    siret: str = "",
    actor: User | None,
    now: datetime,
) -> Unit:
    """A new unit of an organisation. DomainError when the organisation has one of this name."""
    unit = Unit(organisation=organisation, name=_named(name), siret=read_siret(siret))
    unit.capabilities = _capabilities(capabilities)
    with transaction.atomic():
        _save_named(unit)
        details = {"capabilities": list(unit.capabilities)}
        record(actor=actor, verb="accounts.create_unit", subject=unit, now=now, details=details)
    return unit


def update_unit(
    *, unit: Unit, name: str, capabilities: Iterable[str], siret: str, actor: User | None, now: datetime
) -> None:
    """Change a unit's name, SIRET and capabilities."""
    unit.name, unit.siret, unit.capabilities = _named(name), read_siret(siret), _capabilities(capabilities)
    with _still_steered():
        _save_named(unit)
        details = {"capabilities": list(unit.capabilities)}
        record(actor=actor, verb="accounts.update_unit", subject=unit, now=now, details=details)


def set_unit_active(*, unit: Unit, is_active: bool, actor: User | None, now: datetime) -> None:
    """Close a unit (its people lose their rights there) or open it again."""
    with _still_steered():
        Unit.objects.filter(pk=unit.pk).update(is_active=is_active)
        unit.is_active = is_active
        verb = "accounts.open_unit" if is_active else "accounts.close_unit"
        record(actor=actor, verb=verb, subject=unit, now=now)


def _capabilities(asked: Iterable[str]) -> tuple[str, ...]:
    wanted = set(asked)
    if wanted - set(Capability.values):
        raise DomainError(_("Choose one of the answers."), field="capabilities")
    return tuple(value for value in Capability.values if value in wanted)


def _save_named(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise DomainError(_("This organisation already has a unit of this name."), field="name") from error


@contextmanager
def _still_steered() -> Iterator[None]:
    """Refuse a change after which nobody could open things again."""
    before = _is_steered()
    with transaction.atomic():
        yield
        if before and not _is_steered():
            raise DomainError(_("Nobody could steer the programme any more. Give this to another unit first."))


def _is_steered() -> bool:
    return Membership.objects.filter(
        unit__capabilities__has=Capability.STEERING.value,
        unit__is_active=True,
        unit__organisation__is_active=True,
        user__is_active=True,
    ).exists()
