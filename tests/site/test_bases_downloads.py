"""Readings of a base as CSV: what is in it, how much of it, how often."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from telemetry import downloads as lines
from telemetry.ingest.inbound import Inbound
from telemetry.ingest.store import store
from telemetry.models import Base
from telemetry.rollups import roll_up_dirty_hours
from tests.factories.pages import county
from tests.factories.record import BaseFactory
from tests.factories.telemetry import DeviceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
URL = "/bases/zhangjiahe/readings.csv"
A_DAY = {"first": "2026-11-22", "last": "2026-11-22"}


@pytest.fixture(autouse=True)
def base(time_machine) -> Base:
    time_machine.move_to(NOW, tick=False)
    found = BaseFactory(region=county(), slug="zhangjiahe", name="张家河基地")
    DeviceFactory(base=found, device_id="ZJH-01")
    other = BaseFactory(region=found.region, slug="other")
    DeviceFactory(base=other, device_id="OTH-01")
    readings = [
        Inbound(device, NOW - timedelta(minutes=back), {"temperature": 5.0 + back, "pm25": 20.0})
        for back in (0, 20, 90)
        for device in ("ZJH-01", "OTH-01")
    ]
    store(readings, received_at=NOW)
    roll_up_dirty_hours()
    return found


def rows(response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.content.decode()
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_hours_of_one_metric_with_local_times(client):
    response = client.get(URL, {"metric": "temperature", "step": "hour", **A_DAY})
    assert response["Content-Type"].startswith("text/csv")
    assert "zhangjiahe-temperature-2026-11-22-2026-11-22-hour.csv" in response["Content-Disposition"]
    found = rows(response)
    assert [row["time"] for row in found] == ["2026-11-22T15:00:00+08:00", "2026-11-22T16:00:00+08:00"]
    assert found[1] | {"time": ""} == {
        "time": "", "device": "ZJH-01", "metric": "temperature",
        "mean": "15.0", "min": "5.0", "max": "25.0", "count": "2",
    }  # fmt: skip


def test_days_say_how_many_hours_they_have(client):
    found = rows(client.get(URL, {"metric": "temperature", "step": "day", **A_DAY}))
    assert [(row["day"], row["hours"], row["count"]) for row in found] == [("2026-11-22", "2", "3")]


def test_every_reading_of_every_metric_of_this_base_only(client):
    found = rows(client.get(URL, {"step": "reading", **A_DAY}))
    assert {row["device"] for row in found} == {"ZJH-01"}
    assert {row["metric"] for row in found} == {"temperature", "pm25"}
    assert len(found) == 6


def test_a_spreadsheet_knows_its_encoding(client):
    response = client.get(URL, {"step": "hour", **A_DAY})
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbf")


def test_it_is_squeezed_for_who_takes_that(client):
    response = client.get(URL, {"step": "hour", **A_DAY}, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"step": "reading", "first": "2026-10-01", "last": "2026-11-01"}, "最多 31 天"),
        ({"step": "hour", "first": "2025-01-01", "last": "2026-11-01"}, "最多 366 天"),
        ({"step": "hour", "first": "2026-11-02", "last": "2026-11-01"}, "结束的日子在开始之前。"),
        ({"step": "hour", "first": "yesterday", "last": "2026-11-01"}, "error"),
        ({"step": "minute", **A_DAY}, "error"),
        ({"step": "hour", "metric": "secret", **A_DAY}, "error"),
        ({}, "error"),
    ],
)
def test_what_cannot_be_had_is_said_beside_the_form(client, query, says):
    response = client.get(URL, query)
    assert response.status_code == 400
    page = response.content.decode()
    assert says in page
    assert 'id="take-step"' in page


def test_the_longest_periods_are_allowed(client):
    assert (
        client.get(URL, {"step": "reading", "first": "2026-10-02", "last": "2026-11-01"}).status_code == 200
    )
    assert client.get(URL, {"step": "hour", "first": "2025-11-23", "last": "2026-11-22"}).status_code == 200


def test_lines_refuse_what_the_form_would_refuse_before_anything_is_read(base, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(lines.TooLong):
        lines.csv_lines(
            base=base,
            metrics=["pm25"],
            step=lines.Step.READING,
            first=datetime(2026, 1, 1).date(),
            last=datetime(2026, 11, 1).date(),
        )


def test_lines_are_read_a_few_at_a_time(client, monkeypatch):
    monkeypatch.setattr(lines, "AT_ONCE", 2)
    assert len(rows(client.get(URL, {"step": "reading", **A_DAY}))) == 6


def test_who_takes_too_much_waits(client):
    for _ in range(30):
        assert client.get(URL, {"step": "day", **A_DAY}).status_code == 200
    refused = client.get(URL, {"step": "day", **A_DAY})
    assert refused.status_code == 429
    assert "等十分钟再来" in refused.content.decode()
    assert client.get(URL, {"step": "day", **A_DAY}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_what_is_refused_is_not_counted(client):
    for _ in range(31):
        assert client.get(URL, {}).status_code == 400
    assert client.get(URL, {"step": "day", **A_DAY}).status_code == 200


def test_an_unknown_base_is_404(client):
    assert client.get("/bases/nowhere/readings.csv", {"step": "day", **A_DAY}).status_code == 404


def test_metrics_that_are_not_public_are_not_given_away(client):
    from telemetry.live.metric_faces import forget_faces
    from telemetry.models import Metric

    Metric.objects.filter(key="pm25").update(is_public=False)
    forget_faces()
    try:
        assert client.get(URL, {"metric": "pm25", "step": "hour", **A_DAY}).status_code == 400
        assert {row["metric"] for row in rows(client.get(URL, {"step": "hour", **A_DAY}))} == {"temperature"}
    finally:
        forget_faces()
