"""The page of figures: whose, which days, and who may ask."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.activities.operations import months
from pourtous.kernel import clock
from tests.accounts.factories import MembershipFactory, UnitFactory, someone
from tests.activities.factories import ActivityFactory
from tests.activities.operations.test_record import unit_of

pytestmark = pytest.mark.django_db


def shown(client, status=200, **query):
    answer = client.get(reverse("figures"), query)
    assert answer.status_code == status
    return answer


def figure(answer, key):
    return next(one.value for one in answer.context["headlines"] if one.key == key)


def done(mediator, **facts):
    defaults = {"mediator": mediator, "unit": unit_of(mediator), "day": clock.today()}
    activity = ActivityFactory(**(defaults | facts))
    months.touch([activity])
    return activity


@pytest.fixture
def mediator():
    return someone("mediation")


@pytest.fixture
def signed(client, mediator):
    client.force_login(mediator)
    return client


def test_a_mediator_sees_their_own(signed, mediator):
    done(mediator, anonymous_count=3, participant_count=3)
    done(MembershipFactory(unit=unit_of(mediator)).user)
    answer = shown(signed)
    assert (figure(answer, "activities"), figure(answer, "accompaniments")) == (1, 3)
    shown(signed, status=404, qui=f"equipe-{unit_of(mediator).pk}")
    shown(signed, status=404, qui=f"employeur-{unit_of(mediator).organisation_id}")
    shown(signed, status=404, qui="tous")


def test_a_manager_sees_the_team_and_the_employer_and_nothing_else(client, mediator):
    unit = unit_of(mediator)
    sister = UnitFactory(organisation=unit.organisation, capabilities=("mediation",))
    done(mediator)
    done(mediator, unit=sister)
    done(mediator, unit=UnitFactory(capabilities=("mediation",)))
    client.force_login(MembershipFactory(unit=unit, role="manager").user)
    assert figure(shown(client), "activities") == 1
    assert figure(shown(client, qui=f"equipe-{unit.pk}", mediateur=str(mediator.pk)), "activities") == 1
    assert figure(shown(client, qui=f"equipe-{unit.pk}", mediateur=str(uuid.uuid4())), "activities") == 0
    assert figure(shown(client, qui=f"employeur-{unit.organisation_id}"), "activities") == 2
    assert (
        figure(shown(client, qui=f"employeur-{unit.organisation_id}", mediateur=str(uuid.uuid4())), "activities") == 2
    )
    for stranger in (f"equipe-{sister.pk}", f"employeur-{uuid.uuid4()}", f"equipe-{uuid.uuid4()}", "equipe-x", "tous"):
        shown(client, status=404, qui=stranger)


def test_a_manager_without_agreement_sees_no_team(client):
    unit = UnitFactory(capabilities=("mediation",), organisation__without_agreement=True)
    client.force_login(MembershipFactory(unit=unit, role="manager").user)
    shown(client, status=404, qui=f"equipe-{unit.pk}")
    shown(client, status=404, qui=f"employeur-{unit.organisation_id}")


def test_those_who_steer_see_everything_without_notes(client, mediator):
    done(mediator, notes="Confidence", title="Atelier photo")
    client.force_login(someone("steering"))
    answer = shown(client)
    assert figure(answer, "activities") == 1
    assert "Confidence" not in answer.content.decode()
    assert figure(shown(client, qui=f"employeur-{unit_of(mediator).organisation_id}"), "activities") == 1


@pytest.mark.parametrize("capability", ["prescriber", "host"])
def test_others_see_nothing(client, capability):
    shown(client, status=302)
    client.force_login(someone(capability, role="manager"))
    shown(client, status=404)


def test_filters_narrow_and_unreadable_ones_do_not(signed, mediator):
    done(mediator, topics=("bureautique",))
    done(mediator)
    assert figure(shown(signed, theme="bureautique"), "activities") == 1
    assert figure(shown(signed, type="collectif"), "activities") == 0
    for name in ("theme", "type", "lieu", "commune", "mot", "mediateur", "source", "periode", "du"):
        assert figure(shown(signed, **{name: "xé'<"}), "activities") == 2
    shown(signed, status=404, qui="x")


def test_days_are_compared_with_as_many_before(signed, mediator):
    today = clock.today()
    done(mediator)
    done(mediator, day=today - timedelta(days=1))
    answer = shown(signed, periode="jours", du=today.isoformat(), au=today.isoformat())
    one = next(one for one in answer.context["headlines"] if one.key == "activities")
    assert (one.value, one.before) == (1, 1)


def test_the_number_of_queries_does_not_grow(signed, mediator, django_assert_max_num_queries):
    for number in range(30):
        done(mediator, day=clock.today() - timedelta(days=number * 20))
    with django_assert_max_num_queries(40):
        shown(signed, periode="tout")
