"""A client of the API that decodes answers."""

import json
from types import SimpleNamespace

import pytest


@pytest.fixture
def ask(client):
    """`ask("/api/v1/places", q="…")` → status, headers, decoded body."""

    def get(path, *, headers=None, **query):
        answer = client.get(path, query, headers=headers or {})
        body = json.loads(answer.content) if answer.content else None
        return SimpleNamespace(status=answer.status_code, headers=answer.headers, body=body)

    return get


@pytest.fixture
def names(ask):
    """The names of the places found."""

    def find(**query):
        answer = ask("/api/v1/places", **query)
        assert answer.status == 200, answer.body
        return [item["nom"] for item in answer.body["items"]]

    return find
