"""What managers and the team change on a place. A value they set is theirs: imports then leave its column alone."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.fields import TermListField
from pourtous.places.enums import PlaceState, PositionOrigin
from pourtous.places.models import Place
from pourtous.places.operations.layers import FIELDS, show
from pourtous.places.operations.prepare import prepare
from pourtous.places.rules.moves import places_before
from pourtous.territories import geocoder

# Told together or not at all, as in `layers`: whoever sets one sets all, and the position that follows from them.
ADDRESS = ("commune_name", "postcode", "insee_code", "address", "address_complement")
POSITION = ("latitude", "longitude")
_WHERE = ("commune_name", "postcode")
# What `edit_place` may change: the standard's columns and our own, but not who says so.
EDITABLE = frozenset(FIELDS) - {"source"}
_GEOCODED_ENOUGH = 0.6  # score from which an address is taken for found


@transaction.atomic
def edit_place(*, place: Place, changes: Mapping[str, Any], actor: Any, now: datetime) -> Place:
    """Set columns of a place to what its manager says (column → value), and note that they are the manager's.

    Without any difference, it confirms that all is right: the date of update moves all the same. A changed address
    is located again unless a position is given. Raises DomainError with the field at fault.
    """
    locked = Place.objects.select_for_update().get(pk=place.pk)
    before = {name: getattr(locked, name) for name in EDITABLE}
    _apply(locked, changes)
    changed = sorted(name for name in EDITABLE if getattr(locked, name) != before[name])
    if set(ADDRESS) & set(changed) and not set(POSITION) & set(changed):
        _locate(locked)
    elif set(POSITION) & set(changed):
        locked.position_origin, locked.position_level = PositionOrigin.MANAGER, ""
    locked.updated_on = paris(now).date()
    locked.managed = tuple(sorted({*locked.managed, *_with_their_group(changed), "updated_on"}))
    _save(locked)
    details = {name: [_plain(before[name]), _plain(getattr(locked, name))] for name in changed}
    record(actor=actor, verb="places.edit" if changed else "places.confirm", subject=locked, now=now, details=details)
    return locked


def edited(place: Place, changes: Mapping[str, Any]) -> Place:
    """The place as it would be, not saved: for a preview. Raises DomainError like `edit_place`."""
    shown = copy(place)
    _apply(shown, changes)
    return prepare(shown)


def _apply(place: Place, changes: Mapping[str, Any]) -> None:
    if unknown := sorted(set(changes) - EDITABLE):
        msg = f"not columns a manager edits: {', '.join(unknown)}"
        raise ValueError(msg)
    has_moved = any(changes.get(name, getattr(place, name)) != getattr(place, name) for name in _WHERE)
    for name, value in changes.items():
        is_list = isinstance(Place._meta.get_field(name), TermListField)  # noqa: SLF001 (Django's way to its columns)
        setattr(place, name, tuple(value) if is_list else value)
    if has_moved and "insee_code" not in changes:
        place.insee_code = ""
        place.insee_code = prepare(place).commune_id or ""
    _check(place)


def _check(place: Place) -> None:
    for name, message in (
        ("name", _("Write the name of the place.")),
        ("commune_name", _("Write the commune of the place.")),
    ):
        if not getattr(place, name):
            raise DomainError(message, field=name)
    try:
        place.clean_fields(exclude=["unit", "commune"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise DomainError(messages[0], field=name) from error


def _with_their_group(changed: list[str]) -> set[str]:
    names = set(changed)
    if names & {*ADDRESS, *POSITION}:
        names |= set(POSITION)
    if names & set(ADDRESS):
        names |= set(ADDRESS)
    return names


def _locate(place: Place) -> None:
    """Where the new address is: the geocoder's best answer, else the middle of the commune, else nowhere."""
    text = ", ".join(part for part in (place.address, f"{place.postcode} {place.commune_name}".strip()) if part)
    found = geocoder.geocode(text, postcode=place.postcode, insee_code=place.insee_code, limit=1)
    prepare(place)
    if found and found[0].score >= _GEOCODED_ENOUGH:
        (place.latitude, place.longitude), place.position_level = found[0].point, found[0].level
        place.position_origin = PositionOrigin.GEOCODED
    elif place.commune:
        (place.latitude, place.longitude), place.position_level = place.commune.centre, "commune"
        place.position_origin = PositionOrigin.GEOCODED
    else:
        place.latitude = place.longitude = None
        place.position_origin, place.position_level = PositionOrigin.NONE, ""


def _save(place: Place) -> None:
    prepare(place)
    place.save()


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@transaction.atomic
def release_field(*, place: Place, name: str, actor: Any, now: datetime) -> Place:
    """Give a column back to the sources: it shows what they say again. An address goes back whole, with its position."""
    locked = Place.objects.select_for_update().get(pk=place.pk)
    if name not in locked.managed:
        raise DomainError(_("This value already comes from the sources."), field=name)
    released = {name, *_with_their_group([name])}
    locked.managed = tuple(held for held in locked.managed if held not in released)
    if released & set(POSITION):
        locked.position_origin = PositionOrigin.NONE
    before = _plain(getattr(locked, name))
    if layers := list(locked.layers.all()):
        show(locked, layers)
    _save(locked)
    record(
        actor=actor,
        verb="places.release_field",
        subject=locked,
        now=now,
        details={name: [before, _plain(getattr(locked, name))]},
    )
    return locked


@transaction.atomic
def create_place(*, values: Mapping[str, Any], actor: Any, now: datetime, unit: Unit | None = None) -> Place:
    """A new place, hidden until it is published. All its columns are its manager's."""
    place = Place(unit=unit, state=PlaceState.HIDDEN)
    _apply(place, values)
    if place.latitude is None or place.longitude is None:
        _locate(place)
    else:
        place.position_origin = PositionOrigin.MANAGER
    place.updated_on = paris(now).date()
    place.managed = tuple(sorted({*_with_their_group(list(values)), "updated_on"}))
    _save(place)
    record(actor=actor, verb="places.create", subject=place, now=now)
    return place


def publish_place(*, place: Place, actor: Any, now: datetime) -> Place:
    """The public sees it."""
    return _move(place, PlaceState.PUBLISHED, actor, now)


def hide_place(*, place: Place, actor: Any, now: datetime) -> Place:
    """The public no longer sees it, for a time."""
    return _move(place, PlaceState.HIDDEN, actor, now)


def close_place(*, place: Place, actor: Any, now: datetime) -> Place:
    """It has closed for good: its page says so."""
    return _move(place, PlaceState.CLOSED, actor, now)


@transaction.atomic
def _move(place: Place, state: PlaceState, actor: Any, now: datetime) -> Place:
    before = place.state
    allowed = Place.objects.filter(pk=place.pk, state__in=places_before(state))
    if not allowed.update(state=state, modified_at=now):
        raise DomainError(_("This cannot be done: the place has changed meanwhile. Look at it again."))
    place.refresh_from_db()
    record(actor=actor, verb=f"places.{state.value}", subject=place, now=now, details={"state": [before, state.value]})
    return place


@transaction.atomic
def assign_unit(*, place: Place, unit: Unit | None, actor: Any, now: datetime) -> Place:
    """Say which unit looks after the place; None: nobody but the team."""
    before = str(place.unit_id or "")
    Place.objects.filter(pk=place.pk).update(unit=unit, modified_at=now)
    place.refresh_from_db()
    details = {"unit": [before, str(unit.pk) if unit else ""]}
    record(actor=actor, verb="places.assign_unit", subject=place, now=now, details=details)
    return place
