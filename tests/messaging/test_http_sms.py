"""The web service of an operator: what it is sent, what its answers mean, and its receipts."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs
from uuid import uuid4

import pytest

from pourtous.kernel import clock
from pourtous.messaging import operations
from pourtous.messaging.backends.sms import receipt_address
from pourtous.messaging.enums import Channel, MessageState, Receipt
from pourtous.messaging.models import Message
from tests.messaging.factories import MessageFactory

pytestmark = pytest.mark.django_db
SECRET = "not a real one"


@pytest.fixture
def service(settings):
    """An operator on this machine: it answers with `status`, and remembers what it was sent."""

    class Operator(BaseHTTPRequestHandler):
        status, asked = 200, []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            Operator.asked.append((self.path, dict(self.headers), body))
            self.send_response(Operator.status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Operator)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.SMS = settings.SMS | {
        "backend": "http",
        "url": f"http://127.0.0.1:{server.server_port}/send",
        "headers": {"Authorization": f"Bearer {SECRET}", "Idempotency-Key": "{id}"},
        "timeout": 5,
    }
    yield Operator
    server.shutdown()
    thread.join()
    server.server_close()


def send(text="Bonjour"):
    return operations.send_sms(to="06 39 98 12 04", text=text, now=clock.now())


def test_the_service_gets_number_text_reference_and_secret(service):
    hostile = 'x", "to": "+33639980000\\'
    message = send(hostile)
    assert message.state == MessageState.SENT
    ((path, headers, body),) = service.asked
    assert path == "/send"
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert headers["Idempotency-Key"] == str(message.id)
    assert json.loads(body) == {"to": "+33639981204", "text": hostile, "reference": str(message.id)}


def test_a_service_may_want_a_form(service, settings):
    settings.SMS = settings.SMS | {"body": "dest={digits}&msg={text}&from={sender}&cb={receipt_url}&flash=0"}
    message = send("a&dest=1 é")
    body = parse_qs(service.asked[0][2])
    assert body == {
        "dest": ["33639981204"],
        "msg": ["a&dest=1 é"],
        "from": ["Pourtous"],
        "cb": [receipt_address(message)],
        "flash": ["0"],
    }


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_refusal_is_final(service, status):
    service.status = status
    message = send()
    assert message.state == MessageState.FAILED
    assert str(status) in message.error


@pytest.mark.parametrize("status", [302, 408, 429, 500, 503])
def test_a_fault_of_the_service_is_tried_again_and_no_redirection_followed(service, status):
    service.status = status
    message = send()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    assert len(service.asked) == 1
    service.status = 200
    assert operations.deliver_due(now=message.next_attempt_at) == 1


def test_a_service_that_is_not_there_is_tried_again_and_nothing_secret_is_kept(service, settings, caplog):
    settings.SMS = settings.SMS | {"url": "http://127.0.0.1:1/send?key=hidden"}
    message = send()
    assert message.state == MessageState.QUEUED
    for kept in (message.error, caplog.text):
        assert "hidden" not in kept
        assert "639981204" not in kept


def sent(**changes):
    return MessageFactory(channel=Channel.SMS, to="+33639981204", state=MessageState.SENT, **changes)


def path_of(message):
    return "/" + receipt_address(message).split("/", 3)[3]


@pytest.mark.parametrize(
    ("status", "receipt"),
    [("delivered", "delivered"), ("DELIVRD", "delivered"), ("undelivered", "undelivered"), ("accepted", ""), ("", "")],
)
def test_a_receipt_is_written_down(client, status, receipt):
    message = sent()
    assert client.post(path_of(message), {"status": status}).status_code == 204
    message.refresh_from_db()
    assert message.receipt == receipt
    assert bool(message.receipt_at) == bool(receipt)


def test_what_was_delivered_stays_so_in_whatever_order_receipts_come(client):
    message = sent()
    for status in ("undelivered", "delivered", "failed"):
        client.post(path_of(message), json.dumps({"status": status}), content_type="application/json")
    message.refresh_from_db()
    assert message.receipt == Receipt.DELIVERED


def test_nobody_else_gives_receipts(client):
    message, other = sent(), sent()
    forged = path_of(message).replace(str(message.id), str(other.id))
    for path in (forged, path_of(message)[:-2] + "0/", f"/sms/recus/{other.id}/x/"):
        assert client.post(path, {"status": "delivered"}).status_code == 404
    assert client.get(path_of(message)).status_code == 405
    assert not Message.objects.exclude(receipt="").exists()


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"status": {}}', '{"status": null}', "[" * 5000, '{"status": "\\u0000"}']
)
def test_a_receipt_in_no_shape_changes_nothing(client, body):
    message = sent()
    assert client.post(path_of(message), body, content_type="application/json").status_code in {204, 400}
    message.refresh_from_db()
    assert message.receipt == ""


def test_a_message_that_never_left_gets_no_receipt(client):
    waiting = MessageFactory(channel=Channel.SMS)
    mail = MessageFactory(state=MessageState.SENT)
    for message in (waiting, mail):
        assert client.post(path_of(message), {"status": "delivered"}).status_code == 204
    assert not Message.objects.exclude(receipt="").exists()


def test_one_address_for_all_receipts_asks_for_the_token(client, settings):
    message = sent()
    body = {"reference": str(message.id), "status": "delivered"}
    assert client.post("/sms/recus/", body).status_code == 404  # no token is set
    settings.SMS = settings.SMS | {"receipt_token": SECRET}
    assert client.post("/sms/recus/", body).status_code == 404
    assert client.post("/sms/recus/?token=wrong", body).status_code == 404
    assert client.post("/sms/recus/", body, headers={"Authorization": f"Bearer {SECRET}"}).status_code == 204
    message.refresh_from_db()
    assert message.receipt == Receipt.DELIVERED
    for reference in ("x", str(uuid4())):
        told = client.post(
            "/sms/recus/", {"reference": reference, "status": "delivered"}, query_params={"token": SECRET}
        )
        assert told.status_code == 204


def test_a_token_that_is_not_ascii_is_refused(client, settings):
    settings.SMS = settings.SMS | {"receipt_token": SECRET}
    assert client.post("/sms/recus/", {}, query_params={"token": "é"}).status_code == 404
