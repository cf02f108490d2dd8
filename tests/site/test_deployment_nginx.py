"""The very nginx.conf of production, run by Debian's nginx on loopback ports in front of stand-ins."""

import http.client
import json
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.production import lay_out_nginx, replaced
from tests.programs import free_port, listens, needed, running, wait_until

HASHED = "base.0123456789ab.css"
TAKEN = [0]  # bytes of a file that nginx took from the stand-in


@dataclass(frozen=True)
class Site:
    """nginx and the stand-ins behind it."""

    port: int
    folder: Path
    secure: int = 0

    def ask(
        self, path: str, *, method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers in lower case and body."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method, path, body=body or None, headers=given)
        answer = link.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def passed_on(self, path: str, **headers: str) -> dict:
        """Return what the stand-in saw."""
        status, _, body = self.ask(path, **headers)
        assert status == 200
        return json.loads(body)


def stand_in(name: str):
    """Return an application that answers what it was asked, echoes websockets and streams events slowly."""

    async def application(scope, receive, send):
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            heard = await receive()
            await send({"type": "websocket.send", "text": f"{name}:{heard['text']}"})
        elif scope["type"] == "http" and "/brand/vi/download/" in scope["path"]:
            await file(send)
        elif scope["type"] == "http" and scope["path"].endswith("/live/"):
            await stream(receive, send)
        elif scope["type"] == "http":
            await answer(scope, receive, send)

    async def stream(receive, send):
        start = {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"text/event-stream")],
        }
        await send(start)
        await send({"type": "http.response.body", "body": f"data: {name}\n\n".encode(), "more_body": True})
        await receive()  # the request
        await receive()  # its end: the visitor went away
        await send({"type": "http.response.body"})

    async def file(send):
        """Send as much as is taken, and say how much that was."""
        length = [(b"content-length", b"64000000"), (b"content-type", b"image/svg+xml"), (b"etag", b'"x"')]
        await send({"type": "http.response.start", "status": 200, "headers": length})
        TAKEN[0] = 0
        for _ in range(64):
            await send({"type": "http.response.body", "body": bytes(1_000_000), "more_body": True})
            TAKEN[0] += 1_000_000
        await send({"type": "http.response.body"})

    async def answer(scope, receive, send):
        size, more = 0, True
        while more:
            part = await receive()
            size, more = size + len(part.get("body", b"")), part.get("more_body", False)
        headers = {key.decode(): value.decode() for key, value in scope["headers"]}
        facts = {"by": name, "path": scope["raw_path"].decode(), "headers": headers, "body": size}
        content = json.dumps({**facts, "filler": "x" * 600}).encode()
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"application/json"), (b"x-filler", b"1")],
            }
        )
        await send({"type": "http.response.body", "body": content})

    return application


@pytest.fixture(scope="module")
def stand_ins() -> Iterator[tuple[int, int]]:
    """Web and live, as small servers."""
    ports, servers = [], []
    for name in ("web", "live"):
        port = free_port()
        config = uvicorn.Config(
            stand_in(name),
            port=port,
            log_level="error",
            ws="websockets-sansio",
            lifespan="off",
            proxy_headers=False,
        )
        server = uvicorn.Server(config)
        Thread(target=server.run, daemon=True).start()
        ports.append(port)
        servers.append(server)
    for port in ports:
        wait_until(lambda port=port: listens(port))
    yield ports[0], ports[1]
    for server in servers:
        server.should_exit = True


def lay_out(folder: Path, *, way: str, web: int, live: int) -> Site:
    """Put nginx's files into `folder`, on free ports."""
    port, secure, health = free_port(), free_port(), free_port()
    lay_out_nginx(folder, way=way, port=port, secure=secure, health=health, web=web, live=live)
    return Site(port=port, folder=folder, secure=secure)


