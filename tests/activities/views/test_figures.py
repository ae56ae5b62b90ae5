"""The page of figures: whose, which days, and who may ask."""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse
from python_calamine import load_workbook

from pourtous.activities.models import SharedFigures
from pourtous.activities.operations import months
from pourtous.kernel import clock
from pourtous.ui.documents import page_count
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


# --- In files.


def test_a_workbook_with_a_sheet_a_block(signed, mediator, tmp_path):
    done(mediator, topics=("email", "sante"), autonomy="autonome")
    path = tmp_path / "chiffres.xlsx"
    path.write_bytes(signed.get(reverse("figures-xlsx")).content)
    book = load_workbook(path)
    assert len(book.sheet_names) > 5
    assert len(book.get_sheet_by_index(2).to_python()) == 6  # title, rule, blank, heads, two topics


def test_one_block_as_csv(signed, mediator):
    done(mediator, topics=("bureautique",))
    answer = signed.get(reverse("figures-block", args=("topic",)))
    assert answer.content.decode("utf-8-sig").splitlines()[1].endswith(";1")
    assert signed.get(reverse("figures-block", args=("rien",))).status_code == 404


def test_one_page_for_elected_members(signed, mediator):
    done(mediator)
    answer = signed.get(reverse("figures-pdf"))
    assert answer.content.startswith(b"%PDF")
    assert page_count(answer.content) == 1
    assert b"pdfuaid" in answer.content


def test_names_and_notes_leave_only_for_the_mediator(client, mediator, tmp_path):
    done(mediator, notes="Confidence")

    def told(user, **query):
        client.force_login(user)
        path = tmp_path / "coop.xlsx"
        path.write_bytes(client.get(reverse("figures-activities-coop"), query).content)
        return str(load_workbook(path).get_sheet_by_index(0).to_python())

    manager = MembershipFactory(unit=unit_of(mediator), role="manager").user
    assert "Confidence" in told(mediator, noms="1")
    assert "Confidence" not in told(mediator)
    assert "Confidence" not in told(manager, noms="1")
    assert "Confidence" not in told(someone("steering"), noms="1")
    assert client.get(reverse("figures-activities-own"), {"qui": f"equipe-{unit_of(mediator).pk}"}).status_code == 404


# --- Without login.


def shared_link(client, **query):
    page = client.post(f"{reverse('figures-links')}?{urlencode(query)}")
    return page.context["address"].removeprefix(settings.PUBLIC_URL)


def test_a_link_shows_totals_and_keeps_small_counts_back(signed, mediator, client):
    done(mediator, topics=("email",), anonymous_count=40, participant_count=40)
    done(mediator, topics=("sante",), anonymous_count=3, participant_count=3)
    address = shared_link(signed)
    client.logout()
    answer = client.get(address)
    assert answer.status_code == 200
    assert figure(answer, "accompaniments") == 43
    assert not [block for block in answer.context["blocks"] if block.key == "topic"]
    assert "Agent" not in answer.content.decode()
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_too_little_shows_nothing(signed, mediator, client):
    done(mediator)
    address = shared_link(signed)
    answer = client.get(address)
    assert answer.context["headlines"] == []


def test_a_link_is_closed_in_one_click_by_who_opened_it(signed, mediator, client):
    address = shared_link(signed)
    link = SharedFigures.objects.get()
    assert link.token_digest not in address
    client.force_login(someone("mediation"))
    assert client.post(reverse("figures-link-close", args=(link.pk,))).status_code == 404
    client.force_login(mediator)
    assert client.post(reverse("figures-link-close", args=(link.pk,))).status_code == 302
    assert client.get(address).status_code == 404
    assert client.get(reverse("figures-links")).status_code == 200
    assert client.get(reverse("figures-shared", args=("x" * 43,))).status_code == 404


def test_a_link_ends_with_the_right_of_who_opened_it(client, mediator):
    manager = MembershipFactory(unit=unit_of(mediator), role="manager")
    client.force_login(manager.user)
    address = shared_link(client, qui=f"equipe-{unit_of(mediator).pk}")
    assert client.get(address).status_code == 200
    manager.role = "member"
    manager.save()
    assert client.get(address).status_code == 404


# --- On the home page.


def test_managers_and_those_who_steer_see_the_month(client, mediator):
    done(mediator, anonymous_count=7, participant_count=7)
    for user in (MembershipFactory(unit=unit_of(mediator), role="manager").user, someone("steering")):
        client.force_login(user)
        page = client.get(reverse("work-home")).content.decode()
        assert '<strong class="stat__number">7</strong>' in page
    client.force_login(mediator)
    assert '<strong class="stat__number">7</strong>' not in client.get(reverse("work-home")).content.decode()
