"""The list of courses as a visitor asked for it: which courses, and what can be asked for.

A county has tens of courses: their few facts are read whole and judged here, so that what can be chosen,
what is counted and what is shown come from the same rows. What takes room (text, pictures) is read for the
courses of one page only.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.db.models.functions import Left
from wagtail.models import Page

from training.courses.course import CoursePage
from training.courses.filters import Filters, Sort
from training.courses.kinds import Kind
from training.courses.lesson import LessonPage
from training.courses.parts import CourseAudience, CourseTeacher
from training.courses.queries import courses_under
from training.learning.trainees import Trainee

COURSES_A_PAGE = 12


@dataclass(slots=True)
class Row:
    """The few facts of a course that choosing needs."""

    pk: int
    path: str
    kind: str
    in_english: bool
    lesson_count: int = 0
    minutes: int = 0
    teachers: list[tuple[str, str]] = field(default_factory=list)  # slug and name, the first one first
    audiences: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for here: only what some course has."""

    kinds: list[tuple[str, str]]
    audiences: list[tuple[str, str]]
    teachers: list[tuple[str, str]]
    has_english: bool


def rows_of(index: Page) -> list[Row]:
    """Return the public courses of a list, newest first; 4 queries."""
    facts = courses_under(index).values_list("pk", "path", "kind", "in_english")
    rows = {pk: Row(pk, path, kind, english) for pk, path, kind, english in facts}
    lengths = _lengths(index)
    for row in rows.values():
        row.lesson_count, row.minutes = lengths.get(row.path, (0, 0))
    for pk, slug, name in _teachers(index):
        if pk in rows:
            rows[pk].teachers.append((slug, name))
    for pk, group in _audiences(index):
        if pk in rows:
            rows[pk].audiences.add(group)
    return list(rows.values())


def choices_of(rows: Iterable[Row]) -> Choices:
    """Return what some of the courses have. No query."""
    rows = list(rows)
    groups = {group for row in rows for group in row.audiences}
    kinds = {row.kind for row in rows}
    teachers: dict[str, str] = defaultdict(str)
    for row in rows:
        teachers |= dict(row.teachers)
    return Choices(
        kinds=[(value, str(label)) for value, label in Kind.choices if value in kinds],
        audiences=[(value, str(label)) for value, label in Trainee.Group.choices if value in groups],
        teachers=sorted(teachers.items(), key=lambda pair: pair[1]),
        has_english=any(row.in_english for row in rows),
    )


def chosen(rows: Iterable[Row], asked: Filters) -> list[Row]:
    """Return the courses that were asked for, in the order asked for. No query."""
    found = [row for row in rows if _is_wanted(row, asked)]
    if asked.sort == Sort.SHORTEST:
        # a course without lessons yet is not the shortest
        found.sort(key=lambda row: (not row.lesson_count, row.minutes))
    elif asked.sort == Sort.KIND:
        found.sort(key=lambda row: Kind.values.index(row.kind))
    return found


def page_of(rows: list[Row], number: Any) -> PaginatorPage:
    """Return one page of courses with length and teachers; 1 query, 2 more with pictures."""
    page = Paginator(rows, COURSES_A_PAGE).get_page(number)
    held = {row.pk: row for row in page.object_list}
    courses = CoursePage.objects.filter(pk__in=held).select_related("image").defer("body", "faq")
    found = sorted(
        courses.prefetch_related("image__renditions"), key=lambda course: list(held).index(course.pk)
    )
    for course in found:
        row = held[course.pk]
        course.lesson_count, course.minutes = row.lesson_count, row.minutes
        course.teacher_names = [name for _slug, name in row.teachers]
    page.object_list = found
    return page


def _is_wanted(row: Row, asked: Filters) -> bool:
    return (
        asked.kind in ("", row.kind)
        and (not asked.audience or asked.audience in row.audiences)
        and (not asked.teacher or asked.teacher in dict(row.teachers))
        and (not asked.language or row.in_english)
        and asked.takes(row.minutes)
    )


def _lengths(index: Page) -> dict[str, tuple[int, int]]:
    lessons = LessonPage.objects.live().filter(path__startswith=index.path, depth=index.depth + 2)
    by_course = lessons.annotate(course_path=Left("path", len(index.path) + Page.steplen)).order_by()
    counted = by_course.values_list("course_path").annotate(Count("pk"), Sum("minutes"))
    return {path: (count, minutes) for path, count, minutes in counted}


def _teachers(index: Page) -> list[tuple[int, str, str]]:
    named = CourseTeacher.objects.filter(course__path__startswith=index.path, teacher__live=True)
    return list(named.order_by("sort_order").values_list("course_id", "teacher__slug", "teacher__title"))


def _audiences(index: Page) -> list[tuple[int, str]]:
    named = CourseAudience.objects.filter(course__path__startswith=index.path)
    return list(named.values_list("course_id", "group"))
