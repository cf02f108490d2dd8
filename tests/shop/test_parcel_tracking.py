"""Tracking: news once, in any order, signed; asked for half an hour apart; the county's own scans."""

import hashlib
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from notices.models import Notice
from shop.county_post.models import Station
from shop.county_post.scanning import NotScanned, acts_for, parcel_meant, scan
from shop.county_post.waybills import NoWaybill, county_waybill, read_waybill
from shop.fulfilment.models import Parcel
from shop.tracking.hearing import ask_about, ask_about_all
from shop.tracking.models import TrackingEvent, TrackingMessage
from shop.tracking.service import push_salt
from shop.tracking.tracing import Source, Step, trace
from tests.factories.accounts import UserFactory
from tests.factories.brand import RegionFactory
from tests.factories.fulfilment import NOW, article_with_codes, sent, to_send

pytestmark = pytest.mark.django_db
WAYBILL = "SF1234567890123"
State = Parcel.State


def on_the_way(carrier="shunfeng", waybill=WAYBILL) -> Parcel:
    article, codes = article_with_codes(1)
    return sent(to_send((article, 1)), codes, carrier=carrier, waybill=waybill)


def told(*steps, waybill=WAYBILL, state="0") -> str:
    """Return what the service says: steps as (time, words, its state), newest first."""
    data = [
        {"ftime": time, "time": time, "context": words, "areaName": "山西,太原", "statusCode": code}
        for time, words, code in reversed(steps)
    ]
    return json.dumps(
        {"message": "ok", "nu": waybill, "com": "shunfeng", "state": state, "status": "200", "data": data}
    )


COLLECTED = ("2026-11-23 15:00:00", "已揽收", "1")
MOVING = ("2026-11-24 02:00:00", "到达太原", "0")
SIGNED = ("2026-11-25 09:30:00", "已签收", "3")


def push(client, body: str, *, sign: str | None = None):
    """Push a message as the service does."""
    text = json.dumps({"status": "polling", "lastResult": json.loads(body)})
    good = hashlib.md5((text + push_salt()).encode()).hexdigest().upper()
    return client.post(reverse("tracking-push"), {"param": text, "sign": sign or good})


def test_what_is_pushed_moves_the_parcel_and_is_kept_once(client):
    parcel = on_the_way()
    for _time in range(2):
        assert push(client, told(COLLECTED, MOVING)).json()["returnCode"] == "200"
    parcel.refresh_from_db()
    assert parcel.state == State.IN_TRANSIT
    assert parcel.events.count() == 3  # handed over, collected, on the way
    assert [message.outcome for message in TrackingMessage.objects.all()] == ["taken", "taken"]


def test_old_news_after_new_ones_changes_no_state(client):
    parcel = on_the_way()
    push(client, told(COLLECTED, MOVING, SIGNED))
    push(client, told(COLLECTED))
    parcel.refresh_from_db()
    assert parcel.state == State.DELIVERED
    assert parcel.delivered_at.isoformat() == "2026-11-25T01:30:00+00:00"


def test_what_was_delivered_stays_delivered():
    parcel = on_the_way()
    later = NOW + timedelta(days=3)
    trace(
        parcel=parcel,
        step=Step(at=NOW + timedelta(days=2), state=State.DELIVERED, text="签收", source="carrier"),
    )
    trace(parcel=parcel, step=Step(at=later, state=State.IN_TRANSIT, text="误报", source="carrier"))
    assert Parcel.objects.get().state == State.DELIVERED
    assert TrackingEvent.objects.filter(text="误报").exists()


def test_a_wrong_signature_changes_nothing_and_is_kept(client):
    parcel = on_the_way()
    assert push(client, told(SIGNED), sign="0" * 32).status_code == 401
    parcel.refresh_from_db()
    assert parcel.state == State.HANDED_OVER
    assert TrackingMessage.objects.get().outcome == "unsigned"


def test_what_nobody_can_read_and_what_is_not_ours_is_kept(client):
    text = '{"lastResult": 5}'
    sign = hashlib.md5((text + push_salt()).encode()).hexdigest()
    assert client.post(reverse("tracking-push"), {"param": text, "sign": sign}).status_code == 400
    assert push(client, told(SIGNED, waybill="SF0000000000000")).status_code == 200
    assert sorted(TrackingMessage.objects.values_list("outcome", flat=True)) == ["unknown", "unreadable"]


@pytest.fixture
def tracking(settings):
    """Return the requests heard by a service of ours that speaks the protocol and checks its signature."""
    heard = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = {
                key: value[0]
                for key, value in parse_qs(
                    self.rfile.read(int(self.headers["Content-Length"])).decode()
                ).items()
            }
            asked = json.loads(form["param"])
            heard.append((self.path, asked))
            if self.path.endswith("/query.do"):
                wanted = hashlib.md5((form["param"] + "key" + "customer").encode())
                good = form["sign"] == wanted.hexdigest().upper()
                answer = told(COLLECTED, MOVING) if good else '{"result":false,"message":"验证签名失败"}'
            else:
                answer = json.dumps(
                    {"result": asked["key"] == "key", "returnCode": "200", "message": "提交成功"}
                )
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_words) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRACKING_URL = f"http://customer:key@127.0.0.1:{server.server_port}/poll"
    yield heard
    server.shutdown()
    server.server_close()


