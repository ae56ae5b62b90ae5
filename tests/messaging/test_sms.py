"""Text messages: number, alphabet, parts, allowance, first and last moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.messaging import operations
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Message, SmsAllowance
from pourtous.messaging.operations import allowance
from pourtous.messaging.rules import sms

NUMBER = "06 39 98 12 04"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MESSAGING = {"email": "file", "folder": tmp_path, "smtp_url": ""}
    return tmp_path


def send(**changes):
    values = {"to": NUMBER, "text": "Rendez-vous demain à 10 h.", "about": "tests.hello", "now": clock.now()}
    return operations.send_sms(**values | changes)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("06 39 98 12 04", "+33639981204"),
        ("06.39.98.12.04", "+33639981204"),
        ("+33 6 39 98 12 04", "+33639981204"),
        ("0033639981204", "+33639981204"),
        ("04 65 71 20 10", "+33465712010"),
        ("0692 12 34 56", "+262692123456"),
        ("09 72 10 10 10", "+33972101010"),
    ],
)
def test_a_french_number_is_kept_as_e164(written, number):
    assert sms.french_number(written) == number


@pytest.mark.parametrize(
    "written",
    ["", "abc", "06 39 98 12", "3949", "112", "0800 123 456", "0899 10 10 10", "+34 612 345 678", "\0", "9" * 300],
)
def test_what_gets_no_text_message_is_refused(written):
    assert sms.french_number(written) == ""


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" + "€" * 153, 3),  # no sign of two places is cut in two
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_operators_do(text, segments):
    assert sms.segments(text) == segments


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("L’atelier « Été » — à 10\u202fh…", 'L\'atelier "Été" - à 10 h...'),
        ("Cœur", "Coeur"),
        ("Vous êtes reçue", "Vous êtes reçue"),  # short: accents cost nothing
        ("Vous êtes reçue. " * 6, ("Vous etes recue. " * 6).strip()),
        ("سلام " * 30, ("سلام " * 30).strip()),
        ("a\n\nb\r\nc", "a\n\nb\nc"),
    ],
)
def test_a_text_takes_the_cheaper_alphabet_when_nothing_important_is_lost(text, sent):
    written = sms.prepare(text)
    assert written.text == sent
    assert written.segments == sms.segments(written.text)


@given(st.text(max_size=400))
def test_no_text_is_too_strange_to_prepare(text):
    written = sms.prepare(text)
    assert written.segments >= (1 if written.text else 0)
    assert sms.prepare(written.text) == written


@pytest.mark.django_db
def test_a_text_message_leaves_and_says_what_it_cost(folder):
    message = send()
    assert (message.channel, message.state, message.to, message.segments) == ("sms", "sent", "+33639981204", 1)
    (path,) = folder.iterdir()
    assert path.read_text() == "+33639981204\n\nRendez-vous demain à 10 h.\n"


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"to": "12"}, {"text": " \n "}, {"text": "a" * 1000}, {"text": "\0"}])
def test_what_can_never_arrive_gets_a_sentence(changes):
    with pytest.raises(DomainError):
        send(**changes)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_control_characters_do_not_travel():
    assert send(text="Bon\0jour\x1b[31m \ud800!").text == "Bonjour[31m !"


@pytest.mark.django_db
def test_one_number_gets_so_many_parts_a_day_then_somebody_calls(settings):
    settings.SMS = settings.SMS | {"per_number": 3}
    now = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    send(now=now, text="a" * 161)
    with pytest.raises(DomainError):
        send(now=now, text="a" * 161)
    send(now=now)
    with pytest.raises(DomainError):
        send(now=now)
    send(now=now, to="06 39 98 00 00")
    send(now=now + timedelta(hours=1))  # another day in Paris
    assert Message.objects.count() == 4


@pytest.mark.django_db
def test_a_day_has_its_limit_and_a_refusal_takes_nothing(settings):
    settings.SMS = settings.SMS | {"per_day": 2}
    now = clock.now()
    send(now=now)
    send(now=now, to="06 39 98 00 00")
    with pytest.raises(DomainError, match="limite"):
        send(now=now, to="06 39 98 00 01")
    assert not SmsAllowance.objects.filter(number="+33639980001", used__gt=0).exists()


@pytest.mark.django_db
def test_counts_by_number_go_after_two_days():
    now = clock.now()
    send(now=now)
    assert allowance.forget(now=now + timedelta(days=2)) == 0
    assert allowance.forget(now=now + timedelta(days=3), dry_run=True) == 2
    assert allowance.forget(now=now + timedelta(days=3)) == 2
    assert not SmsAllowance.objects.exists()


@pytest.mark.django_db
def test_a_reminder_waits_for_its_moment_and_never_comes_after():
    now = clock.now()
    message = send(now=now, not_before=now + timedelta(hours=5), ttl=now + timedelta(hours=6))
    assert message.state == MessageState.QUEUED
    assert operations.deliver_due(now=now + timedelta(hours=4)) == 0
    assert operations.deliver_due(now=now + timedelta(hours=7)) == 0
    message.refresh_from_db()
    assert message.state == MessageState.EXPIRED
    assert message.closed_at
    operations.deliver(message.id, now=now + timedelta(hours=5))
    message.refresh_from_db()
    assert message.state == MessageState.EXPIRED


@pytest.mark.django_db
def test_a_reminder_leaves_at_its_moment():
    now = clock.now()
    message = send(now=now, not_before=now + timedelta(hours=5), ttl=now + timedelta(hours=6))
    assert operations.deliver_due(now=now + timedelta(hours=5)) == 1
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.django_db
def test_what_is_asked_for_too_late_is_written_down_and_not_sent():
    now = clock.now()
    assert send(now=now, ttl=now).state == MessageState.EXPIRED


@pytest.mark.django_db
def test_without_last_moment_a_text_message_is_given_up_after_a_day():
    now = clock.now()
    message = send(now=now, not_before=now + timedelta(days=3))
    assert message.expires_at == now + timedelta(days=4)


@pytest.mark.django_db
def test_what_hangs_on_a_key_is_cancelled_before_it_leaves():
    now = clock.now()
    later = now + timedelta(days=1)
    for key in ("agenda.appointment:4:reminder", "agenda.appointment:4:eve", "agenda.appointment:42:reminder"):
        send(now=now, not_before=later, key=key)
    gone = send(now=now, key="agenda.appointment:4:confirmation")
    assert operations.cancel_queued(key="agenda.appointment:4:reminder", now=now) == 1
    assert operations.cancel_queued(key="agenda.appointment:4:", now=now) == 1
    assert operations.cancel_queued(key="agenda.appointment:4:", now=now) == 0
    gone.refresh_from_db()
    assert gone.state == MessageState.SENT
    assert Message.objects.filter(state=MessageState.QUEUED).get().key == "agenda.appointment:42:reminder"
    for nothing in ("", ":"):
        with pytest.raises(ValueError, match="key"):
            operations.cancel_queued(key=nothing, now=now)


@pytest.mark.django_db
def test_an_email_too_has_a_last_moment():
    now = clock.now()
    later = now + timedelta(hours=1)
    message = operations.send_email(
        to="sam@example.example",
        subject="Demain",
        text="Un mot.",
        now=now,
        not_before=later,
        ttl=later + timedelta(hours=1),
    )
    assert operations.expire_due(now=later) == 0
    assert operations.expire_due(now=later + timedelta(hours=1)) == 1
    message.refresh_from_db()
    assert (message.channel, message.state) == (Channel.EMAIL, MessageState.EXPIRED)


@pytest.mark.parametrize(("number", "shown"), [("+33639981204", "+33…04"), ("", "…"), ("123", "…")])
def test_a_number_is_masked_in_logs(number, shown):
    assert sms.masked(number) == shown
