"""Pictures of cameras: only from where they may come, only what is one, never shown as newer."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import md5
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from lib import addresses
from lib.addresses import ForbiddenAddress, address_of, is_public
from lib.pictures import NotAPicture
from telemetry.cameras import fetch, snapshots
from telemetry.cameras.fetch import NotFetched
from telemetry.cameras.rounds import fetch_due_snapshots
from telemetry.cameras.snapshots import TooSoon, receive_snapshot, take_snapshot
from telemetry.cameras.tokens import issue_token, revoke_token
from telemetry.models import Camera, Snapshot
from tests.factories.accounts import person
from tests.factories.pages import county
from tests.factories.telemetry import BaseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def camera() -> Camera:
    return Camera.objects.create(base=BaseFactory(), camera_id="ZJH-C1", name="东头", is_public=True)


def jpeg(size: tuple[int, int] = (64, 36), kind: str = "JPEG") -> io.BytesIO:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "whose phone"
    Image.new("RGB", size, "green").save(file, kind, exif=exif)
    file.seek(0)
    return file


# --- where a picture may come from -------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.64", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.8",
     "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_addresses_of_our_own_are_forbidden(address: str):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "2400:3200::1", "::ffff:1.1.1.1"])
def test_addresses_of_the_internet_are_not(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]".strip("[]"), "0x7f.1", "2130706433"])
def test_no_spelling_of_this_machine_gets_through(host: str):
    with pytest.raises(ForbiddenAddress):
        address_of(host, 80, allowed=[])


def test_a_name_that_means_our_network_is_forbidden_and_one_of_both_means_the_public(monkeypatch):
    def resolves(*found: str):
        answers = [(2, 1, 6, "", (address, 80)) for address in found]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, **_k: answers)

    resolves("10.0.0.8")
    with pytest.raises(ForbiddenAddress):
        address_of("camera.example", 80, allowed=[])
    resolves("10.0.0.8", "1.1.1.1")
    assert address_of("camera.example", 80, allowed=[]) == "1.1.1.1"
    assert address_of("camera.example", 80, allowed=["camera.example"]) == "10.0.0.8"
    assert address_of("camera.example", 80, allowed=["10.0.0.0/24"]) == "10.0.0.8"


@contextmanager
def serving(answer) -> Iterator[str]:
    """Run a camera whose GET is `answer`; give its address with a name and password."""

    class Handler(BaseHTTPRequestHandler):
        do_GET = answer

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://admin:pass%20word@127.0.0.1:{server.server_port}/pic.jpg?ch=1"
    finally:
        server.shutdown()
        server.server_close()


def says(status: int, body: bytes = b"", **headers: str):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


LOCAL = ["127.0.0.1"]


def test_a_picture_is_fetched_with_basic_authentication():
    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.path, handler.headers["Authorization"]))
        says(200, b"picture")(handler)

    asked: list[tuple[str, str]] = []
    with serving(answer) as url:
        assert fetch.fetch(url, allowed=LOCAL).read() == b"picture"
    assert asked == [("/pic.jpg?ch=1", "Basic YWRtaW46cGFzcyB3b3Jk")]


def test_or_with_digest_authentication_when_it_is_asked_for():
    def answer(handler: BaseHTTPRequestHandler) -> None:
        given = handler.headers["Authorization"]
        if not given.startswith("Digest "):
            return says(401, WWW_Authenticate='Digest realm="cam", nonce="n0", qop="auth"')(handler)
        fields = dict(part.strip().split("=", 1) for part in given[7:].split(","))
        plain = {name: value.strip('"') for name, value in fields.items()}
        first = md5(b"admin:cam:pass word").hexdigest()
        second = md5(f"GET:{plain['uri']}".encode()).hexdigest()
        expected = f"{first}:n0:{plain['nc']}:{plain['cnonce']}:auth:{second}"
        good = plain["response"] == md5(expected.encode()).hexdigest()
        return says(200 if good else 403, b"picture")(handler)

    with serving(answer) as url:
        assert fetch.fetch(url, allowed=LOCAL).read() == b"picture"


@pytest.mark.parametrize(
    "answer", [says(404), says(302, Location="http://169.254.169.254/"), says(200, b"x" * 2_000_000)]
)
def test_what_is_no_answer_is_said_without_the_password(answer, monkeypatch):
    monkeypatch.setattr(fetch, "MOST_BYTES", 1_000_000)
    with serving(answer) as url, pytest.raises(NotFetched) as refusal:
        fetch.fetch(url, allowed=LOCAL)
    assert "pass" not in str(refusal.value)


def test_an_answer_that_never_ends_is_cut(monkeypatch):
    def answer(handler: BaseHTTPRequestHandler) -> None:
        says(200)(handler)
        try:
            while True:
                handler.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    monkeypatch.setattr(fetch, "MOST_SECONDS", 0.0)
    with serving(answer) as url, pytest.raises(NotFetched):
        fetch.fetch(url, allowed=LOCAL)


def test_this_machine_is_not_asked_at_all_unless_a_setting_names_it():
    asked: list[str] = []
    with serving(lambda handler: asked.append(handler.path)) as url, pytest.raises(NotFetched):
        fetch.fetch(url)
    assert asked == []


@pytest.mark.parametrize("url", ["ftp://1.1.1.1/x", "file:///etc/passwd", "http://", "http://1.1.1.1:99999/"])
def test_only_http_is_spoken(url: str):
    with pytest.raises(NotFetched):
        fetch.fetch(url)


# --- the round ---------------------------------------------------------------------------------------


def test_the_worker_fetches_what_is_due_and_keeps_what_went_wrong(camera: Camera, settings):
    settings.CAMERA_HOSTS = LOCAL
    with serving(says(200, jpeg().read())) as url:
        Camera.objects.update(snapshot_url=url)
        assert fetch_due_snapshots(at=NOW) == 1
        assert fetch_due_snapshots(at=NOW + timedelta(minutes=9)) == 0, "not due yet"
    assert fetch_due_snapshots(at=NOW + timedelta(minutes=10)) == 0, "it is gone"
    camera.refresh_from_db()
    assert camera.trouble and "pass" not in camera.trouble
    assert camera.latest.taken_at == NOW, "the last picture stays"
    with serving(says(200, b"<html>please log in</html>")) as url:
        Camera.objects.update(snapshot_url=url)
        fetch_due_snapshots(at=NOW + timedelta(minutes=20))
    camera.refresh_from_db()
    assert "图片" in camera.trouble or "照片" in camera.trouble
    assert Snapshot.objects.count() == 1


def test_a_camera_that_is_not_in_use_or_sends_itself_is_not_asked(camera: Camera):
    Camera.objects.create(
        base=camera.base, camera_id="C2", name="x", is_active=False, snapshot_url="http://127.0.0.1/"
    )
    assert fetch_due_snapshots(at=NOW) == 0
    assert not Camera.objects.exclude(asked_at=None).exists()


# --- what is kept ------------------------------------------------------------------------------------


def test_a_picture_is_written_anew_without_what_was_in_it(camera: Camera):
    snapshot = take_snapshot(camera=camera, file=jpeg(kind="PNG"), source="desk", at=NOW)
    with Image.open(snapshot.file) as kept:
        assert kept.format == "JPEG" and not kept.getexif()
    assert (snapshot.width, snapshot.height) == (64, 36)
    camera.refresh_from_db()
    assert camera.latest == snapshot
    assert not camera.is_stale(at=NOW + timedelta(minutes=60))
    assert camera.is_stale(at=NOW + timedelta(minutes=61))


def test_what_is_no_picture_is_refused_and_changes_nothing(camera: Camera, tmp_path: Path):
    with pytest.raises(NotAPicture):
        take_snapshot(camera=camera, file=io.BytesIO(b"GIF89a<script>"), source="pushed", at=NOW)
    camera.refresh_from_db()
    assert camera.latest is None and not Snapshot.objects.exists() and not list(tmp_path.rglob("*.jpg"))


def test_an_older_picture_does_not_become_the_latest(camera: Camera):
    newer = take_snapshot(camera=camera, file=jpeg(), source="pushed", at=NOW)
    take_snapshot(camera=camera, file=jpeg(), source="pushed", at=NOW - timedelta(minutes=1))
    camera.refresh_from_db()
    assert camera.latest == newer


def test_pictures_are_kept_for_a_week_and_the_newest_for_ever(camera: Camera, tmp_path: Path, monkeypatch):
    for days in (30, 10, 9, 1):
        take_snapshot(camera=camera, file=jpeg(), source="pushed", at=NOW - timedelta(days=days))
    assert Snapshot.objects.count() == 1, "the others were too old beside this one"
    assert len(list(tmp_path.rglob("*.jpg"))) == 1
    snapshots.forget_old_snapshots(camera=camera, at=NOW + timedelta(days=90))
    assert Snapshot.objects.count() == 1
    monkeypatch.setattr(snapshots, "MOST_KEPT", 3)
    for minute in range(6):
        take_snapshot(camera=camera, file=jpeg(), source="pushed", at=NOW + timedelta(minutes=minute))
    assert Snapshot.objects.count() == 3 == len(list(tmp_path.rglob("*.jpg")))


# --- sent by the camera ------------------------------------------------------------------------------


def push(client: Client, token: str, body: bytes | None = None, camera_id: str = "ZJH-C1"):
    headers = {"authorization": f"Bearer {token}"}
    data = jpeg().read() if body is None else body
    return client.post(f"/cameras/{camera_id}/snapshot/", data, content_type="image/jpeg", headers=headers)


def test_a_camera_sends_its_picture_with_its_token(client: Client, camera: Camera):
    token = issue_token(camera=camera)
    assert push(client, token).status_code == 201
    camera.refresh_from_db()
    assert camera.latest.source == "pushed"
    Camera.objects.update(asked_at=None)
    form = {"picture": SimpleUploadedFile("x.jpg", jpeg().read())}
    sent = client.post("/cameras/ZJH-C1/snapshot/", form, headers={"authorization": f"Bearer {token}"})
    assert sent.status_code == 201
    assert Snapshot.objects.count() == 2


def test_without_its_token_nothing_changes(client: Client, camera: Camera):
    Camera.objects.create(base=camera.base, camera_id="C2", name="x")
    token = issue_token(camera=camera)
    assert push(client, "wrong").status_code == 401
    assert push(client, "").status_code == 401
    assert push(client, token, camera_id="C2").status_code == 401
    assert push(client, token, camera_id="NOBODY").status_code == 401
    assert push(client, issue_token(camera=camera)[:-1]).status_code == 401
    assert push(client, token).status_code == 401, "a new token replaced it"
    Camera.objects.filter(pk=camera.pk).update(is_active=False)
    assert push(client, issue_token(camera=camera)).status_code == 401
    assert not Snapshot.objects.exists()
    assert client.get("/cameras/ZJH-C1/snapshot/").status_code == 405


def test_a_token_that_was_taken_away_is_none(client: Client, camera: Camera):
    token = issue_token(camera=camera)
    revoke_token(camera=camera)
    assert push(client, token).status_code == 401


def test_what_it_sends_is_judged_by_its_content(client: Client, camera: Camera):
    token = issue_token(camera=camera)
    assert push(client, token, b"<svg onload=alert(1)>").status_code == 415
    Camera.objects.update(asked_at=None)
    assert push(client, token, b"x" * 5_000_001).status_code == 413
    assert not Snapshot.objects.exists()


def test_a_flood_is_turned_away_before_it_is_decoded(client: Client, camera: Camera):
    token = issue_token(camera=camera)
    assert push(client, token).status_code == 201
    again = push(client, token)
    assert again.status_code == 429 and again["Retry-After"] == "20"
    assert Snapshot.objects.count() == 1
    camera.refresh_from_db()
    with pytest.raises(TooSoon):
        receive_snapshot(camera=camera, file=jpeg(), at=camera.asked_at + timedelta(seconds=19))


# --- the back office ---------------------------------------------------------------------------------


def test_an_operator_makes_a_token_sees_it_once_and_takes_it_away(client: Client, camera: Camera):
    county()
    client.force_login(person("trace_operator"))
    answer = client.post(reverse("cameras:new-token", args=[camera.pk]))
    token = answer.context["token"]
    assert token in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert push(Client(), token).status_code == 201
    assert token not in client.get(reverse("cameras:edit", args=[camera.pk])).content.decode()
    client.post(reverse("cameras:take-token", args=[camera.pk]))
    assert push(Client(), token).status_code == 401


def test_an_operator_puts_a_picture_in_by_hand_and_is_told_what_is_none(client: Client, camera: Camera):
    county()
    client.force_login(person("trace_operator"))
    url = reverse("cameras:picture", args=[camera.pk])
    assert client.get(url).status_code == 200
    refused = client.post(url, {"picture": SimpleUploadedFile("x.jpg", b"no picture")})
    assert refused.status_code == 400 and not Snapshot.objects.exists()
    assert client.post(url, {"picture": SimpleUploadedFile("x.jpg", jpeg().read())}).status_code == 302
    assert Snapshot.objects.get().source == "desk"
    Camera.objects.update(snapshot_url="http://127.0.0.1:9/x.jpg")
    told = client.post(url, {"fetch": "1"}, follow=True).content.decode()
    assert "没取到画面" in told and "CAMERA_HOSTS" in told


def test_a_clerk_does_none_of_it(client: Client, camera: Camera):
    county()
    client.force_login(person("clerk"))
    for name in ("new-token", "take-token", "picture"):
        assert client.post(reverse(f"cameras:{name}", args=[camera.pk])).status_code in {302, 403}
    camera.refresh_from_db()
    assert camera.token_hash == ""
