"""Our export against the rules of the national standard, checked by frictionless.

The schema is written here from the standard's facts, with its own known faults put right: the label "Étapes numériques
(La Poste)" takes its space, and pivot, date_maj, code_postal and adresse may be empty, since unknown is not invented.
"""

import re

import pytest
from frictionless import Resource, Schema

from pourtous.places.exporters import files
from pourtous.places.standard import COLUMNS, Kind
from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db

PATTERNS = {
    Kind.PIVOT: r"^[a-zA-Z0-9]{9,14}$",
    Kind.POSTCODE: r"^\d{5}$",
    Kind.INSEE: r"^([013-9]\d|2[AB1-9])\d{3}$",
    Kind.PHONE: r"^(\+33|\+590|\+594|\+262|\+596|\+269|\+687|\+689|\+508|\+681)(\d){6,9}$",
}
REQUIRED = {"id", "nom", "commune"}


def field(column):
    kinds = {Kind.DEGREES: "number", Kind.DATE: "date"}
    constraints = {"required": column.name in REQUIRED}
    if column.kind is Kind.TERMS and column.name != "typologie":
        constraints["pattern"] = rf"(?:(?:^|\|)({'|'.join(re.escape(term) for term in column.terms)}))+$"
    elif column.kind in PATTERNS:
        constraints["pattern"] = PATTERNS[column.kind]
    if column.name == "presentation_resume":
        constraints["maxLength"] = 280
    return {"name": column.name, "type": kinds.get(column.kind, "string"), "constraints": constraints}


SCHEMA = {"fields": [field(column) for column in COLUMNS], "primaryKey": "id", "missingValues": [""]}


def test_every_term_and_every_column_passes_the_standards_rules(tmp_path):
    every = {c.field: c.terms for c in COLUMNS if c.kind is Kind.TERMS}
    PlaceFactory(
        **every,
        pivot="12345678200010",
        emails=("un@lieux.example", "deux@lieux.example"),
        websites=("https://un.example/", "https://deux.example/"),
        summary="x" * 280,
        description='Deux lignes\net des "guillemets", des virgules',
        updated_on="2026-10-01",
        networks=("LAM",),
        accepts_pass=True,
        booking_url="https://rdv.example/",
    )
    PlaceFactory(services=(), phone="", postcode="", insee_code="2A004", latitude=None, longitude=None)
    path = tmp_path / "lieux.csv"
    path.write_bytes(files.build("csv").content)
    report = Resource(path.name, basepath=str(tmp_path), schema=Schema.from_descriptor(SCHEMA)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
