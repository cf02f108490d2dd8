"""Files that views hand over, sent by a real server: ranges, breaking off, losing the right meanwhile."""

import hashlib
import http.client
import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvicorn

from config import sending as config_sending
from config.sending import Sender
from lib.archive import Archive, Entry
from lib.handover import SLOT, MayNotGoOn, NoSender, Outcome, Sending, hand_over
from tests.programs import free_port, listens, wait_until

CONTENT = random.Random(3).randbytes(3_000_000)  # the same in every process of a run
ETAG = f'"{hashlib.sha256(CONTENT).hexdigest()}"'


@dataclass
class File:
    """Something to send that remembers what became of it."""

    content: bytes = CONTENT
    pause: float = 0.0
    lost: str = ""
    ends: list[tuple[Outcome, int, str]] = field(default_factory=list)
    begun: int = 0
    closed: int = 0

    def read(self, start: int) -> Iterator[bytes]:
        try:
            for place in range(start, len(self.content), 64 * 1024):
                time.sleep(self.pause)
                yield self.content[place : place + 64 * 1024]
        finally:
            self.closed += 1

    def check(self) -> None:
        if self.lost:
            raise MayNotGoOn(self.lost)

    def begin(self) -> None:
        self.begun += 1

    def end(self, outcome: Outcome, sent: int, why: str) -> None:
        self.ends.append((outcome, sent, why))

    def sending(self, size: int | None = None) -> Sending:
        length = len(self.content) if size is None else size
        return Sending(length, ETAG, self.read, self.check, self.begin, self.end, "user:1")