def serving(site: Site):
    """Check the configuration, then run it."""
    command = [needed("nginx"), "-c", str(site.folder / "nginx.conf"), "-p", str(site.folder)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    return running([*command, "-g", "daemon off;"], log=site.folder / "log")


def start(folder: Path, way: str, stand_ins: tuple[int, int]) -> Iterator[Site]:
    needed("nginx")
    site = lay_out(folder, way=way, web=stand_ins[0], live=stand_ins[1])
    if way == "tls":
        make_certificate(site.folder / "certificates")
    with serving(site):
        wait_until(lambda: listens(site.port), why="nginx does not listen")
        yield site


def make_certificate(folder: Path) -> None:
    kind = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=fengtu.example"
    )
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([needed("openssl"), *kind.split(), *files], check=True, capture_output=True)


@pytest.fixture
def site(tmp_path: Path, stand_ins: tuple[int, int]) -> Iterator[Site]:
    """nginx without TLS. Each test has its own, so that limits start anew."""
    yield from start(tmp_path, "plain", stand_ins)


@pytest.fixture
def behind(tmp_path: Path, stand_ins: tuple[int, int]) -> Iterator[Site]:
    """nginx behind a proxy."""
    yield from start(tmp_path, "behind", stand_ins)


@pytest.fixture
def secure(tmp_path: Path, stand_ins: tuple[int, int]) -> Iterator[Site]:
    """nginx with TLS."""
    yield from start(tmp_path, "tls", stand_ins)


# --- what is passed on --------------------------------------------------------------------------------


