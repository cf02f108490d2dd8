"""The read API: batches, bases and readings for everybody, a page at a time; problems in two languages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from record.batches import mark_changed
from record.events.recording import correct_event
from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.rollups import roll_up_dirty_hours
from tests.factories.record import BatchFactory, event
from tests.factories.telemetry import BaseFactory, DeviceFactory, other_base

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def address(batch, rest: str = "") -> str:
    return f"/api/v1/batches/{batch.product.gtin}/{batch.lot}{rest}"


def everything(client, path: str) -> list[dict]:
    """Return the items of all pages."""
    items, pages = [], 0
    while path:
        page = client.get(path).json()
        items += page["items"]
        path = (page["next"] or "").partition("/api/")[2]
        path = f"/api/{path}" if path else ""
        pages += 1
        assert pages < 50
    return items


def test_a_batch_is_read_by_its_name(client):
    batch = BatchFactory(lot="LC261027-01")
    answer = client.get(address(batch))
    assert answer.status_code == 200
    assert answer.json() | {"version": 0} == {
        "gtin": batch.product.gtin,
        "lot": "LC261027-01",
        "product": "潞城大葱",
        "member": batch.product.member.name,
        "region": "lucheng",
        "base": batch.base.slug,
        "plot": "",
        "planted_on": "2026-06-12",
        "harvested_on": "2026-10-27",
        "quantity": "2860.00",
        "unit": "千克",
        "recall": None,
        "version": 0,
        "url": answer.json()["url"],
    }
    assert answer.json()["url"].endswith(f"/trace/batches/{batch.product.gtin}/LC261027-01/")


def test_a_batch_is_found_in_any_case_and_length_of_gtin(client):
    batch = BatchFactory(lot="AB-1")
    short = batch.product.gtin.lstrip("0")
    assert client.get(f"/api/v1/batches/{short}/ab-1").json()["lot"] == "AB-1"


def test_batches_come_newest_first_a_page_at_a_time(client):
    made = [BatchFactory().lot for _ in range(7)]
    page = client.get("/api/v1/batches?limit=3")
    assert [item["lot"] for item in page.json()["items"]] == made[::-1][:3]
    assert 'rel="next"' in page["Link"]
    assert [item["lot"] for item in everything(client, "/api/v1/batches?limit=3")] == made[::-1]
    assert client.get("/api/v1/batches?limit=100").json()["next"] is None


def test_batches_of_one_product_county_or_base(client):
    wanted, _other = BatchFactory(), BatchFactory()
    found = client.get(f"/api/v1/batches?gtin={wanted.product.gtin}").json()["items"]
    assert [item["lot"] for item in found] == [wanted.lot]
    assert client.get(f"/api/v1/batches?base={wanted.base.slug}").json()["items"] == found
    assert len(client.get("/api/v1/batches?region=lucheng").json()["items"]) == 2
    assert client.get("/api/v1/batches?region=daning").json()["items"] == []


def test_a_list_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    for _ in range(12):
        BatchFactory()
    with django_assert_max_num_queries(4):
        client.get("/api/v1/batches?limit=100")


def test_a_recall_is_told(client):
    batch = BatchFactory()
    type(batch).objects.filter(pk=batch.pk).update(recalled_at=AT, recall_reason="农残超标")
    mark_changed(batch)
    assert client.get(address(batch)).json()["recall"]["reason"] == "农残超标"


def test_events_come_with_their_hashes_and_corrections(client, django_assert_max_num_queries):
    batch = BatchFactory()
    first = event(batch, day="2026-10-27")
    correct_event(event=first, reason="面积写错", recorded_at=timezone.now(), title="采收 2 号地")
    with django_assert_max_num_queries(6):
        items = client.get(address(batch, "/events")).json()["items"]
    assert [item["sequence"] for item in items] == [1, 2]
    assert items[1]["corrects"] == 1
    assert items[1]["reason"] == "面积写错"
    assert items[1]["previous_hash"] == items[0]["hash"] == first.hash
    assert len(everything(client, address(batch, "/events?limit=1"))) == 2


def test_a_base_shows_its_newest_values(client):
    device = DeviceFactory()
    store([Inbound(device.device_id, timezone.now(), {"pm25": 12.5})], received_at=timezone.now())
    answer = client.get("/api/v1/bases/zhangjiahe").json()
    assert answer["devices"][0]["values"] == {"pm25": 12.5}
    assert answer["devices"][0]["online"] is True
    assert answer["url"].endswith("/bases/zhangjiahe/")


def test_bases_of_one_county(client):
    BaseFactory()
    other_base()
    assert len(everything(client, "/api/v1/bases?limit=1")) == 2
    assert [item["slug"] for item in everything(client, "/api/v1/bases?region=daning")] == ["yuanshang"]


@pytest.fixture
def measured():
    """Two devices with ten minutes each."""
    devices = [DeviceFactory(device_id=name) for name in ("ZJH-01", "ZJH-02")]
    messages = [
        Inbound(device.device_id, AT + timedelta(minutes=minute), {"pm25": float(minute), "humidity": 50.0})
        for device in devices
        for minute in range(10)
    ]
    store(messages, received_at=AT + timedelta(minutes=10))
    return devices


SPAN = "from=2026-11-20T02:00:00Z&to=2026-11-20T03:00:00Z"


def test_readings_of_a_span_a_page_at_a_time(client, measured):
    items = everything(client, f"/api/v1/bases/zhangjiahe/readings?{SPAN}&limit=7")
    assert len(items) == 20
    assert items[0] == {
        "device": "ZJH-01",
        "at": "2026-11-20T02:00:00Z",
        "values": {"pm25": 0.0, "humidity": 50.0},
    }
    assert len({(item["device"], item["at"]) for item in items}) == 20


def test_readings_of_one_device_and_metric(client, measured):
    items = everything(client, f"/api/v1/bases/zhangjiahe/readings?{SPAN}&device=ZJH-02&metric=pm25")
    assert [item["values"] for item in items] == [{"pm25": float(minute)} for minute in range(10)]


def test_means_by_hour(client, measured):
    roll_up_dirty_hours()
    items = everything(client, f"/api/v1/bases/zhangjiahe/means?{SPAN}&metric=pm25&limit=1")
    assert [(item["device"], item["mean"], item["count"]) for item in items] == [
        ("ZJH-01", 4.5, 10),
        ("ZJH-02", 4.5, 10),
    ]


def test_means_by_day_answer(client, measured):
    assert client.get(f"/api/v1/bases/zhangjiahe/means?{SPAN}&by=day").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=2026-01-01T00:00:00Z&to=2026-12-01T00:00:00Z", 422),
        ("from=2026-11-20T03:00:00Z&to=2026-11-20T02:00:00Z", 422),
        ("from=yesterday", 422),
        ("metric=unknown", 422),
        ("device=nobody", 404),
        ("after=x:y", 422),
        ("after=" + "9" * 40 + ":1", 422),
        ("limit=100000", 422),
    ],
)
def test_a_span_that_cannot_be_is_a_problem(client, measured, query, status):
    answer = client.get(f"/api/v1/bases/zhangjiahe/readings?{query}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_metrics_name_the_units(client):
    items = client.get("/api/v1/metrics").json()["items"]
    assert {"key": "pm25", "name": "PM2.5", "name_en": "PM2.5", "unit": "µg/m³", "decimals": 0}.keys() <= (
        items[0].keys()
    )


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/batches/06971400000017/NO-SUCH", 404, "no_such_batch"),
        ("/api/v1/bases/nowhere", 404, "no_such_base"),
        ("/api/v1/nothing", 404, "nothing_here"),
        ("/api/", 404, "nothing_here"),
        ("/api/v1/batches?after=x", 422, "invalid"),
    ],
)
def test_what_is_not_there_is_a_problem(client, path, status, code):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"


def test_a_method_nobody_knows_is_a_problem(client):
    answer = client.delete("/api/v1/bases")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    assert answer.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("header", "sentence", "language"),
    [
        ("", "没有这个批次。", "zh"),
        ("zh-CN,zh;q=0.9", "没有这个批次。", "zh"),
        ("en-GB,en;q=0.8", "There is no such batch.", "en"),
        ("de", "没有这个批次。", "zh"),
        ("de,en;q=0.5", "There is no such batch.", "en"),
        ("," * 5000, "没有这个批次。", "zh"),
    ],
)
def test_a_problem_is_told_in_the_callers_language(client, header, sentence, language):
    answer = client.get("/api/v1/batches/06971400000017/X", headers={"accept-language": header})
    assert answer.json()["detail"] == sentence
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]


def test_data_is_the_same_in_every_language_and_may_be_read_by_any_page(client):
    batch = BatchFactory()
    answers = [client.get(address(batch), headers={"accept-language": name}) for name in ("zh", "en")]
    assert answers[0].content == answers[1].content
    assert answers[0]["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answers[0]


def test_the_description_names_every_address(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert set(document["paths"]) == {
        "/api/v1/batches",
        "/api/v1/batches/{gtin}/{lot}",
        "/api/v1/batches/{gtin}/{lot}/events",
        "/api/v1/batches/{gtin}/{lot}/events/{sequence}/corrections",
        "/api/v1/batches/{gtin}/{lot}/activations",
        "/api/v1/bases",
        "/api/v1/bases/{slug}",
        "/api/v1/bases/{slug}/readings",
        "/api/v1/bases/{slug}/means",
        "/api/v1/metrics",
        "/api/v1/readings",
        "/api/v1/codes",
        "/api/v1/codes/{serial}",
        "/api/v1/licences/{number}",
    }
    writing = document["paths"]["/api/v1/batches"]["post"]
    assert writing["security"]
    assert {"201", "422"} <= set(writing["responses"])
