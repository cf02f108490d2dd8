"""Every shape devices send becomes the same readings."""

import importlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from telemetry.ingest.inbound import Decoded
from telemetry.ingest.payloads import LARGEST, UnreadablePayload, decode
from telemetry.ingest.shapes.hj212 import checksum
from telemetry.vocabulary import Term, Vocabulary

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
THEN = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000

_rows = importlib.import_module("telemetry.migrations.0002_metrics")
METRICS = [dict(zip(_rows.FIELDS, row, strict=True)) for row in _rows.METRICS]
VOCABULARY = Vocabulary(
    Term(
        key=row["key"],
        unit=row["unit"],
        accept_min=row["accept_min"],
        accept_max=row["accept_max"],
        hj212_code=row["hj212_code"],
        hj212_factor=row["hj212_factor"],
        names=(row["name"], row["name_en"], *row["aliases"].split(",")),
    )
    for row in METRICS
)


def read(payload: object, **options: object) -> Decoded:
    data = (
        payload
        if isinstance(payload, bytes)
        else (payload if isinstance(payload, str) else json.dumps(payload))
    )
    raw = data if isinstance(data, bytes) else data.encode()
    arguments = {"device_id": "ZJH-01", "received_at": NOW, "vocabulary": VOCABULARY, "scales": {}} | options
    return decode(raw, **arguments)


def only(payload: object, **options: object) -> tuple[datetime, dict[str, float]]:
    decoded = read(payload, **options)
    assert not decoded.refusals
    (reading,) = decoded.readings
    return reading.at, reading.values


def hj212(
    body: str, *, head: str = "ST=22;CN=2011;PW=123456;MN=ZJH-01;Flag=5", crc: str | None = None
) -> str:
    data = f"QN=20231115061320000;{head};CP=&&{body}&&"
    return f"##{len(data):04d}{data}{crc or f'{checksum(data.encode()):04X}'}\r\n"


TIMED = {"ts": 1700000000000, "values": {"pm25": 12.1, "noise": 45}}


def test_a_flat_object_without_a_time_is_of_the_time_it_arrived():
    assert only({"pm25": 12.1, "temperature": -3}) == (NOW, {"pm25": 12.1, "temperature": -3.0})


def test_a_flat_object_may_carry_its_time():
    assert only({"ts": 1700000000, "pm25": 12.1}) == (THEN, {"pm25": 12.1})


def test_a_timed_object():
    assert only(TIMED) == (THEN, {"pm25": 12.1, "noise": 45.0})


def test_an_array_is_a_buffer_flushed_after_an_outage():
    minutes = [{"ts": 1700000000000 + 60_000 * minute, "values": {"pm25": minute}} for minute in range(3)]
    assert [(reading.at, reading.values) for reading in read(minutes).readings] == [
        (THEN + timedelta(minutes=minute), {"pm25": float(minute)}) for minute in range(3)
    ]


def test_a_gateway_speaks_for_others_and_says_so():
    first, second = read({"ZJH-02": [TIMED], "ZJH-01": [{"pm10": 3}]}).readings
    assert (first.device_id, first.via, first.at) == ("ZJH-02", "ZJH-01", THEN)
    assert (second.device_id, second.via, second.at) == ("ZJH-01", "", NOW)


def test_a_dtu_sends_text_in_local_time():
    payload = (
        '{"time":"2023-6-1 08:33:16","Data":[{"name":"PM2.5","value":"12"},{"name":"温度","value":"21.5"}]}'
    )
    assert only(payload) == (datetime(2023, 6, 1, 0, 33, 16, tzinfo=UTC), {"pm25": 12.0, "temperature": 21.5})


def test_a_dtu_may_send_gb18030():
    payload = '{"time":"2023-6-1 08:33:16","Data":[{"name":"风速","value":"2"}]}'.encode("gb18030")
    assert only(payload)[1] == {"wind_speed": 2.0, "wind_force": 2.0}


