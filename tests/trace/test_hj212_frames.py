"""HJ 212 frames in a stream: any cut of the stream gives the same frames, noise costs only itself."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from telemetry.ingest.hj212.frames import CRC, NOISE, FrameReader, Piece, frame
from telemetry.ingest.hj212.heads import PW_WRONG, Times, acknowledgement, read_head, refusal

SEGMENT = (
    "QN=20261120100000000;ST=22;CN=2011;PW=abc234;MN=LC0001;Flag=5;"
    "CP=&&DataTime=20261120100000;a34004-Rtd=12000,a34004-Flag=N&&"
)
segments = st.text(st.characters(codec="utf-8", exclude_characters="#"), max_size=200)


def read(*chunks: bytes) -> list[Piece]:
    reader = FrameReader()
    return [piece for chunk in chunks for piece in reader.feed(chunk)]


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[start:end] for start, end in pairwise(edges)]


def good(pieces: list[Piece]) -> list[str]:
    return [piece.data.decode() for piece in pieces if not piece.problem]


@given(st.lists(segments, min_size=1, max_size=6), st.lists(st.integers(0, 5000), max_size=12))
def test_a_stream_cut_anywhere_gives_every_frame_once(contents, places):
    stream = b"".join(frame(content) for content in contents)
    assert good(read(*cut(stream, places))) == contents


@given(st.lists(segments, min_size=1, max_size=4))
def test_one_byte_at_a_time_is_enough(contents):
    stream = b"".join(frame(content) for content in contents)
    assert good(read(*(bytes([byte]) for byte in stream))) == contents


@given(st.binary(max_size=400), st.lists(st.integers(0, 500), max_size=6))
@example(b"##", [])
@example(b"##00", [1])
@example(b"##9999", [])
@example(b"#" * 40, [3, 4, 5])
def test_nothing_that_arrives_breaks_the_reader(received, places):
    pieces = read(*cut(received, places))
    assert sum(len(piece.raw) for piece in pieces) <= len(received)


@given(st.binary(max_size=300).filter(lambda data: b"#" not in data), segments)
def test_a_frame_after_noise_is_found(noise, content):
    pieces = read(noise + frame(content))
    assert good(pieces) == [content]


@given(segments.filter(lambda text: len(text) > 4), st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_frame_costs_only_itself(content, place, change):
    damaged = bytearray(frame(content))
    inside = 6 + place % (len(damaged) - 12)
    damaged[inside] ^= change
    pieces = read(bytes(damaged) + frame(SEGMENT) + frame(SEGMENT))
    assert good(pieces)[-2:] == [SEGMENT, SEGMENT]
    assert pieces[0].problem == CRC


def test_a_length_that_was_read_wrong_does_not_swallow_what_follows():
    too_long = b"##0999" + frame(SEGMENT)[6:]
    pieces = read(too_long + frame(SEGMENT) * 8)
    assert good(pieces) == [SEGMENT] * 8


def test_line_ends_may_be_missing_or_many():
    bare = frame(SEGMENT).rstrip()
    assert good(read(bare + bare + b"\r\n\r\n\0" + bare)) == [SEGMENT] * 3


def test_what_speaks_another_protocol_is_noise():
    pieces = read(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert {piece.problem for piece in pieces} == {NOISE}


def test_an_unfinished_frame_waits():
    reader = FrameReader()
    whole = frame(SEGMENT)
    assert list(reader.feed(whole[:50])) == []
    assert good(list(reader.feed(whole[50:]))) == [SEGMENT]


def test_the_acknowledgement_carries_what_it_answers():
    head = read_head(SEGMENT.encode())
    [answer] = good(read(acknowledgement(head)))
    assert answer == "QN=20261120100000000;ST=91;CN=9014;PW=abc234;MN=LC0001;Flag=4;CP=&&&&"
    [refused] = good(read(refusal(head, PW_WRONG)))
    assert refused == "QN=20261120100000000;ST=91;CN=9011;PW=abc234;MN=LC0001;Flag=4;CP=&&QnRtn=3&&"


def test_an_answer_to_a_station_of_2025_is_of_2025():
    head = read_head(SEGMENT.replace("Flag=5", "Flag=9").encode())
    assert head.wants_answer
    assert head.version == 2
    assert b"Flag=8;" in acknowledgement(head)


def test_a_request_for_the_time_is_a_notice():
    head = read_head(b"QN=20261120100000000;ST=91;CN=1013;PW=abc234;MN=LC0001;Flag=5;CP=&&&&")
    assert b"CN=9013" in acknowledgement(head)


@given(st.binary(max_size=300))
def test_any_bytes_have_a_head(data):
    head = read_head(data)
    assert not set(head.mn + head.pw + head.qn) & set(";&=")


def test_a_later_part_takes_the_time_of_the_first():
    times = Times()
    first = SEGMENT.replace("Flag=5", "Flag=7;PNUM=2;PNO=1")
    second = first.replace("PNO=1", "PNO=2").replace("DataTime=20261120100000;", "").replace("a34004", "LA")
    assert times.complete(read_head(first.encode()), frame(first), first.encode()) == frame(first)
    completed = times.complete(read_head(second.encode()), frame(second), second.encode())
    assert b"CP=&&DataTime=20261120100000;LA-Rtd=12000" in completed
    assert good(read(completed))
