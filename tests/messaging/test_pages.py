from uuid import uuid4

import pytest

from pourtous.accounts.enums import Role
from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message
from tests.accounts.factories import someone
from tests.messaging.factories import MessageFactory

PAGE = "/travail/messages/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MESSAGING = {"email": "file", "folder": tmp_path, "smtp_url": ""}


@pytest.fixture
def manager(client):
    user = someone("steering", role=Role.MANAGER)
    client.force_login(user)
    return user


@pytest.mark.parametrize(("capability", "role"), [("steering", Role.MEMBER), ("mediation", Role.MANAGER)])
def test_only_managers_of_steering_see_the_outbox(client, capability, role):
    message = MessageFactory()
    client.force_login(someone(capability, role=role))
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}{message.id}/annuler/").status_code == 404
    assert client.post(f"{PAGE}{message.id}/reessayer/").status_code == 404
    assert Message.objects.get().state == MessageState.QUEUED


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_messages_are_listed_by_state(client, manager):
    MessageFactory(subject="Qui attend")
    MessageFactory(subject="Qui a échoué", state=MessageState.FAILED, error="Boîte pleine")
    page = client.get(PAGE, {"state": "failed"}).content.decode()
    assert "Qui a échoué" in page
    assert "Boîte pleine" in page
    assert "Qui attend" not in page
    assert client.get(PAGE, {"state": "nonsense", "page": "x"}).context["page"].paginator.count == 2


def test_a_failed_message_is_sent_again(client, manager):
    message = MessageFactory(state=MessageState.FAILED, attempts=8)
    assert client.post(f"{PAGE}{message.id}/reessayer/").status_code == 302
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_what_is_too_late_gets_a_sentence(client, manager):
    message = MessageFactory(state=MessageState.SENT)
    for act in ("annuler", "reessayer"):
        answer = client.post(f"{PAGE}{message.id}/{act}/", follow=True)
        assert b"alert--bad" in answer.content
    assert Message.objects.get().state == MessageState.SENT


def test_a_waiting_message_is_cancelled_and_never_by_reading(client, manager):
    message = MessageFactory()
    assert client.get(f"{PAGE}{message.id}/annuler/").status_code == 405
    client.post(f"{PAGE}{message.id}/annuler/")
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED


def test_what_does_not_exist_is_not_found(client, manager):
    assert client.post(f"{PAGE}{uuid4()}/annuler/").status_code == 404


def test_a_long_list_costs_as_many_queries_as_a_short_one(client, manager, django_assert_max_num_queries):
    MessageFactory.create_batch(50)
    with django_assert_max_num_queries(14):
        client.get(PAGE)
