"""Why a place is a good answer, as data: the portal puts it in words ("ouvert maintenant, à 1,2 km, gratuit")."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from pourtous.places.enums import Fee
from pourtous.places.rules import hours
from pourtous.places.rules.hours import Opening

ReasonKind = Literal[
    "open_now",  # until: its end
    "open_then",  # open at the moment that was asked
    "opens_at",  # until: the next opening
    "holiday",
    "distance",  # metres
    "free",
    "walk_in",
    "wheelchair",
    "home_help",
    "plain_french",
    "evening_or_weekend",
    "service",  # term
    "inferred_service",  # term: worked out from a programme
]
_YES_NO: tuple[ReasonKind, ...] = ("walk_in", "wheelchair", "home_help", "plain_french")


class Answer(Protocol):
    """What is read of a `queries.FoundPlace`."""

    @property
    def place(self) -> Any: ...  # noqa: D102
    @property
    def distance_m(self) -> float | None: ...  # noqa: D102
    @property
    def opening(self) -> Opening: ...  # noqa: D102


class Asked(Protocol):
    """What is read of a `queries.PlaceFilter`; the yes-or-no wishes are read by name."""

    @property
    def services(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def open_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def evening_or_weekend(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Reason:
    """One piece. `is_sure` is False when the place does not say (to be shown "to be checked")."""

    kind: ReasonKind
    is_sure: bool = True
    metres: float | None = None
    until: datetime | None = None
    term: str = ""


def explain(found: Answer, wanted: Asked, now: datetime) -> list[Reason]:
    """The pieces of the reason line, in order: state, distance, price, what was asked for."""
    place = found.place
    pieces = [_state(found, wanted, now)]
    if found.distance_m is not None:
        pieces.append(Reason("distance", metres=found.distance_m))
    if Fee.FREE.value in place.fees:
        pieces.append(Reason("free"))
    pieces += [Reason(name, is_sure=bool(getattr(place, name))) for name in _YES_NO if _is_told(found, wanted, name)]
    if wanted.evening_or_weekend:
        is_sure = hours.evening_or_weekend(place.opening_hours) is True
        pieces.append(Reason("evening_or_weekend", is_sure=is_sure))
    return [piece for piece in (*pieces, *_services(found, wanted)) if piece]


def _is_told(found: Answer, wanted: Asked, name: str) -> bool:
    """What was asked for is always told; "without appointment" also when nobody asked: it is the good news."""
    value = getattr(found.place, name)
    return (getattr(wanted, name) and value is not False) or (name == "walk_in" and value is True)


def _state(found: Answer, wanted: Asked, now: datetime) -> Reason | None:
    opening = found.opening
    if opening.kind == "open":
        is_now = wanted.open_at is None or abs((wanted.open_at - now).total_seconds()) < 60  # noqa: PLR2004
        return Reason("open_now" if is_now else "open_then", until=opening.until)
    if opening.kind == "holiday":
        return Reason("holiday", until=opening.opens_at)
    return Reason("opens_at", until=opening.opens_at) if opening.opens_at else None


def _services(found: Answer, wanted: Asked) -> list[Reason]:
    declared = [Reason("service", term=term) for term in wanted.services if term in found.place.services]
    inferred = found.place.inferred_services
    return declared + [Reason("inferred_service", term=term) for term in wanted.services if term in inferred]
