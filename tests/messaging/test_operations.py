from datetime import UTC, datetime, timedelta

import pytest

from pourtous.accounts.models import User
from pourtous.audit.models import Event
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.messaging import operations
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Message
from pourtous.messaging.operations import delivery
from pourtous.messaging.rules.outbox import MOST_ATTEMPTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MESSAGING = {"email": "file", "folder": tmp_path, "smtp_url": ""}
    return tmp_path


@pytest.fixture
def actor():
    return User.objects.create_user("camille@example.example", "Camille Essai")


@pytest.fixture
def down(monkeypatch):
    class Down:
        def carry(self, message):
            raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr(delivery, "carrier", lambda _channel: Down())


def send(**changes):
    values = {"to": "sam@example.example", "subject": "Bonjour", "text": "Un mot.", "about": "tests.hello"}
    return operations.send_email(**values | changes, now=clock.now())


def test_a_message_leaves(folder):
    message = send()
    assert message.state == MessageState.SENT
    assert message.sent_at
    (path,) = folder.iterdir()
    assert b"To: sam@example.example" in path.read_bytes()


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: other@example.example", "Hello\nBcc: other@example.example", "\0a"])
def test_no_header_is_smuggled_in(folder, subject):
    send(subject=subject)
    (path,) = folder.iterdir()
    assert b"\nBcc:" not in path.read_bytes()


@pytest.mark.parametrize("to", ["", "sam", "sam@example.example\nBcc: x@example.example", "a b@example.example", "\0"])
def test_an_address_that_cannot_be_one_is_refused(to):
    with pytest.raises(DomainError):
        send(to=to)
    assert not Message.objects.exists()


def test_what_fails_is_tried_again_later_and_later_then_given_up(down):
    message = send()
    waits = []
    while message.state == MessageState.QUEUED:
        before = message.next_attempt_at
        operations.deliver_due(now=before - timedelta(seconds=1))
        operations.deliver_due(now=before)
        message.refresh_from_db()
        waits.append(message.next_attempt_at - before)
    assert message.attempts == MOST_ATTEMPTS
    assert message.state == MessageState.FAILED
    assert "ConnectionRefusedError" in message.error
    assert waits[:3] == [timedelta(minutes=4), timedelta(minutes=16), timedelta(minutes=64)]


def test_a_channel_nobody_set_up_says_so(settings):
    settings.SMS = settings.SMS | {"backend": "nothing"}
    now = clock.now()
    message = Message.objects.create(channel=Channel.SMS, to="0465710000", queued_at=now, next_attempt_at=now)
    operations.deliver(message.id, now=now)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert message.error


def test_a_sender_that_died_half_way_is_replaced():
    now = clock.now()
    message = Message.objects.create(
        to="sam@example.example",
        state=MessageState.SENDING,
        attempts=1,
        sending_since=now,
        queued_at=now,
        next_attempt_at=now,
    )
    assert operations.sweep(now=now + timedelta(minutes=9)) == 0
    assert operations.sweep(now=now + timedelta(minutes=11)) == 1
    assert operations.deliver_due(now=now + timedelta(hours=1)) == 1
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_failed_message_can_be_sent_again(down, actor, monkeypatch):
    message = send()
    Message.objects.update(state=MessageState.FAILED, attempts=MOST_ATTEMPTS)
    monkeypatch.undo()
    operations.retry(message, actor=actor, now=clock.now())
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert Event.objects.get().verb == "messaging.retry"
    with pytest.raises(DomainError):
        operations.retry(message, actor=actor, now=clock.now())


def test_a_waiting_message_can_be_cancelled_once(down, actor):
    message = send()
    operations.cancel(message, actor=actor, now=clock.now())
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    with pytest.raises(DomainError):
        operations.cancel(message, actor=actor, now=clock.now())


def test_addresses_and_words_are_emptied_after_thirty_days():
    message = send()
    later = datetime.now(UTC) + timedelta(days=29)
    assert operations.empty_old(now=later) == 0
    assert operations.empty_old(now=later + timedelta(days=2)) == 1
    message.refresh_from_db()
    assert (message.to, message.subject, message.text) == ("", "", "")
