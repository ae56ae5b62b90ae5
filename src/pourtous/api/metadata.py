"""What the directory is, for machines that list data: schema.org and DCAT (W3C, version 2)."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.api.open_data import Distribution
from pourtous.places.exporters.editions import Edition

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
STANDARD = "https://schema.data.gouv.fr/LaMednum/standard-mediation-num/"


def _address(view: str, **words: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(view, kwargs=words)}"


def _title() -> str:
    return _("Places of digital help – %(territory)s") % {"territory": settings.TERRITORY["name"]}


def _description() -> str:
    return _("All places where people get help with digital tools, in the national standard, with opening hours.")


def dataset(edition: Edition, offered: list[Distribution]) -> dict[str, Any]:
    """The files as a schema.org Dataset."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _title(),
        "description": _description(),
        "url": _address("open-data"),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "fr",
        "dateModified": edition.changed_at.isoformat(),
        "spatialCoverage": settings.TERRITORY["name"],
        "conformsTo": STANDARD,
        "creator": {"@type": "Organization", "name": settings.TERRITORY["publisher"]},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": one.media_type,
                **({"contentSize": str(one.size)} if one.size else {}),
                "contentUrl": _address("open-data-file", name=one.format),
            }
            for one in offered
        ],
    }


def catalogue(edition: Edition, offered: list[Distribution]) -> dict[str, Any]:
    """The files as a DCAT dataset."""
    page = _address("open-data")
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:title": {"@value": _title(), "@language": "fr"},
        "dct:description": {"@value": _description(), "@language": "fr"},
        "dct:license": {"@id": LICENCE},
        "dct:conformsTo": {"@id": STANDARD},
        "dct:modified": {"@value": edition.changed_at.isoformat(), "@type": "xsd:dateTime"},
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": settings.TERRITORY["publisher"]},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:license": {"@id": LICENCE},
                "dcat:mediaType": one.media_type.split(";")[0],
                **({"dcat:byteSize": one.size} if one.size else {}),
                "dcat:downloadURL": {"@id": _address("open-data-file", name=one.format)},
            }
            for one in offered
        ],
    }
