"""The catalogue: narrowing the list, who sees a lesson, what comes before, teachers, short lessons."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.groups import sync_roles
from tests.factories.accounts import UserFactory, person
from tests.factories.pages import add, county, course, lesson, training_index
from tests.factories.training import EnrolmentFactory, TraineeFactory
from training.courses.filters import Filters
from training.courses.forms import comes_before
from training.models import (
    CourseAudience,
    CoursePage,
    CourseTeacher,
    Prerequisite,
    Qualification,
    TeacherPage,
    TeachersPage,
)

SECRET = [("text", "<p>三遍土，每遍三指。</p>")]


@pytest.fixture
def index(db):
    return training_index(county())


@pytest.fixture
def teachers(index):
    return add(index, TeachersPage(title="谁来教", slug="teachers"))


def teacher(below, slug="guo", **facts):
    return add(below, TeacherPage(slug=slug, **{"title": "郭建平", **facts}))


def text_of(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


# --- the list --------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_audience_teacher_length_and_language(client, index, teachers):
    long = course(index, "long", title="大葱标准", audiences=[CourseAudience(group="grower")])
    lesson(long, "one", minutes=100)
    short = course(index, "short-one", title="出海", in_english=True)
    lesson(short, "one", minutes=20)
    CourseTeacher.objects.create(course=long, teacher=teacher(teachers))
    for query in ({"audience": "grower"}, {"teacher": "guo"}, {"length": "long"}):
        text = text_of(client, "/training/", **query)
        assert "大葱标准" in text and "出海" not in text, query
    text = text_of(client, "/training/", language="en")
    assert "出海" in text and "大葱标准" not in text
    assert "郭建平" in text_of(client, "/training/", length="long")


def test_a_choice_that_fits_nothing_says_so_and_leads_back(client, index):
    course(index, "a", title="剪枝")
    text = text_of(client, "/training/", length="long")
    assert "还没有这样的课" in text and 'href="?"' in text


def test_the_shortest_stands_first_and_a_course_without_lessons_last(client, index):
    for slug, minutes in (("b", 50), ("a", 10)):
        lesson(course(index, slug, title=f"课{slug}"), "one", minutes=minutes)
    course(index, "c", title="课c")
    text = text_of(client, "/training/", sort="shortest")
    assert text.index("课a") < text.index("课b") < text.index("课c")


def test_words_that_mean_nothing_are_as_good_as_none():
    asked = Filters.read(QueryDict("kind=x&audience=kings&length=9&language=fr&sort=up&page=2"))
    assert asked == Filters()
    assert (
        Filters.read(QueryDict("kind=live&audience=grower")).of_kind("policy")
        == "kind=policy&audience=grower"
    )


def test_the_list_takes_at_most_eight_queries(client, index, teachers):
    who = teacher(teachers)
    for number in range(6):
        page = course(index, f"c{number}", lessons=2, audiences=[CourseAudience(group="grower")])
        CourseTeacher.objects.create(course=page, teacher=who)
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/training/", headers={"host": "lucheng.localhost"}).status_code == 200
    assert len(captured) <= 8


# --- a course --------------------------------------------------------------------------------------


def test_a_course_says_what_one_can_do_what_it_asks_and_what_comes_before(client, index):
    first = course(index, "first", title="村里开店第一课")
    page = course(
        index,
        "live",
        outcomes="布好一个台\n\n留住人",
        certificate=True,
        needs_exam=True,
        needs_class=True,
        faq=[("question", {"question": "要交钱吗？", "answer": "不要。"})],
    )
    Prerequisite.objects.create(course=page, required=first)
    text = text_of(client, "/training/live/")
    for words in ("布好一个台", "留住人", "考试通过", "上过一次现场课", "村里开店第一课", "要交钱吗？"):
        assert words in text


def test_a_course_is_told_to_search_engines(client, index, teachers):
    page = course(index, "photo", title="拍</script>货", lessons=2, outcomes="会拍")
    CourseTeacher.objects.create(course=page, teacher=teacher(teachers))
    text = text_of(client, "/training/photo/")
    blocks = [
        json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    ]
    told = next(block for block in blocks if block["@type"] == "Course")
    assert told["name"] == "拍</script>货"
    assert told["hasCourseInstance"]["courseWorkload"] == "PT20M"
    assert told["hasCourseInstance"]["instructor"][0]["name"] == "郭建平"
    assert told["provider"]["@type"] == "Organization"


def test_an_english_course_has_its_english_name_on_english_pages(client, index):
    course(index, "abroad", title="出海", title_en="Selling abroad", intro_en="Four gates.", in_english=True)
    english = text_of(client, "/en/training/abroad/")
    assert "<h1" in english and "Selling abroad" in english.split("<h1")[1].split("</h1>")[0].replace(
        "<wbr>", ""
    )
    chinese = text_of(client, "/training/abroad/")
    assert "出海" in chinese and 'lang="en">Selling abroad' in chinese


def test_a_course_never_comes_before_itself_by_any_way(index):
    a, b, c = (course(index, slug) for slug in "abc")
    Prerequisite.objects.create(course=b, required=a)
    Prerequisite.objects.create(course=c, required=b)
    assert comes_before(a.pk, c.pk)
    assert not comes_before(c.pk, a.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Prerequisite.objects.create(course=a, required=a)


@pytest.mark.parametrize("slug", ["teachers", "me", "short", "classes", "materials"])
def test_addresses_that_mean_something_else_are_refused(index, slug):
    with pytest.raises(ValidationError):
        index.add_child(instance=CoursePage(title="课", slug=slug, intro="。"))
    assert not CoursePage.objects.exists()


# --- lessons ---------------------------------------------------------------------------------------


def test_a_lesson_is_open_to_everybody_only_where_it_says_so(client, index):
    page = course(index, "photo")
    lesson(page, "open", body=SECRET, free_preview=True)
    lesson(page, "closed", body=SECRET, summary="讲三遍土。")
    assert "每遍三指" in text_of(client, "/training/photo/open/")
    closed = text_of(client, "/training/photo/closed/")
    assert "每遍三指" not in closed and "讲三遍土。" in closed


def test_who_takes_part_sees_every_lesson_and_who_waits_or_left_does_not(client, index):
    page = course(index, "photo")
    lesson(page, "closed", body=SECRET)
    for state, sees in (("learning", True), ("waiting", False), ("left", False)):
        trainee = TraineeFactory()
        EnrolmentFactory(trainee=trainee, course=page, state=state)
        client.force_login(trainee.user)
        assert ("每遍三指" in text_of(client, "/training/photo/closed/")) is sees, state


def test_an_account_alone_opens_nothing_but_those_who_write_courses_see_all(client, index):
    lesson(course(index, "photo"), "closed", body=SECRET)
    client.force_login(UserFactory())
    assert "每遍三指" not in text_of(client, "/training/photo/closed/")
    sync_roles()
    client.force_login(person("teacher"))
    assert "每遍三指" in text_of(client, "/training/photo/closed/")


def test_the_page_of_a_closed_lesson_may_be_kept_for_everybody(client, index):
    lesson(course(index, "photo"), "closed", body=SECRET)
    answer = client.get("/training/photo/closed/")
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


def test_slides_show_their_words_without_pictures(client, index):
    slide = {"heading": "三个数", "points": ["来了多少人"], "image": None, "notes": "先看这三个。"}
    lesson(course(index, "a"), "s", kind="slides", slides=[("slide", slide)], free_preview=True)
    text = text_of(client, "/training/a/s/")
    assert "三个数" in text and "来了多少人" in text and "先看这三个。" in text


@pytest.mark.parametrize("kind", ["video", "slides", "attachment", "quiz", "text"])
def test_a_lesson_that_is_not_finished_says_so(client, index, kind):
    lesson(course(index, "a"), "s", kind=kind, free_preview=True)
    assert 'class="note"' in text_of(client, "/training/a/s/")


# --- short lessons ---------------------------------------------------------------------------------


def test_short_lessons_of_all_courses_stand_together(client, index):
    page = course(index, "a", title="拍货", kind="live")
    lesson(page, "short-one", title="擦镜头", minutes=8)
    lesson(page, "long", title="剪辑", minutes=9)
    lesson(course(index, "draft", live=False), "hidden", title="没备完", minutes=3)
    text = text_of(client, "/training/short/")
    assert "擦镜头" in text and "拍货" in text
    assert "剪辑" not in text and "没备完" not in text
    assert "擦镜头" not in text_of(client, "/training/short/", kind="policy")


def test_short_lessons_take_the_same_queries_for_many(client, index):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get("/training/short/", headers={"host": "lucheng.localhost"})
        return len(captured)

    lesson(course(index, "a"), "one", minutes=5)
    few = asked()
    for slug in "bcd":
        lesson(course(index, slug), "one", minutes=5)
    assert asked() == few <= 8


# --- teachers --------------------------------------------------------------------------------------


def test_a_teacher_shows_papers_and_courses_and_says_what_is_not_recorded(client, index, teachers):
    who = teacher(
        teachers,
        profession="农技站退休返聘",
        since_year=1988,
        qualifications=[
            Qualification(title="农艺师", issuer="省农业厅", year=2003),
            Qualification(title="讲师"),
        ],
    )
    page = course(index, "scallion", title="大葱标准", lessons=1)
    CourseTeacher.objects.create(course=page, teacher=who)
    course(index, "other", title="别人的课")
    text = text_of(client, "/training/teachers/guo/")
    for words in ("农艺师", "省农业厅", "2003", "1988", "发证单位没记", "年份没记", "大葱标准"):
        assert words in text
    assert "别人的课" not in text
    assert "1 门课" in text_of(client, "/training/teachers/")
    assert 'href="/training/teachers/guo/"' in text_of(client, "/training/scallion/")


def test_teachers_that_are_not_public_stand_nowhere(client, index, teachers):
    page = course(index, "a", title="课", teacher="文字里的老师")
    draft = add(teachers, TeacherPage(title="没写完", slug="draft"), live=False)
    CourseTeacher.objects.create(course=page, teacher=draft)
    assert client.get("/training/teachers/draft/").status_code == 404
    assert client.get("/training/teachers/draft/x/").status_code == 404
    text = text_of(client, "/training/a/")
    assert "没写完" not in text and "文字里的老师" in text
    assert "没写完" not in text_of(client, "/training/")


def test_a_county_without_a_list_of_teachers_answers_404(client, index):
    assert client.get("/training/teachers/").status_code == 404


def test_the_list_of_teachers_keeps_its_address(index):
    with pytest.raises(ValidationError):
        index.add_child(instance=TeachersPage(title="老师", slug="people"))


def test_an_account_that_is_deleted_is_forgotten_by_the_teachers_page(index, teachers):
    from django.utils import timezone

    from accounts.deletion import delete_account
    from accounts.export import personal_data

    user = UserFactory()
    who = teacher(teachers, account=user)
    assert "郭建平" in str(personal_data(user=user, at=timezone.now()))
    delete_account(user=user, at=timezone.now())
    who.refresh_from_db()
    assert who.account is None and who.live
