"""The list of courses as a visitor asked for it: which courses, and what can be asked for.

A county has tens of courses: they are read whole, without their text, and judged here, so that what can be
chosen, what is counted and what is shown come from the same rows. 2 queries, 1 more with pictures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import CharField, Count, F, Sum, Value
from django.db.models.functions import Cast, Left
from wagtail.models import Page

from training.courses.course import CoursePage
from training.courses.filters import Filters, Sort
from training.courses.kinds import Kind
from training.courses.lesson import LessonPage
from training.courses.parts import CourseAudience, CourseTeacher
from training.courses.queries import courses_under
from training.learning.trainees import Trainee

COURSES_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for here: only what some course has."""

    audiences: list[tuple[str, str]]
    teachers: list[tuple[str, str]]
    has_english: bool


def courses_with_facts(index: Page) -> list[CoursePage]:
    """Return the public courses of a list, newest first.

    Each with `lesson_count`, `minutes`, `teachers` (address by name) and `groups`; 2 queries, 1 more with
    pictures.
    """
    courses = {course.path: course for course in courses_under(index).defer("body", "faq")}
    for course in courses.values():
        course.lesson_count, course.minutes, course.teachers, course.groups = 0, 0, {}, set()
    for path, what, first, second, _place in sorted(_facts(index), key=lambda fact: fact[4] or 0):
        if path in courses:
            _note(courses[path], what, first, second)
    return list(courses.values())


def choices_of(courses: Iterable[CoursePage]) -> Choices:
    """Return what some of the courses have. No query."""
    courses = list(courses)
    groups = {group for course in courses for group in course.groups}
    teachers = {slug: name for course in courses for slug, name in course.teachers.items()}
    return Choices(
        audiences=[(value, str(label)) for value, label in Trainee.Group.choices if value in groups],
        teachers=sorted(teachers.items(), key=lambda pair: pair[1]),
        has_english=any(course.in_english for course in courses),
    )


def chosen(courses: Iterable[CoursePage], asked: Filters) -> list[CoursePage]:
    """Return the courses that were asked for, in the order asked for. No query."""
    found = [course for course in courses if _is_wanted(course, asked)]
    if asked.sort == Sort.SHORTEST:
        # a course without lessons yet is not the shortest
        found.sort(key=lambda course: (not course.lesson_count, course.minutes))
    elif asked.sort == Sort.KIND:
        found.sort(key=lambda course: Kind.values.index(course.kind))
    return found


def page_of(courses: list[CoursePage], number: Any) -> PaginatorPage:
    """Return one page of courses. No query."""
    return Paginator(courses, COURSES_A_PAGE).get_page(number)


def _is_wanted(course: CoursePage, asked: Filters) -> bool:
    return (
        asked.kind in ("", course.kind)
        and (not asked.audience or asked.audience in course.groups)
        and (not asked.teacher or asked.teacher in course.teachers)
        and (not asked.language or course.in_english)
        and asked.takes(course.minutes)
    )


def _note(course: CoursePage, what: str, first: str, second: str) -> None:
    if what == "length":
        course.lesson_count, course.minutes = int(first), int(second)
    elif what == "teacher":
        course.teachers[first] = second
    else:
        course.groups.add(first)


def _facts(index: Page) -> Iterable[tuple[str, str, str, str, int]]:
    """Return what belongs to the courses, from three tables in one query: path of the course, what it is
    about, two words on it, and its place among its like."""
    text = CharField()
    below = {"course__path__startswith": index.path}
    teachers = CourseTeacher.objects.filter(**below, teacher__live=True).values_list(
        "course__path", Value("teacher"), "teacher__slug", "teacher__title", F("sort_order")
    )
    groups = CourseAudience.objects.filter(**below).values_list(
        "course__path", Value("group"), "group", Value(""), F("sort_order")
    )
    lessons = LessonPage.objects.live().filter(path__startswith=index.path, depth=index.depth + 2)
    by_course = lessons.annotate(of=Left("path", len(index.path) + Page.steplen)).order_by().values("of")
    lengths = by_course.annotate(lessons=Cast(Count("pk"), text), all=Cast(Sum("minutes"), text)).values_list(
        "of", Value("length"), "lessons", "all", Value(0)
    )
    return teachers.order_by().union(groups.order_by(), lengths, all=True)