def test_properties_have_units_and_times_of_their_own():
    properties = [
        {"key": "pressure", "value": 91.23, "unit": "kPa"},
        {"key": "pm10", "value": 0.05, "unit": "mg/m³", "timestamp": 1700000060},
        {"key": "temperature", "value": 68, "unit": "°F", "timestamp": 1700000000},
    ]
    first, second = read({"ts": 1700000000, "properties": properties}).readings
    assert (first.at, first.values) == (THEN, {"pressure": 912.3, "temperature": 20.0})
    assert (second.at, second.values) == (THEN + timedelta(minutes=1), {"pm10": 50.0})


@pytest.mark.parametrize(
    "payload",
    [
        json.dumps(json.dumps(TIMED)),
        json.dumps({"data": json.dumps(TIMED)}),
        json.dumps({"ts": 1700000000, "values": json.dumps(TIMED["values"])}),
        json.dumps({"payload": json.dumps([TIMED])}),
    ],
)
def test_json_inside_json(payload: str):
    assert only(payload) == (THEN, {"pm25": 12.1, "noise": 45.0})


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("ST=22;CN=2011;Flag=5", "Rtd"),
        ("ST=39;CN=2051;Flag=4", "Avg"),
        ("ST=22;CN=2061;Flag=9", "Avg"),
        ("ST=23;CN=2031;Flag=8", "Avg"),
    ],
)
def test_hj212_in_its_units_and_versions(head: str, kind: str):
    body = f"DataTime=20231115061320;a34004-{kind}=12100,a34004-Min=1,a34004-Flag=N;"
    body += f"a01006-{kind}=91.23;LA-{kind}=45"
    assert only(hj212(body, head=head)) == (THEN, {"pm25": 12.1, "pressure": 912.3, "noise": 45.0})


def test_the_checksum_of_hj212_is_that_of_the_standard():
    example = (
        b"QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;"
        b"CP=&&RtdInterval=30&&"
    )
    assert f"{checksum(example):04X}" == "1C80"


def test_a_value_hj212_flags_is_refused_and_the_others_kept():
    decoded = read(hj212("DataTime=20231115061320;a34004-Rtd=1,a34004-Flag=D;a01001-Rtd=3,a01001-Flag=N"))
    assert decoded.readings[0].values == {"temperature": 3.0}
    assert "Flag=D" in decoded.refusals[0]


@pytest.mark.parametrize(
    "payload",
    [
        hj212("DataTime=20231115061320;a34004-Rtd=1", crc="0000"),
        hj212("DataTime=20231115061320;a34004-Rtd=1").replace("##0", "##1"),
        hj212("a34004-Rtd=1", head="ST=31;CN=2011;Flag=5"),
        hj212("a34004-Rtd=1", head="ST=22;CN=3019;Flag=5"),
        hj212("a34004-Rtd=1", head="ST=22;CN=2011;Flag=60"),
        "##",
    ],
)
def test_hj212_that_is_none_is_refused(payload: str):
    with pytest.raises(UnreadablePayload):
        read(payload)


@pytest.mark.parametrize(
    "time",
    [
        1700000000,
        1700000000.0,
        1700000000000,
        1700000000000000,
        "1700000000",
        "1700000000000",
        "20231115061320",
        "2023-11-15 06:13:20",
        "2023/11/15 6:13:20",
        "2023年11月15日 06:13:20",
        "2023-11-15T06:13:20+08:00",
        "2023-11-14T22:13:20Z",
        "2023-11-14T22:13:20.000Z",
    ],
)
def test_times_in_every_writing(time: object):
    assert only({"ts": time, "values": {"pm25": 1}})[0] == THEN


@pytest.mark.parametrize(
    "time", ["yesterday", "2023-13-40 08:00:00", 0, -1, True, 1e30, {"a": 1}, "1999-01-01 00:00"]
)
def test_a_time_that_is_none_refuses_the_reading(time: object):
    decoded = read({"ts": time, "values": {"pm25": 1}})
    assert not decoded.readings
    assert len(decoded.refusals) == 1


