"""Reads of the teachers."""

from django.db.models import Count, Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from training.courses.course import CoursePage
from training.courses.queries import courses_under, with_length
from training.teachers.page import TeacherPage

_PUBLIC = Q(teaches__course__live=True, teaches__course__view_restrictions=None)


def teachers_of(page: Page) -> PageQuerySet:
    """Return the public teachers below a list, those with most courses first; 1 query, 1 with portraits."""
    teachers = TeacherPage.objects.live().child_of(page).select_related("portrait")
    teachers = teachers.prefetch_related("portrait__renditions")
    return teachers.annotate(courses=Count("teaches", filter=_PUBLIC)).order_by("-courses", "path")


def courses_of(teacher: TeacherPage, *, below: Page) -> list[CoursePage]:
    """Return the public courses of a teacher, newest first. 2 queries, 1 more with pictures."""
    return with_length(list(courses_under(below).filter(taught_by__teacher=teacher)))
