"""What the page of a course shows. 7 queries, 1 more for pictures of teachers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from training.classes.queries import of_course
from training.courses.course import CoursePage
from training.courses.queries import lessons_of
from training.courses.structured import course_data
from training.materials.models import Material, MaterialEdition
from training.teachers.page import TeacherPage


def shown_of(course: CoursePage, request: HttpRequest, trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the parts of the page of a course."""
    lessons = lessons_of(course)
    teachers = teachers_of(course)
    minutes = sum(lesson.minutes for lesson in lessons)
    return {
        "lessons": lessons,
        "minutes": minutes,
        "first_open": next((lesson for lesson in lessons if lesson.free_preview), None),
        "teachers": teachers,
        "groups": [str(each) for each in course.audiences.all()],
        "before": list(CoursePage.objects.live().filter(leads_to__course=course).defer("body", "faq")),
        "materials": materials_of(course),
        "classes": of_course(course, at=timezone.now()),
        "structured_data": SimpleLazyObject(
            lambda: course_data(course, request, trail, minutes=minutes, teachers=teachers)
        ),
    }


def teachers_of(course: CoursePage) -> list[TeacherPage]:
    """Return who teaches a course, as far as their pages are public; 1 query, 1 more with portraits."""
    teachers = TeacherPage.objects.live().filter(teaches__course=course).select_related("portrait")
    return list(teachers.prefetch_related("portrait__renditions").order_by("teaches__sort_order"))


def materials_of(course: CoursePage) -> list[Material]:
    """Return what a course gives into the hand, each with its newest edition; 1 query."""
    newest = MaterialEdition.objects.filter(material=OuterRef("pk")).order_by("-added_at", "-pk")
    found = Material.objects.filter(course=course).annotate(
        edition_id=Subquery(newest.values("pk")[:1]),
        edition=Subquery(newest.values("label")[:1]),
        size=Subquery(newest.values("size")[:1]),
        name=Subquery(newest.values("name")[:1]),
    )
    return list(found.exclude(edition_id=None).order_by(F("place"), "pk"))
