"""Videos come up in parts: what arrived stays, and whoever was cut off goes on from there (tus 1.0)."""

import base64
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from tests.factories.accounts import person
from tests.factories.brand import RegionFactory
from tests.factories.videos import SENT_UP
from training.models import Video, VideoUpload
from training.videos import uploading
from training.videos.limits import MOST_BYTES
from training.videos.removing import remove_video
from training.videos.uploading import (
    KEPT,
    UploadRefused,
    WrongOffset,
    add_part,
    begin_upload,
    forget_old_uploads,
    path_of,
)

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x20ftypisom" + os.urandom(9_988)
BEGIN = "/cms/training-videos/up/"


@pytest.fixture
def teacher() -> User:
    return person("teacher")


@pytest.fixture
def upload(teacher: User) -> VideoUpload:
    return begun(teacher)


def begun(user: User, *, length: int = len(FILM)) -> VideoUpload:
    return begin_upload(
        user=user, region=RegionFactory(), title="培土", is_private=True, length=length, at=SENT_UP
    )


def send(upload: VideoUpload, data: bytes, *, offset: int = 0) -> tuple[int, Video | None]:
    return add_part(key=upload.key, user=upload.user, offset=offset, data=data, at=SENT_UP)


def test_parts_add_up_to_the_file_and_the_last_makes_the_video(upload: VideoUpload) -> None:
    assert send(upload, FILM[:4_000]) == (4_000, None)
    assert send(upload, FILM[4_000:9_000], offset=4_000) == (9_000, None)
    _, video = send(upload, FILM[9_000:], offset=9_000)
    assert video and Path(video.source.path).read_bytes() == FILM
    assert (video.state, video.title, video.uploaded_by) == (Video.State.UPLOADED, "培土", upload.user)
    assert not VideoUpload.objects.exists() and not path_of(upload).exists()


def test_a_part_that_begins_elsewhere_is_told_where_to_go_on(upload: VideoUpload) -> None:
    send(upload, FILM[:4_000])
    for offset in (0, 3_999, 8_000):
        with pytest.raises(WrongOffset) as wrong:
            send(upload, b"x" * 100, offset=offset)
        assert wrong.value.arrived == 4_000
    assert path_of(upload).read_bytes() == FILM[:4_000]


def test_a_program_is_refused_with_its_first_part_and_nothing_stays(teacher: User) -> None:
    upload = begun(teacher, length=2_000_000_000)
    with pytest.raises(UploadRefused, match="程序"):
        send(upload, b"MZ\x90\x00" + bytes(5_000))
    assert not VideoUpload.objects.exists() and not path_of(upload).exists()


def test_first_bytes_that_come_in_drops_are_judged_when_there_are_enough(upload: VideoUpload) -> None:
    send(upload, b"MZ")
    with pytest.raises(UploadRefused):
        send(upload, bytes(500), offset=2)


def test_more_than_announced_is_refused(teacher: User) -> None:
    upload = begun(teacher, length=5_000)
    with pytest.raises(UploadRefused):
        send(upload, FILM)
    assert not Video.objects.exists()


@pytest.mark.parametrize("length", [0, -1, MOST_BYTES + 1])
def test_what_is_too_large_or_nothing_is_refused_before_a_byte_is_sent(teacher: User, length: int) -> None:
    with pytest.raises(UploadRefused):
        begun(teacher, length=length)
    assert not VideoUpload.objects.exists()


def test_without_room_nothing_begins(teacher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "_ROOM", 10**9)
    with pytest.raises(UploadRefused, match="装不下"):
        begun(teacher)


def test_a_person_has_five_on_the_way_at_most(teacher: User) -> None:
    for _each in range(5):
        begun(teacher)
    with pytest.raises(UploadRefused, match="五个"):
        begun(teacher)


def test_nobody_goes_on_with_an_upload_of_somebody_else(upload: VideoUpload) -> None:
    with pytest.raises(VideoUpload.DoesNotExist):
        add_part(key=upload.key, user=person("training_officer"), offset=0, data=FILM, at=SENT_UP)


def test_what_nobody_goes_on_with_is_forgotten_after_a_week(upload: VideoUpload) -> None:
    send(upload, FILM[:4_000])
    assert forget_old_uploads(at=SENT_UP + KEPT) == 0
    assert forget_old_uploads(at=SENT_UP + KEPT + timedelta(seconds=1)) == 1
    assert not path_of(upload).exists()


def told(facts: dict[str, str]) -> str:
    facts = {"filename": "培土.mp4", "title": "培土", "region": "lucheng"} | facts
    return ",".join(f"{key} {base64.b64encode(text.encode()).decode()}" for key, text in facts.items())


