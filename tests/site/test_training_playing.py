"""Videos play: with ranges, by tickets that expire, in parts, with words that lead to their place."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from brand.private import private_storage
from config.asgi import SENT
from config.sending import Sender
from lib.handover import SLOT, Slot
from tests.factories.accounts import person
from tests.factories.pages import county, course, lesson, training_index
from tests.factories.training import EnrolmentFactory
from tests.factories.videos import SENT_UP, VideoFactory, ready_video
from training.models import Enrolment, Video
from training.videos.playing import film_for
from training.videos.subtitles import NoSubtitles, as_webvtt, decode, read_subtitles
from training.videos.tickets import NoTicket, issue_ticket, read_ticket
from training.videos.transcript import transcript_of
from training.videos.video import folder_of
from training.videos.views import video_file

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(250)) * 40
VTT = (
    "WEBVTT\n\n00:01.000 --> 00:04.000\n培土三遍。\n\n"
    "2\n00:00:04.200 --> 00:00:08.000 align:start\n<v 郭师傅>土埋多深，<i>葱白</i>多长。\n\n"
    "NOTE nothing\n\n00:30.000 --> 00:33.000\n第二遍最厚。\n"
)


@pytest.fixture
def private() -> Video:
    return ready_video(CONTENT)


@pytest.fixture
def public() -> Video:
    return ready_video(CONTENT, is_private=False)


def asked(video: Video, name: str = "720.mp4", *, ticket: str = "open", method: str = "GET", **headers: str):
    """Return status, head and body as the sender in front of Django answers."""
    sent = {key.replace("_", "-"): value for key, value in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "headers": [(key.lower().encode(), value.encode()) for key, value in sent.items()],
    }
    slot = Slot({})
    request = RequestFactory().generic(method, "/", headers=sent)
    request.META["asgi.scope"] = {SLOT: slot}
    response = video_file(request, video.key, ticket, name)
    messages = []

    async def pages(scope, receive, send):
        scope[SLOT].sending = slot.sending
        head = [(key.lower().encode(), value.encode()) for key, value in response.items()]
        await send({"type": "http.response.start", "status": response.status_code, "headers": head})
        await send({"type": "http.response.body", "body": response.content})

    async def receive():
        await asyncio.sleep(60)

    async def keep(message):
        messages.append(message)

    asyncio.run(Sender(pages)(scope, receive, keep))
    head = {key.decode().lower(): value.decode() for key, value in messages[0]["headers"]}
    return messages[0]["status"], head, b"".join(each.get("body", b"") for each in messages[1:])


def test_the_whole_says_that_parts_may_be_asked_for(public: Video) -> None:
    status, head, body = asked(public)
    assert (status, body) == (200, CONTENT)
    assert head["accept-ranges"] == "bytes" and head["content-type"] == "video/mp4"
    assert head["content-length"] == "10000" and "content-disposition" not in head
    assert head["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("wanted", "place", "part"),
    [
        ("bytes=0-", "0-9999", CONTENT),
        ("bytes=0-1", "0-1", CONTENT[:2]),
        ("bytes=9000-20000", "9000-9999", CONTENT[9000:]),
        ("bytes=-500", "9500-9999", CONTENT[-500:]),
        ("BYTES=5-9", "5-9", CONTENT[5:10]),
    ],
)
def test_a_part_is_sent_as_such(public: Video, wanted: str, place: str, part: bytes) -> None:
    status, head, body = asked(public, Range=wanted)
    assert (status, head["content-range"], body) == (206, f"bytes {place}/10000", part)


@pytest.mark.parametrize("wanted", ["bytes=10000-", "bytes=-0"])
def test_a_part_behind_the_end_is_not_satisfiable(public: Video, wanted: str) -> None:
    status, head, body = asked(public, Range=wanted)
    assert (status, head["content-range"], body) == (416, "bytes */10000", b"")


def test_whoever_kept_a_part_of_an_older_file_gets_all_of_the_new_one(public: Video) -> None:
    etag = asked(public)[1]["etag"]
    assert asked(public, Range="bytes=5-9", If_Range=etag)[0] == 206
    assert asked(public, Range="bytes=5-9", If_Range='"older"')[0] == 200


def test_a_range_of_a_head_means_nothing(public: Video) -> None:
    status, head, body = asked(public, method="HEAD", Range="bytes=0-1")
    assert (status, head["content-length"], body) == (200, "10000", b"")


def test_what_a_browser_has_is_not_sent_again(public: Video) -> None:
    etag = asked(public)[1]["etag"]
    assert asked(public, If_None_Match=etag)[0] == 304


def test_lists_and_words_are_sent_at_once(client: Client, public: Video) -> None:
    base = f"/training/videos/{public.key}/open"
    Video.objects.filter(pk=public.pk).update(subtitles=VTT)
    assert client.get(f"{base}/master.m3u8")["Content-Type"] == "application/vnd.apple.mpegurl"
    words = client.get(f"{base}/zh.vtt")
    assert words["Content-Type"] == "text/vtt; charset=utf-8" and "培土" in words.content.decode()
    assert client.get(f"{base}/en.vtt").status_code == 404


@pytest.mark.parametrize("name", ["source", "..%2Fsource", "making-1", "720.mp4.bak", "ffmpeg.log", "1.mp4"])
def test_nothing_else_of_the_folder_is_sent(client: Client, public: Video, name: str) -> None:
    folder = Path(private_storage().path(folder_of(public.key)))
    for each in ("source", "ffmpeg.log"):
        (folder / each).write_bytes(b"secret")
    assert client.get(f"/training/videos/{public.key}/open/{name}").status_code == 404


def test_a_private_video_wants_a_ticket_that_is_ours_and_in_time(private: Video) -> None:
    now = timezone.now()
    ticket = str(issue_ticket(video=private, person=7, at=now))
    assert asked(private, ticket=ticket)[0] == 200
    assert asked(private, ticket=ticket)[1]["cache-control"].startswith("private, max-age=")
    for forged in ("open", ticket[:-1] + ("0" if ticket[-1] != "0" else "1"), ticket.replace("7.", "8.", 1)):
        assert asked(private, ticket=forged)[0] == 403
    late = str(issue_ticket(video=private, person=7, at=now - timedelta(hours=1)))
    assert asked(private, ticket=late)[0] == 403
    assert asked(ready_video(CONTENT), ticket=ticket)[0] == 403, "for another video"


@pytest.mark.parametrize("text", ["", ".", "a.b", "7.zz.sig", "☃", "7." + "f" * 40 + ".x"])
def test_nonsense_is_no_ticket(text: str) -> None:
    with pytest.raises(NoTicket):
        read_ticket(text, key="0" * 24, at=SENT_UP)


def test_a_ticket_lasts_to_watch_it_once_with_pauses(private: Video) -> None:
    assert issue_ticket(video=private, person=1, at=SENT_UP).until == SENT_UP + timedelta(minutes=10)
    private.seconds = 600
    assert issue_ticket(video=private, person=1, at=SENT_UP).until == SENT_UP + timedelta(minutes=15)


def test_a_ticket_outlives_leaving_the_course_by_half_an_hour_at_most(private: Video) -> None:
    private.seconds = 7200
    assert issue_ticket(video=private, person=1, at=SENT_UP).until == SENT_UP + timedelta(minutes=30)


def test_every_address_a_player_gets_is_sent_by_the_sender(private: Video) -> None:
    film = film_for(private, person=3, at=SENT_UP)
    assert [source.height for source in film.sources] == [720, 360]
    assert all(SENT.match(url) for url in [film.poster, film.playlist, *(s.url for s in film.sources)])
    assert not SENT.match(f"/training/videos/{private.key}/ticket/")
    assert len({film.playlist.rpartition("/")[0], film.poster.rpartition("/")[0]}) == 1, "parts inherit it"


def test_behind_nginx_it_is_nginx_that_sends(public: Video, settings, client: Client) -> None:
    settings.FILMS_INTERNAL = "/private/"
    answer = client.get(f"/training/videos/{public.key}/open/720.mp4")
    assert answer["X-Accel-Redirect"] == f"/private/films/{public.key}/720.mp4"
    assert answer["Content-Type"] == "video/mp4" and not answer.content


def test_a_file_costs_one_query_and_no_session(client: Client, public: Video, django_assert_num_queries):
    client.force_login(person("trainee"))
    with django_assert_num_queries(1):
        client.get(f"/training/videos/{public.key}/open/master.m3u8")


@pytest.fixture
def shown(private: Video):
    page = course(training_index(county()), "dacong")
    return lesson(page, "peitu", kind="video", film=private)


def renewed(client: Client, video: Video):
    return client.get(f"/training/videos/{video.key}/ticket/")


def test_new_tickets_are_for_who_takes_part(client: Client, private: Video, shown) -> None:
    assert renewed(client, private).status_code == 403
    enrolment = EnrolmentFactory(course=shown.course)
    client.force_login(enrolment.trainee.user)
    answer = renewed(client, private)
    assert answer["Cache-Control"] == "private, no-store"
    place = answer.json()["sources"][0]["url"].split("/")[-2]
    assert read_ticket(place, key=private.key, at=timezone.now()).person == enrolment.trainee.user.pk
    Enrolment.objects.update(state=Enrolment.State.LEFT)
    refused = renewed(client, private)
    assert refused.status_code == 403 and refused.json()["reason"]


def test_previews_and_those_who_teach_need_no_place(client: Client, private: Video, shown) -> None:
    client.force_login(person("teacher"))
    assert renewed(client, private).status_code == 200
    client.logout()
    shown.free_preview = True
    shown.save()
    assert renewed(client, private).status_code == 200
    shown.live = False
    shown.save()
    assert renewed(client, private).status_code == 403


def test_a_video_that_is_not_ready_sends_nothing(client: Client) -> None:
    video = VideoFactory(is_private=False)
    assert renewed(client, video).status_code == 404
    assert client.get(f"/training/videos/{video.key}/open/master.m3u8").status_code == 404


def test_the_page_of_a_lesson_plays_without_a_script(client: Client, private: Video, shown) -> None:
    shown.free_preview = True
    shown.save()
    Video.objects.update(subtitles=VTT)
    page = client.get("/training/dacong/peitu/").content.decode()
    assert page.count("<source") == 3 and "playsinline" in page and "x5-playsinline" in page
    assert f'data-lesson="{shown.pk}"' in page and 'kind="subtitles"' in page
    assert 'data-at="30"' in page and "第二遍最厚。" in page
    assert "Set-Cookie" not in client.get("/training/dacong/peitu/").headers


def test_a_lesson_whose_video_is_being_converted_says_so(client: Client) -> None:
    page = course(training_index(county()), "dacong")
    lesson(page, "peitu", kind="video", film=VideoFactory(), free_preview=True)
    assert "正在准备" in client.get("/training/dacong/peitu/").content.decode()


def test_subtitles_are_read_and_written_anew() -> None:
    cues = read_subtitles(VTT)
    assert [(cue.start, cue.end) for cue in cues] == [(1000, 4000), (4200, 8000), (30_000, 33_000)]
    text = as_webvtt(cues)
    assert text.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n") and "align" not in text
    assert read_subtitles(text) == cues


def test_subrip_is_taken() -> None:
    cues = read_subtitles("1\r\n00:00:01,500 --> 00:00:03,000\r\n<font color=red>好</font>\r\n\r\n2\r\n"
                          "00:00:03,000 --> 00:00:04,000\r\n行\r\n")  # fmt: skip
    assert [cue.words for cue in cues] == ["好", "行"] and cues[0].start == 1500


def test_chinese_of_older_programs_is_read() -> None:
    assert decode("葱白".encode("gb18030")) == "葱白"
    with pytest.raises(NoSubtitles):
        decode(b"MZ\0\0")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有字幕"),
        ("WEBVTT\n\nNOTE only", "没有字幕"),
        ("WEBVTT\n\nhello", "第 3 行"),
        ("WEBVTT\n\n00:05.000 --> 00:04.000\nx", "第 3 行"),
        ("WEBVTT\n\n00:99.000 --> 01:04.000\nx", "第 3 行"),
        ("WEBVTT\n\n05:00.000 --> 05:01.000\n以后", "以后"),
    ],
)
def test_wrong_subtitles_are_refused_with_their_line(text: str, words: str) -> None:
    with pytest.raises(NoSubtitles, match=words):
        read_subtitles(text, seconds=60)


def test_the_transcript_leads_to_its_places() -> None:
    video = VideoFactory(subtitles=VTT)
    paragraphs = transcript_of(video, language="zh-hans")
    assert [(each.second, each.clock) for each in paragraphs] == [(1, "0:01"), (30, "0:30")]
    assert paragraphs[0].words == "培土三遍。土埋多深，葱白多长。"
    video.transcript = "先看苗。\n\n再看土。"
    assert [each.words for each in transcript_of(video, language="en")] == ["先看苗。", "再看土。"]
