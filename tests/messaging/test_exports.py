"""What leaves with `pourtous export all`."""

import pytest

from pourtous.messaging.models import Enclosure
from pourtous.runtime import exporting
from tests.messaging.factories import MessageFactory

pytestmark = pytest.mark.django_db


def test_an_enclosed_document_is_counted_and_its_bytes_stay(tmp_path):
    letter = MessageFactory(channel="letter", to="A\nB")
    Enclosure.objects.create(message=letter, content=b"%PDF-secret", pages=3)
    exporting.export_all(tmp_path / "all")
    written = {path.name: path.read_text() for path in (tmp_path / "all").iterdir()}
    assert written["messaging_enclosure.csv"].splitlines() == ["message_id,pages", f"{letter.id},3"]
    assert not any("%PDF" in text for text in written.values())
    assert "A\nB" in written["messaging_message.csv"]
