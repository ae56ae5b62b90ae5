"""Messages for tests."""

from datetime import UTC, datetime

import factory

from pourtous.messaging.models import Message

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class MessageFactory(factory.django.DjangoModelFactory):
    """A message that waits."""

    class Meta:
        model = Message

    to = factory.Sequence(lambda n: f"personne{n}@courriel.example")
    subject = factory.Sequence(lambda n: f"Message {n}")
    text = "Bonjour"
    queued_at = NOW
    next_attempt_at = NOW
