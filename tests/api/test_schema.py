"""Schemathesis: questions made from the OpenAPI document, right ones and wrong ones, and what is answered to them."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from pourtous.api.document import document
from pourtous.api.limits import FixedWindow
from tests.places.factories import PlaceFactory

config = schemathesis.Config.from_dict({"generation": {"allow-x00": True}})
schema = schemathesis.openapi.from_dict(document(), config=config)
schema.app = WSGIHandler()
bounded = settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _one_database(db, monkeypatch):
    """Some places, no limit, and the test's own database connection kept through each request."""
    monkeypatch.setattr(FixedWindow, "wait", lambda _self, _address: 0)
    for name in ("Médiathèque", "Mairie", "Centre social"):
        PlaceFactory(name=name)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@bounded
def test_each_answer_is_as_declared(case):
    # A question may be refused for what a schema cannot say: lat goes with lon, a cursor is one we gave.
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance])
