"""The OpenAPI document, and the page that tells it."""

import json

import pytest

from pourtous.api.document import document
from pourtous.api.reading import operations
from pourtous.places.enums import Service


def test_the_document_is_openapi_3_1_with_licence(client):
    found = json.loads(client.get("/api/v1/openapi.json").content)
    assert found == document()
    assert found["openapi"].startswith("3.1")
    assert found["info"]["license"]["name"] == "Licence Ouverte 2.0"


def test_each_parameter_is_told_and_has_no_null():
    for path, methods in document()["paths"].items():
        for parameter in next(iter(methods.values()))["parameters"]:
            where = f"{path} {parameter['name']}"
            assert parameter["description"] or parameter["in"] == "path", where
            assert "anyOf" not in parameter["schema"], where


def test_each_problem_is_declared_as_one():
    for methods in document()["paths"].values():
        answers = next(iter(methods.values()))["responses"]
        assert {"200", "400", "429"} <= set(answers)
        for code, answer in answers.items():
            expected = "application/json" if code == "200" else "application/problem+json"
            assert list(answer["content"]) == [expected]


def test_each_answer_shows_an_example_that_fits_its_names():
    for methods in document()["paths"].values():
        for code, answer in next(iter(methods.values()))["responses"].items():
            assert [one.get("example") for one in answer["content"].values()] != [None], code


def test_every_shape_referred_to_exists_and_none_is_idle():
    text = json.dumps(document())
    shapes = document()["components"]["schemas"]
    assert [name for name in shapes if f"#/components/schemas/{name}" not in text] == []
    assert not [name for name in shapes if name.endswith("Parameters")]


@pytest.mark.django_db
def test_the_page_tells_every_address_and_term(client):
    page = client.get("/api/").content.decode()
    for operation in operations():
        assert f"<code>{operation.method} {operation.path}</code>" in page
        assert all(f"<code>{field.name}</code>" in page for field in operation.parameters)
    assert all(f"<code>{term}</code>" in page for term in Service)


@pytest.mark.django_db
def test_the_page_without_its_slash_leads_to_it(client):
    answer = client.get("/api")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/")