@dataclass
class Server:
    port: int
    files: dict[str, Sending]
    sender: Sender

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        link.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = link.getresponse()
        head = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, head, answer.read()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sender in front of an application that hands over what is in `files`, and refuses the rest."""
    files: dict[str, Sending] = {}

    async def pages(scope, receive, send):
        status, headers = 403, [(b"content-length", b"2"), (b"content-type", b"text/plain")]
        if scope["path"] in files:
            request = SimpleNamespace(META={"asgi.scope": scope})
            response = hand_over(
                request, files[scope["path"]], name="标志.pdf", content_type="application/pdf"
            )
            status = 200
            headers = [(name.lower().encode(), value.encode()) for name, value in response.items()]
            headers.append((b"content-length", b"0"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if status == 200 else b"no"})

    port = free_port()
    sender = Sender(pages)
    running = uvicorn.Server(uvicorn.Config(sender, port=port, log_level="critical", lifespan="off"))
    threading.Thread(target=running.run, daemon=True).start()
    wait_until(lambda: listens(port))
    yield Server(port, files, sender)
    running.should_exit = True


@pytest.fixture
def file(server: Server) -> File:
    one = File()
    server.files["/file"] = one.sending()
    return one


def ended(file: File) -> tuple[Outcome, int, str]:
    wait_until(lambda: bool(file.ends), why="nobody wrote down the end")
    return file.ends[0]


def test_a_whole_file_is_sent_with_its_name_its_length_and_its_mark(server, file):
    status, head, body = server.ask("/file")
    assert (status, body == CONTENT) == (200, True)
    assert head["content-length"] == str(len(CONTENT)) and head["etag"] == ETAG
    assert head["accept-ranges"] == "bytes" and head["x-content-type-options"] == "nosniff"
    assert head["content-disposition"] == "attachment; filename*=utf-8''%E6%A0%87%E5%BF%97.pdf"
    assert "no-store" in head["cache-control"] and "sandbox" in head["content-security-policy"]
    assert head["x-accel-buffering"] == "no"
    assert ended(file) == (Outcome.COMPLETED, len(CONTENT), "") and file.begun == 1


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=100-199", 100, 199), ("bytes=2999990-", 2_999_990, 2_999_999),
     ("bytes=-10", 2_999_990, 2_999_999), ("bytes=2999990-9999999", 2_999_990, 2_999_999)],
)  # fmt: skip
def test_a_part_is_that_part(server, file, asked: str, first: int, last: int):
    status, head, body = server.ask("/file", Range=asked)
    assert status == 206 and body == CONTENT[first : last + 1]
    assert head["content-range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert head["content-length"] == str(len(body))


def test_a_part_behind_the_end_is_refused_and_writes_no_log(server, file):
    status, head, body = server.ask("/file", Range="bytes=3000000-")
    assert (status, head["content-range"], body) == (416, f"bytes */{len(CONTENT)}", b"")
    assert not file.begun and not file.ends


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 99])
def test_what_is_not_understood_gets_the_whole(server, file, asked: str):
    assert server.ask("/file", Range=asked)[2] == CONTENT


@pytest.mark.parametrize(("mark", "status"), [(ETAG, 206), ('"older"', 200), ("W/" + ETAG, 200)])
def test_who_kept_half_of_an_older_file_gets_the_whole_new_one(server, file, mark: str, status: int):
    assert server.ask("/file", Range="bytes=5-", If_Range=mark)[0] == status


def test_a_head_tells_the_size_and_sends_nothing(server, file):
    status, head, body = server.ask("/file", method="HEAD")
    assert (status, head["content-length"], body) == (200, str(len(CONTENT)), b"")
    assert not file.begun


def test_a_refusal_is_a_page_like_any_other(server, file):
    status, _, body = server.ask("/other")
    assert (status, body) == (403, b"no") and not file.begun


def test_an_empty_file_is_sent(server):
    empty = File(content=b"")
    server.files["/empty"] = empty.sending()
    assert server.ask("/empty")[::2] == (200, b"")


def test_a_download_that_breaks_off_is_taken_up_where_it_ended(server, file):
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    link.request("GET", "/file")
    got = link.getresponse().read(1_000_000)
    link.close()
    assert ended(file)[0] is Outcome.ABORTED
    status, _, rest = server.ask("/file", Range=f"bytes={len(got)}-", If_Range=ETAG)
    assert status == 206 and got + rest == CONTENT


def test_a_right_lost_meanwhile_stops_it_before_the_end(server, monkeypatch):
    monkeypatch.setattr(config_sending, "CHECK_SECONDS", 0.1)
    slow = File(pause=0.02)
    server.files["/slow"] = slow.sending()
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    link.request("GET", "/slow")
    answer = link.getresponse()
    answer.read(1000)
    slow.lost = "suspended"
    with pytest.raises(http.client.IncompleteRead):  # nobody takes half of it for the whole
        answer.read()
    outcome, sent, why = ended(slow)
    assert (outcome, why) == (Outcome.STOPPED, "suspended") and sent < len(CONTENT)
    wait_until(lambda: slow.closed == 1, why="the file stayed open")


def test_a_reader_that_takes_nothing_is_stopped_too(server, monkeypatch):
    """The right is asked again beside the sending: a program cannot keep it by reading slowly."""
    monkeypatch.setattr(config_sending, "CHECK_SECONDS", 0.1)
    large = File(content=bytes(64_000_000))
    server.files["/large"] = large.sending()
    with socket.create_connection(("127.0.0.1", server.port)) as reader:
        reader.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        wait_until(lambda: large.begun == 1)
        large.lost = "revoked"
        assert ended(large)[0] is Outcome.STOPPED
        assert large.ends[0][1] < len(large.content)


def test_a_fast_reader_is_asked_about_by_bytes(server, monkeypatch):
    monkeypatch.setattr(config_sending, "CHECK_BYTES", 500_000)
    fast = File(lost="gone")
    server.files["/fast"] = fast.sending()
    with pytest.raises(http.client.IncompleteRead):
        server.ask("/fast")
    assert ended(fast)[0] is Outcome.STOPPED and fast.ends[0][1] < 600_000


def test_a_file_shorter_than_said_breaks_off(server):
    short = File()
    server.files["/short"] = short.sending(size=len(CONTENT) + 5)
    with pytest.raises(http.client.IncompleteRead):
        server.ask("/short")
    assert ended(short)[0] is Outcome.ABORTED


def test_what_runs_is_counted_by_owner(server):
    slow = File(pause=0.05)
    server.files["/counted"] = slow.sending()
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    link.request("GET", "/counted")
    link.getresponse().read(10)
    assert server.sender.running["user:1"] == 1
    link.close()
    wait_until(lambda: not server.sender.running)


def test_without_a_sender_a_view_says_so(rf):
    with pytest.raises(NoSender):
        hand_over(rf.get("/"), File().sending(), name="x", content_type="text/plain")
    request = rf.get("/", **{"asgi.scope": {SLOT: SimpleNamespace(sending=None)}})
    assert hand_over(request, File().sending(), name="x", content_type="text/plain").content == b""


@pytest.fixture
def entries(tmp_path: Path) -> list[Entry]:
    made = []
    for number, name in enumerate(("标志/彩色.svg", "标志/彩色.svg", "bag.pdf")):
        path = tmp_path / str(number)
        path.write_bytes(os.urandom(100_000 + number))
        made.append(Entry(name, path, hashlib.sha256(path.read_bytes()).hexdigest()))
    return made


def test_a_zip_is_as_long_as_it_said_and_opens(entries, tmp_path):
    import zipfile

    archive = Archive(entries)
    content = b"".join(archive.read())
    assert len(content) == archive.size
    (tmp_path / "all.zip").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "all.zip") as opened:
        assert opened.namelist() == ["标志/彩色.svg", "标志/彩色-2.svg", "bag.pdf"]
        assert opened.testzip() is None
        assert [opened.read(name) for name in opened.namelist()] == [
            each.path.read_bytes() for each in entries
        ]


def test_a_zip_can_be_taken_up_again_anywhere(entries):
    whole = b"".join(Archive(entries).read())
    for start in (0, 1, 45, 100_020, 200_000, len(whole) - 1, len(whole)):
        assert b"".join(Archive(entries).read(start)) == whole[start:]


def test_taking_up_a_zip_far_behind_gives_the_thread_back_meanwhile(server, entries, monkeypatch):
    monkeypatch.setattr("lib.archive.SKIPPED", 50_000)
    archive, watcher = Archive(entries), File()
    whole = b"".join(archive.read())
    assert list(archive.read(len(whole) - 1))[:-1] and not any(list(archive.read(len(whole) - 1))[:-1])
    server.files["/zip"] = Sending(
        archive.size, archive.etag, archive.read, watcher.check, watcher.begin, watcher.end, "user:1"
    )
    status, _head, body = server.ask("/zip", Range=f"bytes={len(whole) - 100}-")
    assert (status, body) == (206, whole[-100:])
    assert ended(watcher)[0] is Outcome.COMPLETED


def test_a_zip_of_other_content_has_another_mark(entries):
    before = Archive(entries).etag
    assert before == Archive(entries).etag
    assert before != Archive(entries[:2]).etag
    assert before != Archive([*entries[:2], Entry("bag.pdf", entries[2].path, "0" * 64)]).etag


def test_a_zip_stops_like_a_file(server, entries, monkeypatch):
    monkeypatch.setattr(config_sending, "CHECK_BYTES", 100_000)
    archive, watcher = Archive(entries), File(lost="suspended")
    server.files["/zip"] = Sending(
        archive.size, archive.etag, archive.read, watcher.check, watcher.begin, watcher.end, "user:1"
    )
    with pytest.raises(http.client.IncompleteRead):
        server.ask("/zip")
    assert ended(watcher)[0] is Outcome.STOPPED
