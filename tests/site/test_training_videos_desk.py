"""Videos in the back office: how far they are, their words, who shows them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.accounts import person
from tests.factories.pages import county, course, lesson, training_index
from tests.factories.videos import VideoFactory, ready_video
from training.models import Video

pytestmark = pytest.mark.django_db
LIST = "/cms/training-videos/"
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n培土三遍。\n"


@pytest.fixture
def teacher(client: Client) -> Client:
    client.force_login(person("teacher"))
    return client


def form(video: Video, **changed: object) -> dict[str, object]:
    words = {"title": video.title, "subtitles": "", "subtitles_en": "", "transcript": ""}
    return words | {"is_private": "on"} | changed


def test_the_list_and_the_page_to_send_one_up(teacher: Client) -> None:
    VideoFactory(title="培土", state=Video.State.CONVERTING, progress=40)
    VideoFactory(title="坏的", state=Video.State.FAILED, error="这是程序")
    page = teacher.get(LIST).content.decode()
    assert 'value="40"' in page and "正在转码" in page and "这是程序" in page
    page = teacher.get(f"{LIST}new/").content.decode()
    assert 'data-begin="/cms/training-videos/up/"' in page and "两小时" in page


def test_how_far_they_are_is_asked_at_once(teacher: Client, django_assert_max_num_queries) -> None:
    videos = [VideoFactory(state=Video.State.CONVERTING, progress=n) for n in range(5)]
    with django_assert_max_num_queries(8):
        told = teacher.get(f"{LIST}states/", {"video": [v.pk for v in videos] + ["x"]}).json()["videos"]
    assert [told[str(video.pk)]["progress"] for video in videos] == list(range(5))
    teacher.force_login(person("editor"))
    assert teacher.get(f"{LIST}states/").status_code in {302, 403}


def test_subtitles_come_as_a_file_and_are_kept_as_webvtt(teacher: Client) -> None:
    video = ready_video()
    file = SimpleUploadedFile("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n葱白\n".encode("gb18030"))
    teacher.post(f"{LIST}edit/{video.pk}/", form(video, title="新名", subtitles_file=file))
    video.refresh_from_db()
    assert video.title == "新名" and video.subtitles.startswith("WEBVTT") and "葱白" in video.subtitles


def test_wrong_subtitles_say_the_line_and_change_nothing(teacher: Client) -> None:
    video = ready_video()
    answer = teacher.post(f"{LIST}edit/{video.pk}/", form(video, subtitles=VTT + "\nhello\n"))
    assert "第 6 行" in answer.content.decode()
    video.refresh_from_db()
    assert video.subtitles == ""


def test_the_page_of_a_video_plays_it_and_names_its_lessons(teacher: Client) -> None:
    video = ready_video(subtitles=VTT)
    lesson(course(training_index(county()), "dacong"), "peitu", title="培土三遍", film=video)
    page = teacher.get(f"{LIST}edit/{video.pk}/").content.decode()
    assert "<video controls" in page and "培土三遍" in page and "1280 × 720" in page


def test_a_video_that_lessons_show_stays(client: Client) -> None:
    client.force_login(person("training_officer"))
    video = ready_video()
    page = lesson(course(training_index(county()), "dacong"), "peitu", title="培土三遍", film=video)
    place = Path(video.source.storage.path(f"films/{video.key}"))
    answer = client.post(f"{LIST}delete/{video.pk}/", follow=True)
    assert "培土三遍" in answer.content.decode() and place.exists()
    page.film = None
    page.save()
    client.post(f"{LIST}delete/{video.pk}/")
    assert not Video.objects.exists()


def test_teachers_delete_none(teacher: Client) -> None:
    video = ready_video()
    teacher.post(f"{LIST}delete/{video.pk}/")
    assert Video.objects.exists()


def test_converting_again_is_one_press_and_looking_changes_nothing(teacher: Client) -> None:
    video = ready_video()
    assert teacher.get(f"{LIST}again/{video.pk}/")["Location"] == f"{LIST}edit/{video.pk}/"
    assert Video.objects.get().is_ready
    teacher.post(f"{LIST}again/{video.pk}/")
    assert Video.objects.get().state == Video.State.UPLOADED
    answer = teacher.post(f"{LIST}again/{video.pk}/", follow=True)
    assert "已经在转码" in answer.content.decode()
