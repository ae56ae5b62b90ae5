"""The API, version 1: what all its addresses share."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from pourtous.api.parameters import PlaceParameters, allowed_terms
from pourtous.api.problems import Fault, Problem, from_validation
from pourtous.api.shapes import ProblemDetails

VERSION = "1.0"
JSON = "application/json"
COMMON_PROBLEMS = {400: ProblemDetails, 429: ProblemDetails}
_ALLOWED = allowed_terms(PlaceParameters)
_encode = msgspec.json.Encoder().encode

api = NinjaAPI(
    title=gettext_noop("Places of digital help and addresses"),
    version=VERSION,
    description=gettext_noop(
        "Open data (Licence Ouverte 2.0), without key. Field names and terms are those of the national standard of "
        "places of digital mediation. Whole files are at /donnees/."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-1",
)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: Exception) -> HttpResponse:
    raise from_validation(getattr(error, "errors", []), _ALLOWED) from error


@api.exception_handler(AuthenticationError)
def _nobody(_request: HttpRequest, error: Exception) -> HttpResponse:
    detail = _("Give a key that is in use, in Authorization: Bearer.")
    raise Problem(401, detail, headers={"WWW-Authenticate": "Bearer"}) from error


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: Exception) -> HttpResponse:
    raise Problem(getattr(error, "status_code", 400), _("This request cannot be read.")) from error


def json_answer(value: dict[str, Any]) -> HttpResponse:
    """The value as JSON, encoded once: ninja's own way through pydantic is ten times slower on lists."""
    return HttpResponse(_encode(value), content_type=JSON)


def refuse_unknown(request: HttpRequest, parameters: type[Schema] | None = None) -> None:
    """A misspelt parameter would silently answer another question: it is refused, with the names that exist."""
    fields = parameters.model_fields if parameters else {}
    known = [field.alias or name for name, field in fields.items()]
    unknown = [name for name in request.GET if name not in known]
    if unknown:
        raise Problem(
            400, "", faults=[Fault(name, _("This parameter does not exist."), tuple(known)) for name in unknown]
        )
