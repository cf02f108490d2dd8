"""The whole way on a real server: signed in, terms, link, bytes; and what a suspension does to what runs."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from brand.licences.acts import revoke_licence, suspend_licence
from brand.models import Licence, VIAccess, VIDownload
from config import sending as config_sending
from config.sending import Sender
from tests.factories.brand import LicenceFactory, MemberFactory, RepresentativeFactory
from tests.factories.pages import county
from tests.factories.vi_files import vi_agreement, vi_file
from tests.programs import free_port, listens, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
LARGE = bytes(48 * 1024 * 1024)  # more than the sockets between hold
PAGE_THREADS = 2


@dataclass
class Visitor:
    """A signed-in person with a plain HTTP program."""

    port: int
    cookie: str

    def open(self, path: str, method: str = "GET", body: str = "", **headers: str):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        sent = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded", **headers}
        link.request(method, path, body=body or None, headers=sent)
        return link.getresponse()

    def link_to(self, file) -> str:
        answer = self.open(reverse("association:vi_file", args=[file.pk]))
        answer.read()
        assert answer.status == 302
        return answer.headers["Location"]


@pytest.fixture
def port(monkeypatch) -> Iterator[int]:
    """Serve Django's pages on two threads behind the sender; no thread or connection outlives the test."""
    facts = ThreadPoolExecutor(2)
    monkeypatch.setattr(config_sending, "_facts", facts)
    monkeypatch.setattr(config_sending, "CHECK_SECONDS", 0.1)
    pages = WSGIMiddleware(get_wsgi_application(), workers=PAGE_THREADS)
    number = free_port()
    server = uvicorn.Server(uvicorn.Config(Sender(pages), port=number, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: listens(number))
    yield number
    server.should_exit = True
    thread.join(timeout=15)
    for pool, threads in ((facts, 2), (pages.executor, PAGE_THREADS)):
        gate = threading.Barrier(threads)
        for closed in [pool.submit(_let_go, gate) for _ in range(threads)]:
            closed.result(timeout=10)
        pool.shutdown()


def _let_go(gate: threading.Barrier) -> None:
    gate.wait(5)  # each thread once
    connections.close_all()


@pytest.fixture
def tie():
    region = county()
    return RepresentativeFactory(member=MemberFactory(region=region))


@pytest.fixture
def licence(tie) -> Licence:
    return LicenceFactory(member=tie.member)


@pytest.fixture
def visitor(port: int, tie) -> Visitor:
    session = SessionStore()
    session[SESSION_KEY] = str(tie.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = tie.user.get_session_auth_hash()
    session.save()
    return Visitor(port, f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={'x' * 32}")


def line_once(is_so: Callable[[VIDownload], bool]) -> VIDownload:
    wait_until(lambda: any(map(is_so, VIDownload.objects.all())), seconds=30, why="the log does not say so")
    return next(filter(is_so, VIDownload.objects.all()))


def reads_to_the_end(answer) -> bool:
    try:
        while answer.read(1 << 20):
            pass
    except (http.client.IncompleteRead, ConnectionError):
        return False
    return answer.length == 0


def test_a_member_accepts_the_terms_and_gets_the_file_byte_for_byte(visitor, tie, licence):
    file = vi_file(access=VIAccess.LICENSEES, content=b"<svg>" + bytes(range(256)) * 9000)
    terms = vi_agreement(tie.member.region)
    asked = visitor.open(reverse("association:vi_file", args=[file.pk])).headers["Location"]
    assert asked.startswith("/brand/vi/agreement/")
    form = {"for": tie.member.slug, "version": 1, "accept": "yes", "csrfmiddlewaretoken": "x" * 32}
    accepted = visitor.open("/brand/vi/agreement/", "POST", urlencode(form))
    assert accepted.status == 302, accepted.read()
    answer = visitor.open(visitor.link_to(file))
    assert answer.status == 200 and answer.read() == file.file.open().read()
    line = line_once(lambda one: one.state == "completed")
    assert (line.user, line.member, line.licence, line.agreement) == (tie.user, tie.member, licence, terms)
    assert line.bytes_sent == line.size == file.size


def test_a_download_that_broke_off_is_taken_up_and_is_one_line(visitor):
    file = vi_file(access=VIAccess.MEMBERS, content=LARGE)
    link = visitor.link_to(file)
    first = visitor.open(link)
    got = len(first.read(1_000_000))
    etag = first.headers["ETag"]
    first.close()
    line_once(lambda one: one.state == "aborted")
    rest = visitor.open(link, Range=f"bytes={got}-", **{"If-Range": etag})
    assert rest.status == 206 and rest.headers["Content-Range"].startswith(f"bytes {got}-")
    assert reads_to_the_end(rest)
    line = line_once(lambda one: one.state == "completed")
    assert line.answers == 2 and VIDownload.objects.count() == 1
    assert visitor.open(link, Range=f"bytes={len(LARGE)}-").status == 416


@pytest.mark.parametrize("act", [suspend_licence, revoke_licence])
def test_a_suspension_stops_a_download_that_runs(visitor, licence, act):
    file = vi_file(access=VIAccess.LICENSEES, content=LARGE)
    link = visitor.link_to(file)
    answer = visitor.open(link)
    answer.read(500_000)
    act(licence=licence, reason="检查发现包装超范围", by=None, at=timezone.now())
    line = line_once(lambda one: one.state == "stopped")
    assert not reads_to_the_end(answer)
    assert licence.number in line.reason and line.bytes_sent < len(LARGE)
    again = visitor.open(link, Range="bytes=500000-")
    assert again.status == 403 and licence.number in again.read().decode()


def test_a_suspension_stops_a_zip_that_runs(visitor, licence):
    files = [vi_file(), vi_file(access=VIAccess.LICENSEES, content=LARGE)]
    visitor.open(f"/brand/vi/basket/?file={files[0].pk}&file={files[1].pk}").read()
    form = urlencode(
        {"do": "zip", "file": [file.pk for file in files], "csrfmiddlewaretoken": "x" * 32}, doseq=True
    )
    made = visitor.open("/brand/vi/basket/", "POST", form)
    assert made.status == 303
    answer = visitor.open(made.headers["Location"])
    assert int(answer.headers["Content-Length"]) > len(LARGE) and answer.read(4) == b"PK\x03\x04"
    suspend_licence(licence=licence, reason="停用", by=None, at=timezone.now())
    line = line_once(lambda one: one.state == "stopped")
    assert not reads_to_the_end(answer)
    assert line.is_zip and licence.number in line.reason


def test_who_acts_for_the_member_no_more_is_stopped(visitor, tie):
    file = vi_file(access=VIAccess.MEMBERS, content=LARGE)
    answer = visitor.open(visitor.link_to(file))
    answer.read(1000)
    tie.delete()
    line_once(lambda one: one.state == "stopped")
    assert not reads_to_the_end(answer)


def test_downloads_hold_no_page_thread(visitor):
    """Three times as many readers that do not read as there are threads, and pages still come."""
    file = vi_file(access=VIAccess.MEMBERS, content=LARGE)
    answers = [visitor.open(visitor.link_to(file)) for _ in range(3 * PAGE_THREADS)]
    wait_until(lambda: VIDownload.objects.count() == len(answers))
    began = time.monotonic()
    page = visitor.open("/brand/vi/basket/")
    assert page.status == 200 and time.monotonic() - began < 5
    for answer in answers:
        answer.close()
    wait_until(lambda: not VIDownload.objects.filter(state="begun").exists())
    assert set(VIDownload.objects.values_list("state", flat=True)) == {"aborted"}