@pytest.mark.parametrize(
    "value",
    [
        "true",
        "false",
        "NaN",
        "Infinity",
        "-Infinity",
        '"--"',
        '"NaN"',
        '"1_0"',
        "[1]",
        "{}",
        "1e400",
        "9999",
        "-1",
        '"off"',
    ],
)
def test_what_is_no_measurement_is_refused_alone(value: str):
    decoded = read(f'{{"ts": 1700000000, "values": {{"pm25": {value}, "temperature": 20.5}}}}')
    assert [reading.values for reading in decoded.readings] == [{"temperature": 20.5}]
    assert len(decoded.refusals) == 1
    assert decoded.refusals[0].startswith("pm25: ")


@pytest.mark.parametrize("value", [None, ""])
def test_not_measured_is_no_fault(value: object):
    decoded = read({"pm25": value, "temperature": 20.5})
    assert [reading.values for reading in decoded.readings] == [{"temperature": 20.5}]
    assert not decoded.refusals


@pytest.mark.parametrize("row", METRICS, ids=lambda row: row["key"])
def test_the_ends_of_a_range_are_accepted_and_beyond_is_not(row: dict[str, object]):
    low, high, key = float(row["accept_min"]), float(row["accept_max"]), str(row["key"])
    for value in (low, high):
        assert only({key: value})[1][key] == value
    for value in (low - 0.1, high + 0.1):
        assert not read({key: value}).readings


def test_the_factors_of_a_device_model_apply_to_plain_numbers_only():
    scales = {"ZJH-01": {"pm25": 0.001, "pressure": 10}}
    assert only({"pm25": 12100, "pressure": "91.23"}, scales=scales)[1] == {"pm25": 12.1, "pressure": 912.3}
    stated = {"properties": [{"key": "pm25", "value": 12.1, "unit": "ug/m3"}]}
    assert only(stated, scales=scales)[1] == {"pm25": 12.1}


def test_a_unit_nobody_knows_is_refused():
    assert not read({"properties": [{"key": "pm25", "value": 1, "unit": "ppm"}]}).readings


@pytest.mark.parametrize(
    ("speed", "force"),
    [(0, 0), (0.2, 0), (0.3, 1), (1.5, 1), (1.6, 2), (10.7, 5), (10.8, 6), (56.1, 17), (60, 17)],
)
def test_the_force_of_the_wind_follows_from_its_speed(speed: float, force: int):
    assert only({"wind_speed": speed})[1]["wind_force"] == force
    assert only({"wind_speed": speed, "wind_force": 3})[1]["wind_force"] == 3


def test_more_pm25_than_pm10_is_warned_of_and_kept():
    decoded = read({"pm25": 20, "pm10": 10})
    assert decoded.readings[0].values == {"pm25": 20.0, "pm10": 10.0}
    assert len(decoded.warnings) == 1


def test_an_unknown_metric_is_counted_and_a_row_makes_it_known():
    payload = {"pm25": 1, "soil_moisture": 31.5}
    assert read(payload).unknown == ["soil_moisture"]
    known = Vocabulary([*VOCABULARY.terms.values(), Term("soil_moisture", "%", 0, 100)])
    assert only(payload, vocabulary=known)[1] == {"pm25": 1.0, "soil_moisture": 31.5}


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "hello",
        "[]",
        "{}",
        "3",
        "null",
        '"text"',
        '{"a": 1}',
        b"\xff\xfe\x00",
        "[" * 5000,
        '{"properties":[{"key":3}]}',
        b"\x00" * 100,
    ],
)
def test_what_nobody_can_read_says_why(payload: object):
    with pytest.raises(UnreadablePayload) as refused:
        read(payload)
    assert str(refused.value)


def test_what_is_too_large_is_not_even_looked_at():
    with pytest.raises(UnreadablePayload):
        read(b"[" + b" " * LARGEST)


def test_one_bad_part_of_an_array_does_not_lose_the_others():
    decoded = read([TIMED, 5, {"hello": 1}, {"ts": "never", "values": {"pm25": 1}}, {"pm10": 7}])
    assert [reading.values for reading in decoded.readings] == [{"pm25": 12.1, "noise": 45.0}, {"pm10": 7.0}]
    assert len(decoded.refusals) == 2
