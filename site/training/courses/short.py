"""Short lessons (微课堂): what can be seen between two other things, lesson by lesson across the courses."""

from django.db.models import F
from django.db.models.functions import Left
from wagtail.models import Page

from training.courses.course import CoursePage
from training.courses.lesson import LessonPage
from training.courses.queries import courses_under

MOST_MINUTES = 8
MOST = 60


def short_lessons(index: Page, *, kind: str = "") -> list[LessonPage]:
    """Return the short lessons of the public courses of a list with their courses, newest course first.

    Those that are open to everybody come first in each course, then in the order of the course. 2 queries.
    """
    courses: dict[str, CoursePage] = {
        course.path: course
        for course in courses_under(index, kind=kind).select_related(None).prefetch_related(None)
    }
    lessons = (
        LessonPage.objects.live()
        .filter(path__startswith=index.path, depth=index.depth + 2, minutes__lte=MOST_MINUTES)
        .annotate(course_path=Left(F("path"), len(index.path) + Page.steplen))
        .filter(course_path__in=courses)
        .defer("body", "slides")
    )
    found = []
    for lesson in lessons:
        lesson.course = courses[lesson.course_path]
        found.append(lesson)
    order = list(courses)
    found.sort(key=lambda each: (order.index(each.course.path), not each.free_preview, each.path))
    return found[:MOST]
