"""Pages of courses stay while what somebody learnt rests on them."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.pages import county, course, training_index
from tests.factories.training import BEGAN, EnrolmentFactory
from tests.site.test_training_beats import lesson_of
from training.models import CoursePage, LessonPage, LessonProgress

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return course(training_index(county()), "photo", title="拍好一筐货", lessons=2)


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def delete(editor, page):
    return editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def delete_all(editor, *pages):
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return editor.post(f"/cms/bulk/wagtailcore/page/delete/?{chosen}", follow=True)


@pytest.mark.parametrize("state", ["learning", "waiting", "completed", "left"])
@pytest.mark.parametrize("way", [delete, delete_all])
def test_a_course_with_people_stays_and_says_how_many(editor, page, way, state):
    for _each in range(2):
        EnrolmentFactory(course=page, state=state, completed_at=BEGAN if state == "completed" else None)
    answer = way(editor, page).content.decode()
    assert "2 个人" in answer and "撤下" in answer
    assert CoursePage.objects.filter(pk=page.pk).exists() and page.enrolments.count() == 2


@pytest.mark.parametrize("way", [delete, delete_all])
def test_so_does_all_above_it(editor, page, way):
    EnrolmentFactory(course=page)
    way(editor, page.get_parent())
    assert CoursePage.objects.filter(pk=page.pk).exists()


def test_a_lesson_stays_from_the_first_who_began_it(editor, page):
    first, second = LessonPage.objects.child_of(page).order_by("path")
    LessonProgress.objects.create(
        enrolment=EnrolmentFactory(course=page), lesson=lesson_of(page), heard_at=BEGAN
    )
    assert "1 个人" in delete(editor, first).content.decode()
    delete(editor, second)
    assert list(LessonPage.objects.child_of(page)) == [first]


def test_a_course_of_nobody_goes_and_unpublishing_is_always_possible(editor, page):
    enrolment = EnrolmentFactory(course=page)
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    assert not page.live
    enrolment.delete()
    delete(editor, page)
    assert not CoursePage.objects.exists()
