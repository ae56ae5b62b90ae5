"""The OpenAPI document as a person reads it: what the page /api/ shows, so that it never says anything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext as said  # what the document says, already among our words

from pourtous.api.document import document


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of an answer, in words; `terms` are those of a closed list."""

    name: str
    description: str
    kind: str
    is_required: bool
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Operation:
    """One address that can be asked."""

    id: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    example: str
    method: str = "GET"


# One telling question for each address: a parameter with a value, in order.
EXAMPLES: dict[str, dict[str, str]] = {
    "places": {"lat": "43.6112", "lon": "3.8767", "radius_km": "10", "fee": "Gratuit", "open_now": "true"},
    "sessions": {"lat": "43.6112", "lon": "3.8767", "theme": "phone", "seats": "1"},
    "geocode": {"q": "12 rue de la République Sète"},
    "reverse": {"lat": "43.4028", "lon": "3.6928"},
}


def operations() -> Iterator[Operation]:
    """All addresses, in the document's order."""
    for path, methods in document()["paths"].items():
        method, found = next(iter(methods.items()))
        query = EXAMPLES.get(found["operationId"], {})
        yield Operation(
            found["operationId"],
            path,
            said(found["summary"]),
            said(found["description"]),
            tuple(_parameter(one) for one in found["parameters"]),
            f"{path}?{urlencode(query)}" if query else path,
            method.upper(),
        )


def fields(shape: str) -> Iterator[Field]:
    """The fields of one of the document's shapes."""
    for name, schema in document()["components"]["schemas"][shape]["properties"].items():
        options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
        yield _field(name, {**options[0], "description": schema.get("description", "")}, is_required=True)


def _parameter(declared: dict[str, Any]) -> Field:
    schema = {**declared["schema"], "description": declared["description"]}
    return _field(declared["name"], schema, is_required=declared["required"])


def _field(name: str, schema: dict[str, Any], *, is_required: bool) -> Field:
    items = schema.get("items", {})
    description = said(schema["description"]) if schema["description"] else ""
    return Field(name, description, _kind(schema), is_required, tuple(items.get("enum", ())))


def _kind(schema: dict[str, Any]) -> str:
    formats = {"date": _("day"), "date-time": _("moment")}
    kinds = {
        "number": _("number"),
        "integer": _("whole number"),
        "boolean": _("true or false"),
        "array": _("terms (may be repeated)"),
    }
    return formats.get(schema.get("format", "")) or kinds.get(schema["type"]) or _("text")
