"""Exams of the courses and quizzes of lessons, opened as a teacher opens them."""

from typing import Any

from accounts.models import User
from demo.load.county import County
from demo.load.pages import publish
from demo.load.people import login
from training.exams.opening import open_exam
from training.models import CoursePage, DrawingRule, Exam, FixedQuestion, LessonPage, Option, Question


def add_exams(county: County) -> None:
    """Add the county's exams with their questions."""
    teacher = User.objects.get(email=login("teacher"))
    for words in county.content("exams").get("exam", []):
        course = CoursePage.objects.descendant_of(county.home).get(slug=words["course"])
        asked_in = Question.AskedIn.QUIZ if "lesson" in words else Question.AskedIn.EXAM
        asked = {
            each["text"]: _add_question(course, {"asked_in": asked_in, **each}) for each in words["question"]
        }
        exam = _add_exam(county, course, words)
        for each in words.get("rules", []):
            DrawingRule.objects.create(exam=exam, **each)
        for place, each in enumerate(words.get("fixed", [])):
            question = asked[each["question"]]
            FixedQuestion.objects.create(
                exam=exam, question=question, points=each["points"], sort_order=place
            )
        open_exam(exam=exam, by=teacher, at=county.calendar.at)


def _add_question(course: CoursePage, words: dict[str, Any]) -> Question:
    facts = {name: value for name, value in words.items() if name != "options"}
    question = Question.objects.create(course=course, **facts)
    Option.objects.bulk_create(
        Option(question=question, text=text.lstrip("*"), is_right=text.startswith("*"), sort_order=place)
        for place, text in enumerate(words.get("options", []))
    )
    return question


def _add_exam(county: County, course: CoursePage, words: dict[str, Any]) -> Exam:
    facts = {"title": words["title"], "note": words.get("note", "")}
    if "lesson" not in words:
        return Exam.objects.create(course=course, minutes=words["minutes"], **facts)
    lesson = LessonPage(
        title=words["title"], slug=words["lesson"], section=words["section"], minutes=5, kind="quiz"
    )
    publish(lesson, below=course, at=course.first_published_at or county.calendar.at)
    return Exam.objects.create(course=course, lesson=lesson, minutes=None, **facts)
