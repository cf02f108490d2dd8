"""The HJ 212 listener: what it stores, when it answers, whom it refuses."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection

from telemetry.devices import revoke_password
from telemetry.ingest.counters import Counters as IngestCounters
from telemetry.ingest.hj212 import desk as desk_module
from telemetry.ingest.hj212 import server, thread
from telemetry.ingest.hj212.counters import Counters
from telemetry.ingest.hj212.desk import KEPT, Desk, Received, Session
from telemetry.ingest.hj212.frames import FrameReader, frame
from telemetry.models import Device, Hj212Station, Reading, UnreadableMessage
from telemetry.stations import issue_station_password
from tests.factories.telemetry import PASSWORD, DeviceFactory
from tests.programs import listens, wait_until

NOW = datetime(2026, 11, 20, 2, 0, 30, tzinfo=UTC)  # 10:00:30 in Shanghai
MN = "010000A8900016F000169DC0"


@pytest.fixture
def station(db) -> tuple[Device, str]:
    device = DeviceFactory(device_id="ZJH-09")
    Hj212Station.objects.create(device=device, mn=MN)
    return device, issue_station_password(station=device.hj212)


def sent(pw: str, *, mn: str = MN, flag: int = 5, cn: str = "2011", st: str = "22", cp: str = "") -> bytes:
    """Return a frame as a station sends it; 2017 with the wish for an answer."""
    cp = cp or "DataTime=20261120100000;a34004-Rtd=12000,a34004-Flag=N;a01001-Rtd=21.5"
    return frame(f"QN=20261120100000001;ST={st};CN={cn};PW={pw};MN={mn};Flag={flag};CP=&&{cp}&&")


class Bench:
    """A desk and one connection to it."""

    def __init__(self) -> None:
        self.counters = Counters()
        self.desk = Desk(self.counters, IngestCounters())
        self.session = Session()

    def give(self, *frames: bytes, now: datetime = NOW) -> list[str]:
        """Return the answers to these bytes."""
        pieces = [piece for part in frames for piece in FrameReader().feed(part)]
        batch = [Received(piece, int(now.timestamp() * 1e6), self.session) for piece in pieces]
        return [answer.decode() for answer in self.desk.receive(batch, now=now)]


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_readings_are_stored_and_acknowledged(station, bench):
    device, pw = station
    [answer] = bench.give(sent(pw))
    reading = Reading.objects.get()
    assert reading.device_id == device.pk
    assert reading.at == datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert reading.values == {"pm25": 12.0, "temperature": 21.5}
    assert "CN=9014" in answer
    assert "QN=20261120100000001" in answer
    device.refresh_from_db()
    assert device.online


def test_a_station_of_2025_is_read_and_answered_as_such(station, bench):
    _device, pw = station
    [answer] = bench.give(sent(pw, flag=9))
    assert Reading.objects.count() == 1
    assert "Flag=8" in answer


def test_who_asks_for_no_answer_gets_none(station, bench):
    _device, pw = station
    assert bench.give(sent(pw, flag=4)) == [""]
    assert Reading.objects.count() == 1


def test_the_same_frame_again_is_acknowledged_and_changes_nothing(station, bench):
    _device, pw = station
    bench.give(sent(pw))
    [answer] = bench.give(sent(pw))
    assert "CN=9014" in answer
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("cn", ["2051", "2061", "2031"])
def test_means_of_minutes_hours_and_days_are_read(station, bench, cn):
    _device, pw = station
    cp = "DataTime=20261120090000;a34004-Min=1,a34004-Avg=9000,a34004-Max=2,a34004-Flag=N"
    assert "CN=9014" in bench.give(sent(pw, cn=cn, cp=cp))[0]
    assert Reading.objects.get().values == {"pm25": 9.0}


def test_data_in_two_parts_is_one_reading(station, bench):
    _device, pw = station
    head = f"QN=20261120100000002;ST=22;CN=2011;PW={pw};MN={MN};Flag=7;PNUM=2"
    bench.give(
        frame(f"{head};PNO=1;CP=&&DataTime=20261120100000;a34004-Rtd=12000&&"),
        frame(f"{head};PNO=2;CP=&&LA-Rtd=50.5&&"),
    )
    assert Reading.objects.get().values == {"pm25": 12.0, "noise": 50.5}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mn": "NOBODY"}, 4),
        ({"pw": "wrong1"}, 3),
        ({"flag": 1}, 6),
        ({"st": "31"}, 5),
        ({"cn": "2099"}, 8),
    ],
)
def test_what_is_refused_says_why_stores_nothing_and_is_kept(station, bench, changes, code):
    _device, pw = station
    [answer] = bench.give(sent(**{"pw": pw, **changes}))
    assert f"CN=9011;PW={changes.get('pw', pw)}" in answer
    assert f"QnRtn={code}" in answer
    assert not Reading.objects.exists()
    assert UnreadableMessage.objects.get().topic == "hj212"
    assert bench.counters.refused == 1


def test_a_damaged_frame_is_kept_and_told(station, bench):
    _device, pw = station
    damaged = sent(pw).replace(b"12000", b"19000")
    [answer] = bench.give(damaged)
    assert "QnRtn=9" in answer
    kept = bytes(UnreadableMessage.objects.get().payload)
    assert kept == damaged.rstrip().replace(f"PW={pw}".encode(), b"PW=***")  # for people to look at
    assert not Reading.objects.exists()
    assert bench.counters.damaged == 1


def test_noise_is_kept_counted_and_not_answered(db, bench):
    assert bench.give(b"GET / HTTP/1.1\r\n") == [""]
    assert bench.counters.noise == 1
    assert UnreadableMessage.objects.count() == 1


def test_strangers_cannot_fill_the_database(db, bench):
    for _turn in range(KEPT + 30):
        bench.give(b"noise noise")
    assert UnreadableMessage.objects.count() == KEPT
    assert bench.counters.not_kept == 30


def test_a_heartbeat_says_the_station_is_there(station, bench):
    device, pw = station
    [answer] = bench.give(sent(pw, cn="9015", st="91", cp=" "))
    assert "CN=9014" in answer
    device.refresh_from_db()
    assert device.online
    assert not UnreadableMessage.objects.exists()


def test_a_frame_without_a_known_value_is_kept_with_its_text_and_acknowledged(station, bench):
    _device, pw = station
    [answer] = bench.give(sent(pw, cp="DataTime=20261120100000;w01018-Rtd=3"))
    assert "CN=9014" in answer
    assert UnreadableMessage.objects.get().device_id == "ZJH-09"


def test_a_device_may_name_itself_by_its_id_and_its_own_password(db, bench):
    DeviceFactory(device_id="ZJH01")
    assert "CN=9014" in bench.give(sent(PASSWORD, mn="ZJH01"))[0]


def test_a_station_out_of_use_is_refused(station, bench):
    device, pw = station
    Device.objects.filter(pk=device.pk).update(is_active=False)
    assert "QnRtn=4" in bench.give(sent(pw))[0]
    assert not Reading.objects.exists()


def test_a_device_whose_password_is_taken_away_is_shut_out_here_too(station):
    device, pw = station
    revoke_password(device=device, at=NOW)
    assert "QnRtn=3" in Bench().give(sent(pw))[0]
    assert not Reading.objects.exists()


def test_a_new_password_ends_the_old_one(station, monkeypatch):
    device, old = station
    new = issue_station_password(station=device.hj212)
    assert len(new) == 6
    assert "QnRtn=3" in Bench().give(sent(old))[0]
    assert "CN=9014" in Bench().give(sent(new))[0]


# --- over TCP ----------------------------------------------------------------------------------------


@contextmanager
def listening(**limits: float) -> Iterator[int]:
    """Run the listener on a free port."""
    stop, found, ports = Event(), Event(), []

    def ready(port: int) -> None:
        ports.append(port)
        found.set()

    given = {"host": "127.0.0.1", "port": 0, "stop": stop, "ready": ready, "counters": Counters()}
    thread = Thread(target=server.run_listener, kwargs=given)
    thread.start()
    assert found.wait(10)
    try:
        yield ports[0]
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def answers(link: socket.socket, count: int) -> list[str]:
    """Return that many frames from the listener."""
    reader, pieces = FrameReader(), []
    link.settimeout(10)
    while len(pieces) < count:
        received = link.recv(4096)
        assert received, "the listener closed the connection"
        pieces += reader.feed(received)
    return [piece.data.decode() for piece in pieces]


@pytest.fixture
def committed_station(transactional_db) -> tuple[Device, str]:
    device = DeviceFactory(device_id="ZJH-09")
    Hj212Station.objects.create(device=device, mn=MN)
    return device, issue_station_password(station=device.hj212)


def recent(pw: str, minutes: int = 0) -> bytes:
    at = datetime.now(UTC) + timedelta(hours=8) - timedelta(minutes=minutes)
    return sent(pw, cp=f"DataTime={at:%Y%m%d%H%M%S};a34004-Rtd=12000")


def test_frames_in_pieces_and_several_at_once_are_answered_after_the_commit(committed_station):
    _device, pw = committed_station
    with listening() as port, socket.create_connection(("127.0.0.1", port)) as link:
        first = recent(pw, 9)
        link.sendall(first[:30])
        link.sendall(first[30:] + b"".join(recent(pw, minutes) for minutes in range(8)) + first[:10])
        found = answers(link, 9)
        assert Reading.objects.count() == 9, "acknowledged means it is in the database"
    assert all("CN=9014" in answer for answer in found)


def test_what_is_not_stored_is_not_acknowledged_until_it_is(committed_station, monkeypatch):
    _device, pw = committed_station
    real, failures = desk_module.write, [1, 1]

    def away(*arguments, **options):
        if failures:
            failures.pop()
            raise OperationalError("the database is away")
        real(*arguments, **options)

    monkeypatch.setattr(desk_module, "write", away)
    with listening() as port, socket.create_connection(("127.0.0.1", port)) as link:
        link.sendall(recent(pw))
        assert "CN=9014" in answers(link, 1)[0]
    assert not failures
    assert Reading.objects.count() == 1


def test_a_stranger_is_shown_the_door(transactional_db):
    with listening() as port, socket.create_connection(("127.0.0.1", port)) as link:
        link.settimeout(10)
        for _turn in range(server.STRIKES + 5):
            try:
                link.sendall(sent("wrong1"))
            except OSError:
                break
        wait_until(lambda: not readable(link), why="the connection stays open", seconds=10)
    assert not Reading.objects.exists()


def readable(link: socket.socket) -> bool:
    try:
        return bool(link.recv(65_536))
    except OSError:
        return False


def test_a_silent_stranger_is_not_waited_for(transactional_db, monkeypatch):
    monkeypatch.setattr(server, "STRANGER", 0.2)
    with listening() as port, socket.create_connection(("127.0.0.1", port)) as link:
        link.settimeout(5)
        assert link.recv(1) == b""


def test_no_more_connections_than_can_be_served(transactional_db, monkeypatch):
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 1)
    with listening() as port, socket.create_connection(("127.0.0.1", port)) as first:
        first.sendall(b"##")
        with socket.create_connection(("127.0.0.1", port)) as second:
            second.settimeout(5)
            assert second.recv(1) == b""
    connection.close()


def test_a_taken_address_stops_nothing_else_and_is_tried_again(settings, monkeypatch):
    monkeypatch.setattr(thread, "PAUSE", 0.05)
    stop = Event()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        settings.HJ212_LISTEN = f"127.0.0.1:{port}"
        listener = thread.start_listener(stop)
        wait_until(lambda: listener.is_alive() and not stop.wait(0.2))
    try:
        wait_until(lambda: listens(port))
        assert not stop.is_set()
    finally:
        stop.set()
        listener.join(timeout=5)
