"""Reads of the courses."""

from collections.abc import Sequence

from django.db.models import Count, Sum
from django.db.models.functions import Left
from wagtail.models import Page
from wagtail.query import PageQuerySet

from training.courses.course import CoursePage
from training.courses.lesson import LessonPage


def courses_under(page: Page, *, kind: str = "") -> PageQuerySet:
    """Return the public courses below `page` (a list or a whole site), newest first; 1 query.

    A course with a view restriction of its own is not announced.
    """
    courses = CoursePage.objects.live().descendant_of(page).filter(view_restrictions=None)
    if kind:
        courses = courses.filter(kind=kind)
    courses = courses.select_related("image").prefetch_related("image__renditions").defer("body")
    return courses.order_by("-first_published_at", "-page_ptr_id")


def latest_courses(site_root: Page, limit: int) -> list[CoursePage]:
    """Return the newest public courses of a site with their length. 2 queries, 1 more with pictures."""
    return with_length(list(courses_under(site_root)[:limit]))


def with_length(courses: list[CoursePage]) -> list[CoursePage]:
    """Set `lesson_count` and `minutes` of each course. 1 query for all of them."""
    lengths = _lengths(courses) if courses else {}
    for course in courses:
        course.lesson_count, course.minutes = lengths.get(course.path, (0, 0))
    return courses


def lessons_of(course: CoursePage) -> list[LessonPage]:
    """Return the live lessons of a course in their order, without their text. 1 query."""
    return list(LessonPage.objects.live().child_of(course).defer("body").order_by("path"))


def neighbours(
    lesson: LessonPage, lessons: Sequence[LessonPage]
) -> tuple[LessonPage | None, LessonPage | None]:
    """Return the lessons before and after. No query."""
    places = [each.pk for each in lessons]
    if lesson.pk not in places:
        return None, None
    place = places.index(lesson.pk)
    before = lessons[place - 1] if place else None
    return before, lessons[place + 1] if place + 1 < len(lessons) else None


def _lengths(courses: Sequence[CoursePage]) -> dict[str, tuple[int, int]]:
    paths = [course.path for course in courses]
    rows = (
        LessonPage.objects.live()
        .annotate(course_path=Left("path", len(paths[0])))
        .filter(course_path__in=paths, depth=courses[0].depth + 1)
        .order_by()
        .values_list("course_path")
        .annotate(Count("pk"), Sum("minutes"))
    )
    return {path: (count, minutes) for path, count, minutes in rows}