def test_news_are_ordered_when_the_parcel_leaves(tracking, settings, django_capture_on_commit_callbacks):
    settings.PUBLIC_BASE_URL = "https://fengtu.example"
    with django_capture_on_commit_callbacks(execute=True):
        on_the_way()
    ((path, asked),) = tracking
    assert path == "/poll"
    assert (asked["company"], asked["number"]) == ("shunfeng", WAYBILL)
    assert asked["parameters"]["callbackurl"] == "https://fengtu.example/shop/tracking/push/"
    assert asked["parameters"]["phone"] == "1234"
    assert Parcel.objects.get().subscribed_at == NOW


def test_the_service_is_asked_half_an_hour_apart(tracking):
    parcel = on_the_way()
    assert ask_about(parcel=parcel, at=NOW)
    assert not ask_about(parcel=parcel, at=NOW + timedelta(minutes=29))
    assert ask_about(parcel=parcel, at=NOW + timedelta(minutes=30))
    assert len(tracking) == 2
    parcel.refresh_from_db()
    assert parcel.state == State.IN_TRANSIT


def test_the_task_asks_about_the_silent_ones_only(tracking):
    on_the_way()
    assert ask_about_all(at=NOW + timedelta(hours=7)) == 1
    assert ask_about_all(at=NOW + timedelta(hours=7, minutes=10)) == 0
    assert [path for path, _asked in tracking] == ["/poll", "/poll/query.do"]


def test_a_service_that_is_not_there_stops_nothing(settings, django_capture_on_commit_callbacks):
    settings.TRACKING_URL = "http://customer:key@127.0.0.1:9/poll"
    with django_capture_on_commit_callbacks(execute=True):
        parcel = on_the_way()
    assert Parcel.objects.get().subscribed_at is None
    assert ask_about(parcel=parcel, at=NOW)
    assert Parcel.objects.get().state == State.HANDED_OVER


def test_the_buyer_hears_that_it_left_and_that_it_came(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        on_the_way()
        push(client, told(COLLECTED, MOVING, SIGNED))
    kinds = list(Notice.objects.filter(channel="sms").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["order_paid", "order_sent", "order_delivered"]
    assert WAYBILL in Notice.objects.get(kind="order_sent").text


# --- the county's own ---------------------------------------------------------------------------


def county_parcel() -> tuple[Parcel, Station]:
    parcel = on_the_way(carrier="county", waybill="")
    region = parcel.consignment.order.region
    return parcel, Station.objects.create(region=region, tier="county", name="县级物流配送中心")


def test_a_mistyped_waybill_is_noticed():
    parcel, _station = county_parcel()
    assert read_waybill(f"https://x.example/shop/stations/parcels/{parcel.waybill}/") == parcel.waybill
    assert parcel.waybill == county_waybill(parcel)
    for place in range(15):
        wrong = str((int(parcel.waybill[place]) + 1) % 10)
        with pytest.raises(NoWaybill):
            read_waybill(parcel.waybill[:place] + wrong + parcel.waybill[place + 1 :])


def test_stations_carry_a_parcel_from_hand_to_hand():
    parcel, station = county_parcel()
    by = UserFactory()
    for hours, act, state in (
        (1, "collect", State.COLLECTED),
        (3, "pass", State.IN_TRANSIT),
        (8, "carry", State.DELIVERING),
    ):
        scan(parcel=parcel, act=act, station=station, at=NOW + timedelta(hours=hours), by=by)
        assert parcel.state == state
    scan(parcel=parcel, act="sign", station=station, at=NOW + timedelta(hours=9), by=by, handed_to="邻居老申")
    assert (parcel.state, parcel.handed_to) == (State.DELIVERED, "邻居老申")
    assert station.name in parcel.events.first().text
    assert acts_for(parcel) == []


@pytest.mark.parametrize("act", ["sign", "nothing", "hold", "carry"])
def test_a_scan_that_does_not_follow_changes_nothing(act):
    parcel, station = county_parcel()
    with pytest.raises(NotScanned):
        scan(parcel=parcel, act=act, station=station, at=NOW, by=UserFactory())
    assert parcel.events.count() == 1 and Parcel.objects.get().state == State.HANDED_OVER


def test_another_countys_station_has_no_business_with_it():
    parcel, _station = county_parcel()
    other = Station.objects.create(
        region=RegionFactory(slug="daning", name="大宁"), tier="county", name="大宁站"
    )
    with pytest.raises(NotScanned):
        scan(parcel=parcel, act="collect", station=other, at=NOW, by=UserFactory())


def test_the_keeper_scans_on_a_phone(client):
    parcel, station = county_parcel()
    keeper = UserFactory()
    client.force_login(keeper)
    assert client.get(reverse("stations:station")).status_code == 403
    station.keepers.add(keeper)
    assert "县级物流配送中心" in client.get(reverse("stations:station")).content.decode()
    found = client.post(reverse("stations:find"), {"code": parcel.waybill})
    assert found.url == reverse("stations:parcel", args=[parcel.waybill])
    assert parcel.waybill in client.get(found.url).content.decode()
    address = reverse("stations:scan", args=[parcel.waybill])
    assert client.get(address).status_code == 302
    assert client.post(address, {"act": "collect"}).status_code == 302
    assert parcel_meant(parcel.waybill).state == State.COLLECTED
    assert client.post(address, {"act": "sign"}).status_code == 409
    assert parcel_meant(parcel.waybill).state == State.COLLECTED
    assert Source.COUNTY in {event.source for event in parcel.events.all()}
