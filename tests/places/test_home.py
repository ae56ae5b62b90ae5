from datetime import date

import pytest
from django.test import RequestFactory
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.places.home import places_not_checked, reports_waiting
from tests.accounts.factories import MembershipFactory, someone
from tests.places.factories import PlaceFactory, ProblemReportFactory

pytestmark = pytest.mark.django_db


def request_of(user):
    request = RequestFactory().get("/travail/")
    request.user = user
    return request


def test_what_waits_is_on_the_home_of_those_who_look_after_the_place():
    post = MembershipFactory(unit__capabilities=[Capability.PLACE_MANAGER])
    ProblemReportFactory(place=PlaceFactory(unit=post.unit, updated_on=date(2020, 1, 1)))
    for user in (post.user, someone(Capability.STEERING)):
        assert reports_waiting(request_of(user)).count == 1
        assert places_not_checked(request_of(user)).count == 1
    for user in (someone(Capability.MEDIATION), someone(Capability.DONOR)):
        assert reports_waiting(request_of(user)) is None
        assert places_not_checked(request_of(user)) is None


def test_the_home_page_shows_the_panels(client):
    user = someone(Capability.STEERING)
    report = ProblemReportFactory(place=PlaceFactory(updated_on=date(2020, 1, 1)))
    client.force_login(user)
    page = client.get("/travail/").text
    assert reverse("work-report", kwargs={"number": report.number}) in page
    assert reverse("work-place", kwargs={"code": report.place.code}) in page
