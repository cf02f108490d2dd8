"""A NUL, which PostgreSQL takes in no text, is answered and breaks nothing."""

import pytest

from api.tokens import make_token
from record.models import CaptureJob, Event
from tests.factories.record import NOW, BatchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    return BatchFactory(planted_on=None, harvested_on=None)


@pytest.fixture
def signed(batch):
    _token, text = make_token(member=batch.product.member, name="ERP", scopes=["events", "epcis"], at=NOW)
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.parametrize(
    "path",
    [
        "/trace/tests/%00/", "/en/trace/certificates/%00/", "/trace/reports/%00/", "/bases/%00/",
        "/trace/batches/%00/%00/", "/trace/products/%00/", "/trace/batches/%00/%00/report/",
        "/api/v1/bases/%00", "/api/v1/batches/%00/%00", "/api/v1/licences/%00",
    ],
)  # fmt: skip
def test_in_an_address_it_leads_nowhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/batches?region=%00", "/api/v1/bases?region=a%00"])
def test_in_a_question_to_the_api_it_is_a_mistake(client, path):
    assert client.get(path).status_code == 422


def test_in_an_event_for_the_api_it_is_a_mistake(client, batch, signed):
    event = {"stage": "production", "title": "浇\0水", "at": "2026-10-01T08:00:00+08:00"}
    answer = client.post(
        f"/api/v1/batches/{batch.product.gtin}/{batch.lot}/events",
        event,
        content_type="application/json",
        headers={**signed, "Idempotency-Key": "1"},
    )
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"].endswith("title")
    assert not Event.objects.exists()


def test_in_an_event_of_a_partner_it_is_told_in_the_job(client, batch, signed):
    lot = f"https://id.gs1.org/01/{batch.product.gtin}/10/{batch.lot}"
    event = {
        "type": "ObjectEvent",
        "eventTime": "2026-10-01T08:00:00+08:00",
        "eventTimeZoneOffset": "+08:00",
        "action": "OBSERVE",
        "bizStep": "shipping",
        "partner:note": "\0",
        "quantityList": [{"epcClass": lot}],
    }
    document = {"type": "EPCISDocument", "schemaVersion": "2.0", "epcisBody": {"eventList": [event]}}
    answer = client.post("/epcis/capture", document, content_type="application/json", headers=signed)
    assert answer.status_code == 202
    assert CaptureJob.objects.get().errors and not Event.objects.exists()
