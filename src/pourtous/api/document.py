"""The OpenAPI document: ninja's, with what ninja cannot say: problems, headers, plain types of parameters."""

from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from pourtous.api import addresses, examples, places, redemptions, sessions, slots
from pourtous.api.problems import CONTENT_TYPE
from pourtous.api.service import JSON, api
from pourtous.kernel.access import public

DECLARING = (places, addresses, sessions, slots, redemptions)  # modules whose import declares addresses of the API
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_ETAG = {"ETag": {"description": "Tag of the content, for If-None-Match.", "schema": {"type": "string"}}}
_LINK = {"Link": {"description": "Address of the next page, rel=next.", "schema": {"type": "string"}}}
_LICENCE = {"name": "Licence Ouverte 2.0", "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"}


PARAMETERS = "Parameters"


@cache
def document() -> dict[str, Any]:
    """The whole document, made once."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(api.get_openapi_schema(path_prefix="/api/v1")))
    found["info"]["license"] = _LICENCE
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [_parameter(one) for one in operation.get("parameters", [])]
            operation["responses"] = {
                code: _answer(code, one, operation["operationId"]) for code, one in operation["responses"].items()
            }
    for paged in ("places", "sessions"):
        found["paths"][f"/api/v1/{paged}"]["get"]["responses"]["200"]["headers"] |= _LINK
    found["components"]["schemas"] = _used(found)
    return found


def _parameter(declared: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be absent is not one that may be null: an address cannot say null."""
    schema = declared["schema"]
    options = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
    schema = {**schema, **(options[0] if options else {})}
    if schema.get("default", "") in (None, "", []):
        schema.pop("default", None)
    description = schema.pop("description", None) or declared.pop("description", "")
    examples = schema.pop("examples", None) or declared.pop("examples", [])
    declared.pop("examples", None)
    named = {"example": examples[0]} if examples else {}
    return {**declared, "schema": schema, "description": description, **named}


def _used(found: dict[str, Any]) -> dict[str, Any]:
    """The shapes something refers to: those of parameters have been spread out."""
    schemas = found["components"]["schemas"]
    text = msgspec.json.encode(
        [found["paths"], *(one for name, one in schemas.items() if not name.endswith(PARAMETERS))]
    )
    return {name: one for name, one in schemas.items() if f'"#/components/schemas/{name}"'.encode() in text}


def _answer(code: str, declared: dict[str, Any], operation: str) -> dict[str, Any]:
    """An answer with an example; a problem under its own media type."""
    declared_content = declared["content"][JSON]
    if code == "200":
        content = {JSON: {**declared_content, "example": examples.ANSWERS[operation]}}
        return {**declared, "content": content, **({} if operation == "redeem" else {"headers": {**_ETAG}})}
    content = {CONTENT_TYPE: {**declared_content, "example": examples.problem(operation, code)}}
    return {**declared, "content": content, **({"headers": _RETRY_AFTER} if code == "429" else {})}


@cache
def _encoded() -> bytes:
    return msgspec.json.encode(document())


@public
def openapi(_request: HttpRequest) -> HttpResponse:
    """The document as JSON."""
    return HttpResponse(_encoded(), content_type=JSON)
