import io
from datetime import timedelta

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from pourtous.kernel import clock
from tests.accounts.factories import MembershipFactory, someone
from tests.activities.operations.test_record import followed_by, unit_of
from tests.activities.views.test_entry import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator():
    return someone("mediation")


@pytest.fixture
def signed(client, mediator):
    client.force_login(mediator)
    return client


def shown(client, **query):
    return client.get(reverse("activities"), query).content.decode()


def test_only_ones_own_are_listed(signed, mediator):
    mine, other = made(mediator), made(MembershipFactory(unit=unit_of(mediator)).user)
    page = shown(signed)
    assert str(mine.pk) in page
    assert str(other.pk) not in page
    assert str(other.pk) not in shown(signed, qui="equipe")


def test_a_manager_sees_the_team_without_names_the_team_does_not_follow(client, mediator):
    person = followed_by(mediator, first_name="Odette", last_name="Marin")
    done = made(mediator, persons=(person.pk,), notes="Confidence")
    manager = MembershipFactory(unit=unit_of(mediator), role="manager").user
    client.force_login(manager)
    page = shown(client, qui="equipe")
    assert str(done.pk) in page
    assert "Odette Marin" in page
    assert "Confidence" not in page
    person.follow_ups.update(ended_on=clock.today())
    assert "Odette Marin" not in shown(client, qui="equipe")


def test_filters_narrow(signed, mediator):
    mail = made(mediator)
    bank = made(mediator, topics=("banque_et_achats_en_ligne",))
    assert str(bank.pk) not in shown(signed, theme="email")
    assert str(mail.pk) in shown(signed, theme="email")
    assert str(mail.pk) not in shown(signed, type="collectif")
    assert str(mail.pk) not in shown(signed, du=(clock.today() + timedelta(days=1)).isoformat())
    assert str(mail.pk) in shown(signed, au=clock.today().isoformat(), du="hier", mot="x")


@pytest.mark.parametrize("sort", ["day", "-minutes", "place", "-participants", "kind", "nonsense"])
def test_each_order_answers(signed, mediator, sort):
    made(mediator)
    assert signed.get(reverse("activities"), {"sort": sort}).status_code == 200


def test_files_hold_what_is_shown_without_names(signed, mediator):
    person = followed_by(mediator, first_name="Odette", last_name="Marin")
    made(mediator, persons=(person.pk,), notes="Confidence")
    made(mediator, topics=("banque_et_achats_en_ligne",), title="")
    text = signed.get(reverse("activities-csv"), {"theme": "email"}).content.decode()
    assert text.count("\n") == 2
    assert "Odette" not in text
    assert "Confidence" not in text
    book = load_workbook(io.BytesIO(signed.get(reverse("activities-xlsx")).content))
    assert len(book.get_sheet_by_index(0).to_python()) == 3


def test_a_longer_list_takes_no_more_queries(signed, mediator, django_assert_max_num_queries):
    for _ in range(12):
        made(mediator, persons=(followed_by(mediator).pk,))
    signed.get(reverse("activities"))
    with django_assert_max_num_queries(22):
        signed.get(reverse("activities"))
