"""Courses and lessons."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.pages import county, course, lesson, training_index
from training.courses.queries import latest_courses
from training.models import CoursePage

TEXT = [("text", "<p>蹲下来，镜头和葱齐平。</p>")]


@pytest.fixture
def index(db):
    return training_index(county())


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, headers={"host": "lucheng.localhost"}).status_code == 200
    return len(captured)


def test_the_list_shows_courses_with_their_length(client, index):
    course(index, "photo", title="拍好一筐货", lessons=3)
    course(index, "empty", title="还在备")
    text = client.get("/training/").content.decode()
    assert "拍好一筐货" in text
    assert "3 节 · 30 分钟" in text
    assert "课还在备" in text


def test_the_list_is_filtered_by_kind(client, index):
    course(index, "a", title="政策怎么看", kind="policy")
    course(index, "b", title="剪枝", kind="skills")
    text = client.get("/training/", {"kind": "skills"}).content.decode()
    assert "剪枝" in text
    assert "政策怎么看" not in text


@pytest.mark.parametrize("query", [{"kind": "x"}, {"page": "x"}, {"page": "999"}, {"kind": "\x00"}])
def test_junk_in_the_query_shows_the_list(client, index, query):
    course(index, "a", title="剪枝")
    answer = client.get("/training/", query)
    assert answer.status_code == 200
    assert "剪枝" in answer.content.decode()


def test_a_course_shows_its_teacher_and_its_lessons_under_sections(client, index):
    page = course(index, "photo", teacher="周敏", teacher_about="本地摄影师。", audience="店主")
    lesson(page, "light", title="光从哪边来", section="拍之前", minutes=11)
    lesson(page, "clean", title="擦镜头", section="拍之前")
    lesson(page, "shoot", title="拍出精神", section="动手拍")
    text = client.get("/training/photo/").content.decode()
    for words in [
        "周敏",
        "本地摄影师。",
        "给店主",
        "光从哪边来",
        "11 分钟",
        'href="/training/photo/light/"',
        "3 节",
    ]:
        assert words in text
    assert text.count(">拍之前<") == 1
    assert text.count(">动手拍<") == 1


def test_a_lesson_leads_to_the_ones_before_and_after(client, index):
    page = course(index, "photo", lessons=3)
    text = client.get("/training/photo/lesson-2/").content.decode()
    assert "第 2 节，共 3 节" in text
    assert 'rel="prev" href="/training/photo/lesson-1/"' in text
    assert 'rel="next" href="/training/photo/lesson-3/"' in text
    last = client.get("/training/photo/lesson-3/").content.decode()
    assert 'rel="next"' not in last
    assert page.title in last


def test_a_lesson_shows_its_text(client, index):
    lesson(course(index, "photo"), "shoot", body=TEXT, free_preview=True)
    assert "镜头和葱齐平" in client.get("/training/photo/shoot/").content.decode()


def test_drafts_are_shown_nowhere(client, index):
    page = course(index, "photo", lessons=1)
    lesson(page, "secret", title="没拍完", live=False)
    course(index, "draft", title="没备完", live=False)
    assert "没备完" not in client.get("/training/").content.decode()
    text = client.get("/training/photo/").content.decode()
    assert "没拍完" not in text
    assert "1 节" in text
    assert client.get("/training/photo/secret/").status_code == 404
    assert client.get("/training/draft/").status_code == 404


def test_the_lessons_of_a_draft_course_are_not_public(client, index):
    page = course(index, "photo", lessons=1)
    CoursePage.objects.filter(pk=page.pk).update(live=False)
    assert client.get("/training/photo/lesson-1/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/training/nothing/", "/training/photo/nothing/", "/training/photo/lesson-1/x/"]
)
def test_what_is_not_there_is_404(client, index, path):
    course(index, "photo", lessons=1)
    assert client.get(path).status_code == 404


def test_the_address_of_the_certificate_check_is_kept_free(index):
    page = CoursePage(title="证书", slug="certificates", intro="。")
    with pytest.raises(ValidationError) as refused:
        index.add_child(instance=page)
    assert "slug" in refused.value.message_dict
    assert not CoursePage.objects.exists()


def test_the_newest_courses_know_their_length(index):
    course(index, "photo", lessons=2)
    (found,) = latest_courses(index.get_parent(), 3)
    assert (found.lesson_count, found.minutes) == (2, 20)


def test_the_list_takes_the_same_queries_for_many_courses(client, index):
    course(index, "c", lessons=1)
    few = queries(client, "/training/")
    for number in range(5):
        course(index, f"c{number}", lessons=2)
    assert queries(client, "/training/") == few <= 8


def test_a_course_and_a_lesson_take_the_same_queries_however_many_lessons(client, index):
    page = course(index, "photo", lessons=1)
    few = [queries(client, path) for path in ("/training/photo/", "/training/photo/lesson-1/")]
    for number in range(2, 7):
        lesson(page, f"lesson-{number}")
    many = [queries(client, path) for path in ("/training/photo/", "/training/photo/lesson-1/")]
    assert many == few
    assert max(many) <= 13


def test_the_pages_can_be_kept_for_everybody(client, index):
    course(index, "photo", lessons=1)
    for path in ("/training/", "/training/photo/", "/training/photo/lesson-1/", "/en/training/photo/"):
        answer = client.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert "csrf" not in answer.content.decode().lower()
