"""Training: teachers, courses, lessons, course books."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from accounts.models import User
from brand.typeset import typeset
from demo.load.body import story
from demo.load.county import County
from demo.load.pages import publish
from demo.load.people import login
from training.materials.keeping import add_edition, give_out, write_printed
from training.models import (
    CourseAudience,
    CoursePage,
    CourseTeacher,
    LessonPage,
    Material,
    Prerequisite,
    Qualification,
    TeacherPage,
    TeachersPage,
    TrainingIndexPage,
)

OPENED_AT = "09:30"
TEACHING = "郭建平"  # the name of the demo's teacher
_BOOK = Path(__file__).with_name("book.typ")
_SAME = (  # facts that the content calls what the model calls them
    "kind",
    "audience",
    "art",
    "title_en",
    "intro_en",
    "certificate",
    "needs_exam",
    "needs_class",
    "capacity",
    "hours",
)


def add_courses(county: County) -> None:
    """Add the county's teachers and its courses with their lessons, oldest first."""
    index = TrainingIndexPage(title="学手艺", slug="training", intro="本地人讲的，一节十来分钟。")
    publish(index, below=county.home, at=county.calendar.at)
    teachers = _add_teachers(county, index)
    courses: dict[str, CoursePage] = {}
    for words in sorted(county.content("courses")["course"], key=lambda words: -words["days"]):
        at = county.calendar.moment(words["days"], OPENED_AT)
        courses[words["slug"]] = _add_course(county, words, teachers, courses, below=index, at=at)


def _add_teachers(county: County, index: Page) -> dict[str, TeacherPage]:
    below = TeachersPage(
        title="谁来教", slug=TeachersPage.PLACE, intro="本地人居多。有证的写明证，没记的写没记。"
    )
    publish(below, below=index, at=county.calendar.at)
    teachers = {}
    for words in county.content("teachers")["teacher"]:
        page = TeacherPage(
            title=words["name"],
            slug=words["slug"],
            profession=words["profession"],
            about=words["about"],
            since_year=words["since"],
        )
        if words["name"] == TEACHING:
            page.account = User.objects.filter(email=login("teacher")).first()
        page.qualifications = [Qualification(**paper) for paper in words.get("paper", [])]
        publish(page, below=below, at=county.calendar.at)
        teachers[page.title] = page
    return teachers


def _add_course(
    county: County,
    words: dict[str, Any],
    teachers: dict[str, TeacherPage],
    courses: dict[str, CoursePage],
    *,
    below: Page,
    at: datetime,
) -> CoursePage:
    course = CoursePage(
        title=words["title"],
        slug=words["slug"],
        intro=words["summary"],
        search_description=words["summary"],
        outcomes="\n".join(words.get("outcomes", [])),
        in_english=words.get("english", False),
        teacher=words["teacher"],
        teacher_about=words.get("teacher_about", ""),
        **{name: words[name] for name in _SAME if name in words},
    )
    course.faq = [("question", pair) for pair in words.get("faq", [])]
    if "ends_in" in words:
        course.ends_on = county.calendar.day(-words["ends_in"])
    course.audiences = [CourseAudience(group=group) for group in words.get("groups", [])]
    if words["teacher"] in teachers:
        course.taught_by = [CourseTeacher(teacher=teachers[words["teacher"]])]
    course.prerequisites = [Prerequisite(required=courses[slug]) for slug in words.get("before", [])]
    publish(course, below=below, at=at)
    for book in words.get("materials", []):
        _add_book(county, course, book, at=at)
    _add_lessons(course, words, at=at)
    return course


def _add_lessons(course: CoursePage, words: dict[str, Any], *, at: datetime) -> None:
    first = True
    for section in words["section"]:
        for lesson in section["lesson"]:
            page = LessonPage(
                title=lesson["title"],
                slug=lesson["slug"],
                section=section["title"],
                minutes=lesson["minutes"],
                body=story(lesson["body"]),
                free_preview=first,
            )
            if "slides" in lesson:
                page.kind = "slides"
                page.slides = [("slide", {**slide, "image": None}) for slide in lesson["slides"]]
            publish(page, below=course, at=at)
            first = False


def _add_book(county: County, course: CoursePage, words: dict[str, Any], *, at: datetime) -> None:
    material = Material.objects.create(
        course=course, title=words["title"], access=words["access"], authors=words["authors"]
    )
    content = ContentFile(typeset(_BOOK, {"title": words["title"], "text": words["text"]}))
    edition = add_edition(
        material=material, label=words["edition"], content=content, name=f"{words['title']}.pdf", at=at
    )
    if "printed" in words:
        write_printed(edition=edition, copies=words["printed"], on=at.date())
    for to, copies in words.get("given", []):
        give_out(edition=edition, copies=copies, given_to=to, on=county.calendar.day(3))
