"""A notice goes out once, by the channel of its address, and a gateway that fails is told."""

import http.server
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from accounts.models import User
from notices.gateways import GatewayError, Message, memory
from notices.gateways import http as http_gateway
from notices.models import Notice
from notices.send import NotSent, send_notice
from tests.factories.accounts import person
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CODE = {"code": "123456", "site": "example.org"}


def broken(message: Message) -> None:
    raise GatewayError("no connection")


@pytest.fixture(autouse=True)
def _empty() -> None:
    memory.outbox.clear()


def send(to: str = "+8613800001234", **more) -> Notice:
    return send_notice(kind="password_reset_code", to=to, context=CODE, at=NOW, **more)


def test_a_phone_number_gets_an_sms() -> None:
    notice = send()
    assert "123456" in memory.outbox[0].text
    assert memory.outbox[0].params["code"] == "123456"
    assert (notice.state, notice.sent_at, notice.channel) == ("sent", NOW, "sms")


def test_an_address_gets_an_email() -> None:
    send("li@example.org")
    assert mail.outbox[0].to == ["li@example.org"]
    assert "123456" in mail.outbox[0].subject and not memory.outbox


def test_a_secret_is_sent_but_not_kept() -> None:
    assert send(secret=True).text == ""
    assert "123456" in memory.outbox[0].text


def test_the_same_key_is_sent_once() -> None:
    assert send(key="order-7") == send(key="order-7")
    assert len(memory.outbox) == 1 and Notice.objects.count() == 1


def test_a_failing_gateway_is_told_and_kept(settings) -> None:
    settings.NOTICE_GATEWAYS = {"sms": f"{__name__}.broken"}
    with pytest.raises(NotSent, match="no connection"):
        send()
    notice = Notice.objects.get()
    assert (notice.state, notice.error, notice.sent_at) == ("failed", "no connection", None)


def test_what_failed_is_tried_again_under_its_key(settings) -> None:
    working = settings.NOTICE_GATEWAYS
    settings.NOTICE_GATEWAYS = {"sms": f"{__name__}.broken"}
    with pytest.raises(NotSent):
        send(key="order-7")
    settings.NOTICE_GATEWAYS = working
    assert send(key="order-7").pk == Notice.objects.get(state="sent").pk
    assert len(memory.outbox) == 1


def test_what_somebody_else_is_sending_is_left_to_them() -> None:
    send(key="order-7")
    Notice.objects.update(state="sending", created_at=NOW - timedelta(minutes=1))
    send(key="order-7")
    assert len(memory.outbox) == 1
    Notice.objects.update(state="sending", created_at=NOW - timedelta(minutes=6))
    send(key="order-7")
    assert len(memory.outbox) == 2


@pytest.fixture
def relay(settings):
    """A county's SMS relay on this machine; `status` is what it answers."""

    class Relay(http.server.BaseHTTPRequestHandler):
        status, heard = 200, []

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            Relay.heard.append((self.headers["Authorization"], json.loads(body)))
            self.send_response(Relay.status)
            self.end_headers()

        def log_message(self, *_words) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Relay)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://county:s%40ame@127.0.0.1:{server.server_port}/sms"
    yield Relay
    server.shutdown()
    server.server_close()


MESSAGE = Message("sign_in_code", "+8613800001234", "", "123456", {"code": "123456"})


def test_the_http_gateway_posts_kind_and_parameters(relay) -> None:
    http_gateway.send(MESSAGE)
    authorization, body = relay.heard[0]
    assert authorization == "Basic Y291bnR5OnNAYW1l"
    assert body == {
        "to": "+8613800001234",
        "kind": "sign_in_code",
        "params": {"code": "123456"},
        "text": "123456",
    }


@pytest.mark.parametrize("status", [400, 500])
def test_the_http_gateway_takes_no_for_an_answer(relay, status: int) -> None:
    relay.status = status
    with pytest.raises(GatewayError, match=str(status)):
        http_gateway.send(MESSAGE)


def test_a_gateway_that_is_not_there_is_an_error(settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:9/sms"
    with pytest.raises(GatewayError):
        http_gateway.send(MESSAGE)


def test_administrators_see_what_was_not_sent_and_cannot_change_it(client, settings) -> None:
    county()
    settings.NOTICE_GATEWAYS = {"sms": f"{__name__}.broken"}
    with pytest.raises(NotSent):
        send()
    notice = Notice.objects.get()
    client.force_login(person("editor"))
    assert client.get("/cms/notices/").status_code in {302, 403}
    client.force_login(User.objects.create_superuser("root@example.org", "x"))
    assert "+8613800001234" in client.get("/cms/notices/").content.decode()
    assert "no connection" in client.get(f"/cms/notices/inspect/{notice.pk}/").content.decode()
    for address in ("new/", f"edit/{notice.pk}/", f"delete/{notice.pk}/"):
        assert client.get(f"/cms/notices/{address}").status_code in {302, 403}
