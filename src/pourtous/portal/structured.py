"""A place as schema.org data, for search engines: only what its page says."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from pourtous.places.models import Place

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_ld(place: Place, url: str) -> SafeString:
    """The JSON-LD of a place, safe inside a script element."""
    said = {key: value for key, value in _said(place, url).items() if value}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return mark_safe("".join(_UNSAFE.get(sign, sign) for sign in text))  # noqa: S308 (what could close the element is escaped)


def _said(place: Place, url: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": url,
        "url": url,
        "name": place.name,
        "description": place.summary,
        "telephone": place.phone,
        "email": place.emails[0] if place.emails else "",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.address,
            "postalCode": place.postcode,
            "addressLocality": place.commune_name,
            "addressCountry": "FR",
        },
        "geo": _geo(place),
        "isAccessibleForFree": "Gratuit" in place.fees,
        "sameAs": list(place.websites),
    }


def _geo(place: Place) -> dict[str, Any] | None:
    if place.point is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": place.point.lat, "longitude": place.point.lon}