class Tus:
    """A program that speaks the protocol."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, method: str, path: str, data: bytes = b"", kind: str = "", **headers: object):
        sent = {"Tus-Resumable": "1.0.0"} | {name.replace("_", "-"): str(v) for name, v in headers.items()}
        return self.client.generic(method, path, data, content_type=kind, headers=sent)

    def begin(self, length: int = len(FILM), **facts: str):
        return self.ask("POST", BEGIN, Upload_Length=length, Upload_Metadata=told(facts))

    def describe(self, place: str, **facts: str):
        return self.ask("POST", place, Upload_Metadata=told(facts))

    def patch(self, place: str, offset: int, data: bytes, kind: str = "application/offset+octet-stream"):
        return self.ask("PATCH", place, data, kind, Upload_Offset=offset)


@pytest.fixture
def tus(client: Client, teacher: User) -> Tus:
    RegionFactory()
    client.force_login(teacher)
    return Tus(client)


def test_cut_half_way_it_goes_on_where_it_broke_off(tus: Tus) -> None:
    place = tus.begin()["Location"]
    assert tus.patch(place, 0, FILM[:4_000])["Upload-Offset"] == "4000"
    # the line broke; another window asks how much arrived
    head = tus.ask("HEAD", place)
    assert (head["Upload-Offset"], head["Upload-Length"]) == ("4000", str(len(FILM)))
    assert "no-store" in head["Cache-Control"]
    again = tus.patch(place, 0, FILM[:4_000])
    assert (again.status_code, again["Upload-Offset"]) == (409, "4000")
    last = tus.patch(place, 4_000, FILM[4_000:])
    assert last.status_code == 204
    assert Video.objects.get(pk=last["Fengtu-Video"]).source.size == len(FILM)


def test_the_last_answer_lost_it_is_finished_all_the_same(tus: Tus) -> None:
    place = tus.begin()["Location"]
    video = Video.objects.get(pk=tus.patch(place, 0, FILM)["Fengtu-Video"])
    # nobody heard of it: the same program asks, and the same window sends its part again
    head = tus.ask("HEAD", place)
    assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (200, "10000", "10000")
    assert head["Fengtu-Video"] == str(video.pk)
    again = tus.patch(place, 0, FILM)
    assert (again.status_code, again["Upload-Offset"], again["Fengtu-Video"]) == (409, "10000", str(video.pk))
    sender, offset = video.uploaded_by, len(FILM)
    assert add_part(key=video.key, user=sender, offset=offset, data=b"", at=SENT_UP) == (offset, video)
    assert tus.patch(place, len(FILM), b"more").status_code == 422
    assert Video.objects.get() == video and Path(video.source.path).read_bytes() == FILM


def test_a_finished_upload_is_known_to_its_sender_only_and_only_while_there_is_a_video(tus: Tus) -> None:
    place = tus.begin()["Location"]
    tus.patch(place, 0, FILM)
    tus.client.force_login(person("training_officer"))
    assert tus.ask("HEAD", place).status_code == tus.patch(place, 0, FILM).status_code == 404
    tus.client.force_login(User.objects.get(groups__role__slug="teacher"))
    remove_video(video=Video.objects.get())
    assert tus.ask("HEAD", place).status_code == 404


@pytest.mark.parametrize("sent", [4_000, len(FILM)], ids=["cut half-way", "the last answer lost"])
def test_who_takes_an_upload_up_again_says_anew_who_may_watch(tus: Tus, sent: int) -> None:
    place = tus.begin(private="no")["Location"]
    tus.patch(place, 0, FILM[:sent])
    assert tus.describe(place, title="培土三遍", private="yes").status_code == 204
    if sent < len(FILM):
        tus.patch(place, sent, FILM[sent:])
    video = Video.objects.get()
    assert (video.is_private, video.title) == (True, "培土三遍")


def test_nobody_describes_an_upload_of_somebody_else(tus: Tus) -> None:
    place = tus.begin()["Location"]
    assert tus.describe(place, region="atlantis").status_code == 400
    tus.client.force_login(person("training_officer"))
    assert tus.describe(place, private="no").status_code == 404
    assert VideoUpload.objects.get().is_private


def test_the_protocol_says_what_it_speaks_and_wants_its_version(tus: Tus) -> None:
    told = tus.ask("OPTIONS", BEGIN)
    assert told["Tus-Version"] == "1.0.0" and "termination" in told["Tus-Extension"]
    assert tus.client.post(BEGIN).status_code == 412
    place = tus.begin()["Location"]
    assert tus.patch(place, 0, FILM, kind="text/plain").status_code == 415


def test_refusals_say_why(tus: Tus) -> None:
    assert "2 GB" in tus.begin(MOST_BYTES + 1).json()["reason"]
    assert "县区" in tus.begin(region="atlantis").json()["reason"]
    place = tus.begin()["Location"]
    refused = tus.patch(place, 0, b"MZ" + bytes(5_000))
    assert refused.status_code == 422 and "程序" in refused.json()["reason"]
    assert tus.ask("HEAD", place).status_code == 404


def test_an_upload_can_be_dropped(tus: Tus) -> None:
    place = tus.begin()["Location"]
    assert tus.ask("DELETE", place).status_code == 204
    assert tus.ask("HEAD", place).status_code == 404
    assert not VideoUpload.objects.exists()


@pytest.mark.parametrize("role", ["editor", "trainee", "member"])
def test_others_send_nothing_up(client: Client, role: str) -> None:
    RegionFactory()
    client.force_login(person(role))
    assert Tus(client).begin().status_code in {302, 403}
    assert not VideoUpload.objects.exists()
