"""Capture: what partners hand in over EPCIS becomes part of the record, once, with its origin."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from record.epcis.documents import BadDocument, BadEvent, TooMany, read_document, read_event
from record.epcis.identifiers import lot_uri, package_uri
from record.events.chain import broken_links
from record.models import Batch, CapturedEvent, CaptureJob, Event
from tests.factories.brand import MemberFactory
from tests.factories.record import BatchFactory, active_code
from tests.trace import test_epcis_query as doubles
from tests.trace.test_epcis_query import _Token

pytestmark = pytest.mark.django_db
CAPTURE = "/epcis/capture"


@pytest.fixture(autouse=True)
def partner(settings):
    settings.TRACE_TOKEN_CHECK = "tests.trace.test_epcis_query.check_token"
    doubles.TOKENS.clear()
    carrier = MemberFactory(name="长治冷链")
    doubles.TOKENS["good"] = _Token(carrier, "冷链系统")
    return carrier


def _event(*lots: str, **facts: Any) -> dict[str, Any]:
    return {
        "type": "ObjectEvent",
        "eventTime": "2026-11-02T08:30:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "receiving",
        "quantityList": [{"epcClass": lot, "quantity": 480.5, "uom": "KGM"} for lot in lots],
        **facts,
    }


def _lot(batch: Batch) -> str:
    return lot_uri(batch.product.gtin, batch.lot)


def _hand_in(client: Client, *events: Any, token: str = "good", **headers: str) -> Any:
    document = {
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-11-02T08:31:00Z",
        "epcisBody": {"eventList": list(events)},
    }
    return client.post(
        CAPTURE,
        json.dumps(document),
        content_type="application/ld+json",
        headers={"Authorization": f"Bearer {token}", **headers},
    )


def _job(client: Client, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.content
    path = answer["Location"].split("8000", 1)[-1]
    return client.get(path, headers={"Authorization": "Bearer good"}).json()


def test_a_partners_event_becomes_part_of_the_record(client: Client, partner) -> None:
    batch = BatchFactory()
    said = _event(_lot(batch), readPoint={"id": "geo:36.195400,113.116300"}, **{"fengtu:place": "长治冷库"})
    job = _job(client, _hand_in(client, said))
    assert job["success"] and job["errors"] == [] and not job["running"]
    event = Event.objects.get(batch=batch)
    assert (event.stage, event.step, event.source) == ("circulation", "receiving", "partner")
    assert event.responsible == partner and event.place == "长治冷库"
    assert event.at == datetime(2026, 11, 2, 0, 30, tzinfo=UTC)
    assert str(event.latitude) == "36.195400"
    assert event.outputs == [{"what": batch.product.name, "quantity": "480.5", "unit": "千克"}]
    assert event.captured.said["quantityList"] == said["quantityList"]
    assert list(broken_links(batch.events.prefetch_related("photos__image"))) == []
    assert list(client.get("/epcis/events").json()["epcisBody"]["queryResults"]["resultsBody"]["eventList"])


def test_the_same_event_twice_has_one_effect(client: Client) -> None:
    batch = BatchFactory()
    for said in (_event(_lot(batch)), _event(_lot(batch), eventID="urn:uuid:1f1a")):
        for _ in range(2):
            assert _job(client, _hand_in(client, said))["success"]
    assert Event.objects.count() == CapturedEvent.objects.count() == 2
    assert [job.known for job in CaptureJob.objects.order_by("created_at")] == [0, 1, 0, 1]


def test_the_same_id_of_another_partner_is_another_event(client: Client) -> None:
    batch = BatchFactory()
    doubles.TOKENS["other"] = _Token(MemberFactory())
    said = _event(_lot(batch), eventID="urn:uuid:1f1a")
    _hand_in(client, said)
    _hand_in(client, said, token="other")
    assert Event.objects.count() == 2


def test_an_event_of_several_lots_packages_and_cartons_is_recorded_with_each(client: Client) -> None:
    batch, code = BatchFactory(), active_code()
    package = package_uri(code.product.gtin, code.serial)
    _hand_in(client, _event(_lot(batch), epcList=[package]))
    assert Event.objects.get(batch=batch).outputs[0]["unit"] == "千克"
    assert Event.objects.get(batch=code.batch).outputs[0] == {
        "what": code.product.name,
        "quantity": "1",
        "unit": "件",
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"quantityList": []},
        {"quantityList": [{"epcClass": "https://id.gs1.org/01/06901234567892/10/NOBODY"}]},
        {"quantityList": [{"epcClass": "hello"}]},
        {"eventTime": "yesterday"},
        {"eventTime": "2026-11-02T08:30:00"},
        {"eventTime": "2036-11-02T08:30:00Z"},
        {"type": "PartyEvent"},
        {"eventTimeZoneOffset": None},
        {"readPoint": {"id": "geo:95,200"}},
        {"readPoint": {"id": "geo:x"}},
        {"errorDeclaration": {"declarationTime": "2026-11-02T08:30:00Z"}},
        {"fengtu:title": "长" * 61},
        {"eventID": "x" * 201},
    ],
)
def test_a_bad_event_is_refused_and_takes_the_others_along(client: Client, changes: dict[str, Any]) -> None:
    batch = BatchFactory()
    bad = {**_event(_lot(batch)), **changes}
    job = _job(client, _hand_in(client, _event(_lot(batch)), bad))
    assert not job["success"] and len(job["errors"]) == 1
    assert job["errors"][0]["type"] == "epcisException:ValidationException"
    assert not Event.objects.exists() and not CapturedEvent.objects.exists()


def test_who_asks_to_proceed_keeps_the_good_ones(client: Client) -> None:
    batch = BatchFactory()
    answer = _hand_in(
        client, _event("hello"), _event(_lot(batch)), **{"GS1-Capture-Error-Behaviour": "proceed"}
    )
    job = _job(client, answer)
    assert [error["instance"] for error in job["errors"]] == ["event 1"]
    assert Event.objects.count() == 1 and CaptureJob.objects.get().recorded == 1


def test_an_amount_that_is_none_is_refused(client: Client) -> None:
    batch = BatchFactory()
    for quantity in (-1, 0, 1e300):
        said = _event(quantityList=[{"epcClass": _lot(batch), "quantity": quantity}])
        assert not _job(client, _hand_in(client, said))["success"]
    assert not Event.objects.exists()


def test_nobody_without_a_token_hands_in_anything(client: Client) -> None:
    doubles.TOKENS["reader"] = _Token(None, scopes=["batches"])
    for token in ("", "wrong", "reader"):
        assert _hand_in(client, _event(_lot(BatchFactory())), token=token).status_code == 401
    assert client.get(CAPTURE).status_code == 401
    assert not CaptureJob.objects.exists() and not Event.objects.exists()


def test_what_cannot_be_taken_is_refused_whole(client: Client) -> None:
    good = {"Authorization": "Bearer good"}
    for body, kind, status in (
        ("{", "application/json", 400),
        ('{"type": "EPCISDocument"}', "application/json", 400),
        ("<xml/>", "application/xml", 415),
        (" " * 1_000_001, "application/json", 413),
    ):
        answer = client.post(CAPTURE, body, content_type=kind, headers=good)
        assert answer.status_code == status and answer.json()["status"] == status
    assert _hand_in(client, *[{}] * 501).status_code == 413
    assert _hand_in(client, **{"GS1-Capture-Error-Behaviour": "hope"}).status_code == 400
    assert not CaptureJob.objects.exists()


def test_a_job_is_shown_to_who_handed_it_in(client: Client) -> None:
    answer = _hand_in(client, _event(_lot(BatchFactory())))
    doubles.TOKENS["other"] = _Token(MemberFactory())
    path = answer["Location"].split("8000", 1)[-1]
    assert client.get(path, headers={"Authorization": "Bearer other"}).status_code == 404
    assert len(client.get(CAPTURE, headers={"Authorization": "Bearer good"}).json()) == 1
    assert client.get(CAPTURE, headers={"Authorization": "Bearer other"}).json() == []


@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "type",
                        "schemaVersion",
                        "epcisBody",
                        "eventList",
                        "eventTime",
                        "quantityList",
                        "epcList",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode())
)
def test_anything_is_read_or_refused(text: bytes) -> None:
    for read in (read_document, read_event):
        try:
            read(text)
        except (BadDocument, BadEvent, TooMany):
            continue
