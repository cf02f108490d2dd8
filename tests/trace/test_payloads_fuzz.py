"""Whatever arrives, decoding returns or says why not: nothing else is ever raised."""

import json
import math

from hypothesis import example, given, settings
from hypothesis import strategies as st

from telemetry.ingest.payloads import UnreadablePayload
from tests.trace.test_payloads_shapes import METRICS, VOCABULARY, hj212, read

NAMES = st.sampled_from(
    [row["key"] for row in METRICS]
    + [
        "ts",
        "time",
        "values",
        "Data",
        "data",
        "properties",
        "name",
        "value",
        "key",
        "unit",
        "timestamp",
        "PM2.5",
    ]
) | st.text(max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**320)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["12", "2023-6-1 08:33:16", 1700000000, 1700000000000, "kPa", '{"pm25": 1}', "##0000"])
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)


def check(payload: bytes) -> None:
    try:
        decoded = read(payload)
    except UnreadablePayload as refused:
        assert str(refused)
        return
    for reading in decoded.readings:
        assert reading.values
        for key, value in reading.values.items():
            term = VOCABULARY.terms[key]
            assert math.isfinite(value)
            assert term.accept_min <= value <= term.accept_max


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
@example(b'{"pm25": 1' + b"0" * 5000 + b"}")
@example(b'{"ts": 1' + b"0" * 5000 + b', "pm25": 1}')
@example(b'{"a":' * 3000)
def test_any_bytes(payload: bytes):
    check(payload)


@settings(max_examples=800, deadline=None)
@given(DOCUMENTS)
@example({"ts": [1], "properties": [{"key": "pm25", "value": 1}]})
@example({"\ud800": [{"pm25": 1}]})
def test_any_document(document: object):
    check(json.dumps(document).encode())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="DataTime=a34004-Rtd1290;,&NFlg\n#", max_size=120), st.text(max_size=20))
def test_any_hj212_body(body: str, head: str):
    check(hj212(body).encode())
    check(hj212(body, head=head).encode(errors="replace"))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["pm25", "noise", "humidity"]), st.floats(30, 100), min_size=1))
def test_what_is_sent_is_what_is_read(values: dict[str, float]):
    (reading,) = read({"ts": 1700000000, "values": values}).readings
    assert reading.values == values