def test_pages_come_from_web_with_host_address_and_scheme(site):
    seen = site.passed_on("/brand/?a=1", Host="lucheng.example.org:8080", Sec_Purpose="prefetch")
    assert seen["by"] == "web"
    assert seen["headers"]["host"] == "lucheng.example.org:8080"
    assert seen["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert seen["headers"]["x-forwarded-proto"] == "http"
    assert seen["headers"]["sec-purpose"] == "prefetch", "a prefetch must be told from a scan"


def test_nobody_brings_an_address_of_their_own(site):
    forged = {"X_Forwarded_For": "1.2.3.4", "X_Real_IP": "1.2.3.4", "Forwarded": "for=1.2.3.4", "Proxy": "x"}
    seen = site.passed_on("/", X_Forwarded_Proto="https", X_Forwarded_Host="evil.example", **forged)[
        "headers"
    ]
    assert seen["x-forwarded-for"] == seen["x-real-ip"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "http"
    assert not {"forwarded", "proxy", "x-forwarded-host"} & set(seen)


def test_behind_a_proxy_its_word_is_believed(behind):
    seen = behind.passed_on("/", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https")["headers"]
    assert seen["x-forwarded-for"] == "203.0.113.9"
    assert seen["x-forwarded-proto"] == "https"


def test_tls_ends_here(secure):
    context = ssl.create_default_context(cafile=secure.folder / "certificates" / "fullchain.pem")
    context.check_hostname = False
    link = http.client.HTTPSConnection("127.0.0.1", secure.secure, context=context, timeout=10)
    link.request("GET", "/")
    seen = json.loads(link.getresponse().read())
    assert seen["headers"]["x-forwarded-proto"] == "https"
    assert secure.passed_on("/")["headers"]["x-forwarded-proto"] == "http"


def test_a_digital_link_arrives_as_it_was_printed(site):
    path = "/01/06901234567892/10/A%2FB/21/7K3M?linkType=gs1:pip"
    assert site.passed_on(path)["path"] == path.partition("?")[0]


# --- live data ----------------------------------------------------------------------------------------


def test_websockets_go_to_live(site):
    with connect(f"ws://127.0.0.1:{site.port}/ws/bases/zhangjiahe/") as socket:
        socket.send("hello")
        assert socket.recv(timeout=5) == "live:hello"


@pytest.mark.parametrize("path", ["/bases/zhangjiahe/live/", "/en/bases/zhangjiahe/live/"])
def test_events_arrive_before_the_stream_ends(site, path):
    link = http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
    link.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = link.getresponse()
    assert answer.getheader("Content-Encoding") is None
    assert answer.fp.readline() + answer.fp.readline() != b""
    link.close()


def test_one_address_cannot_take_all_the_viewers(tmp_path, stand_ins):
    needed("nginx")
    site = lay_out(tmp_path, way="plain", web=stand_ins[0], live=stand_ins[1])
    conf = site.folder / "nginx.conf"
    conf.write_text(replaced(conf.read_text(), {"limit_conn viewers 500": "limit_conn viewers 2"}))
    with serving(site):
        wait_until(lambda: listens(site.port))
        url = f"ws://127.0.0.1:{site.port}/ws/bases/zhangjiahe/"
        with connect(url), connect(url), pytest.raises(InvalidStatus, match="429"), connect(url):
            pass


# --- downloads ----------------------------------------------------------------------------------------


def test_a_download_is_taken_from_us_no_faster_than_it_is_read(site):
    """Otherwise nginx would have it all before a suspension could stop it."""
    link = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    link.request("GET", "/brand/vi/download/signed/x.svg", headers={"Accept-Encoding": "gzip"})
    answer = link.getresponse()
    assert answer.getheader("Content-Encoding") is None and answer.getheader("ETag") == '"x"'
    answer.read(100_000)
    before = -1
    while before != TAKEN[0]:  # until nothing moves any more
        before = TAKEN[0]
        time.sleep(0.3)
    assert 0 < TAKEN[0] < 40_000_000
    link.close()


# --- files --------------------------------------------------------------------------------------------


def test_a_hashed_file_is_kept_for_ever_and_sent_as_packed_before(site):
    (site.folder / "static" / HASHED).write_text("plain")
    (site.folder / "static" / f"{HASHED}.gz").write_bytes(b"packed")
    _, headers, body = site.ask(f"/static/{HASHED}", Accept_Encoding="gzip")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"].startswith("text/css")
    assert (headers["content-encoding"], body) == ("gzip", b"packed")
    assert site.ask(f"/static/{HASHED}")[2] == b"plain"


def test_a_file_without_hash_is_asked_for_again_within_the_hour(site):
    (site.folder / "static" / "favicon.svg").write_text("<svg/>")
    status, headers, _ = site.ask("/static/favicon.svg")
    assert (status, headers["cache-control"]) == (200, "public, max-age=3600")
    assert site.ask("/static/none.svg")[0] == 404


def test_uploads_cannot_run_anything(site):
    (site.folder / "media" / "page.html").write_text("<script>alert(1)</script>")
    _, headers, _ = site.ask("/media/page.html")
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cache-control"] == "public, max-age=31536000"


def test_documents_are_not_served_past_their_permission(site):
    (site.folder / "media" / "documents" / "members.pdf").write_text("members only")
    assert site.ask("/media/documents/members.pdf")[0] == 404


def test_no_path_leads_out_of_the_folders(site):
    (site.folder / "secret").write_text("secret")
    for path in ("/static../secret", "/static/../secret", "/media/%2e%2e/secret", "/media../secret"):
        assert site.ask(path)[2] != b"secret"


# --- limits -------------------------------------------------------------------------------------------


def statuses(site: Site, path: str, times: int, **more) -> list[int]:
    return [site.ask(path, **more)[0] for _ in range(times)]


@pytest.mark.parametrize("path", ["/accounts/login/", "/en/accounts/login/", "/cms/login/"])
def test_a_machine_that_guesses_passwords_is_slowed_down(site, path):
    answers = statuses(site, path, 50, method="POST", body=b"x")
    assert answers[:30] == [200] * 30, "a class that signs up behind one address is not"
    assert 429 in answers
    assert set(statuses(site, path, 60)) == {200}, "looking at the form is not counted"


def test_a_machine_that_tries_codes_is_slowed_down(site):
    assert 429 in statuses(site, "/trace/?code=2A3B", 40)
    assert set(statuses(site, "/trace/", 40)) == {200}


def test_scans_of_a_whole_village_pass(site):
    assert set(statuses(site, "/T/7K3M0001QX9PTW2H", 90)) == {200}


def test_scans_by_a_machine_are_slowed_down(site):
    # the stand-in answers faster than 20 a second, so that the burst of 100 is used up
    assert 429 in statuses(site, "/01/06901234567892/21/7K3M", 400)


def test_large_bodies_are_refused_where_none_are_needed(site):
    large = b"x" * 2_000_000
    status, headers, body = site.ask("/brand/vi/", method="POST", body=large)
    assert (status, headers["cache-control"]) == (413, "no-store")
    assert "一点也没有收下" in body.decode(), "not nginx's own page"
    status, _, body = site.ask("/cms/images/add/", method="POST", body=large)
    assert (status, json.loads(body)["body"]) == (200, 2_000_000)
    for path in ("/brand/join/", "/en/members/licences/apply/"):
        assert site.ask(path, method="POST", body=large)[0] == 200, "applicants send papers"


def announced(site: Site, path: str, length: int) -> int:
    """Return the status for a body that is announced, of which the first byte comes."""
    link = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    link.putrequest("POST", path)
    link.putheader("Content-Length", str(length))
    link.endheaders(b"x")
    return link.getresponse().status


def test_half_a_gigabyte_is_refused_by_its_head(site):
    for path in ("/cms/brand-vi/files/1/", "/cms/images/add/", "/members/", "/brand/vi/"):
        assert announced(site, path, 500_000_000) == 413


def test_engineering_files_may_be_large(site):
    status, _, body = site.ask("/cms/brand-vi/files/1/", method="POST", body=b"x" * 40_000_000)
    assert (status, json.loads(body)["body"]) == (200, 40_000_000)
    assert announced(site, "/cms/pages/1/edit/", 40_000_000) == 413


def test_photographs_of_cameras_may_be_large(site):
    status, _, body = site.ask("/cms/images/add/", method="POST", body=b"x" * 32_000_000)
    assert (status, json.loads(body)["body"]) == (200, 32_000_000)
    assert announced(site, "/cms/images/add/", 50_000_000) == 413


# --- the rest -----------------------------------------------------------------------------------------


def test_answers_are_packed(site):
    _, headers, _ = site.ask("/", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in headers["vary"]


def test_figures_are_not_for_the_world(site):
    assert site.ask("/metrics")[0] == 404


def test_codes_do_not_get_into_the_log(site):
    site.passed_on("/trace/?code=SECRETSERIAL")
    log = site.folder / "access.log"
    wait_until(lambda: "/trace/" in log.read_text())
    assert "SECRETSERIAL" not in log.read_text()


def test_addresses_that_are_keys_do_not_get_into_the_log(site):
    for path in (
        "/openness/letters/7K4MQ-X2PRN/",
        "/en/openness/letters/7K4MQ-X2PRN/",
        "/news/subscribe/leave/X2PRN/",
        "/news/subscribe/confirm/X2PRN.1:abc/",
        "/openness/letters/write/",
    ):
        site.ask(path)
    log = site.folder / "access.log"
    wait_until(lambda: "/openness/letters/write/" in log.read_text())
    assert "X2PRN" not in log.read_text()
    assert '"GET /news/subscribe/leave/..."' in log.read_text()


def test_visitors_are_told_to_wait_while_web_is_made_anew(tmp_path):
    needed("nginx")
    site = lay_out(tmp_path, way="plain", web=free_port(), live=free_port())
    with serving(site):
        wait_until(lambda: listens(site.port))
        started = time.monotonic()
        status, headers, body = site.ask("/")
        assert time.monotonic() - started < 5
    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "30", "no-store")
    assert "网站正在更新" in body.decode()
