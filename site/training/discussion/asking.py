"""Questions to the teacher: asked by who is in the course, answered once, put right as often as needed."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from training.courses.lesson import LessonPage
from training.discussion.refusals import NotSaid
from training.discussion.teacher_questions import TeacherQuestion
from training.discussion.telling import tell_teachers
from training.discussion.words import words_of
from training.learning import telling
from training.learning.enrolments import Enrolment

MOST_A_DAY = 10


def ask(*, enrolment: Enrolment, lesson: LessonPage | None, text: str, at: datetime) -> TeacherQuestion:
    """Ask the teacher of a course.

    Raises:
        NotSaid: the question is empty or too long, there were too many today, or the place was given up.
    """
    if enrolment.state not in Enrolment.HOLDING:
        raise NotSaid(_("Who is in the course can ask."))
    words = words_of(text, most=TeacherQuestion.LONGEST)
    lately = TeacherQuestion.objects.filter(enrolment=enrolment, asked_at__gt=at - timedelta(days=1))
    if lately.count() >= MOST_A_DAY:
        raise NotSaid(_("That is a lot of questions for one day. Ask again tomorrow."))
    asked = TeacherQuestion(enrolment=enrolment, lesson=lesson, text=words, asked_at=at)
    with transaction.atomic():
        asked.save()
        transaction.on_commit(partial(tell_teachers, asked, at=at))
    return asked


def answer(*, question: TeacherQuestion, text: str, is_shown: bool, by: User, at: datetime) -> None:
    """Answer a question; shown to everybody in the course if the teacher says so, without who asked.

    Raises:
        NotSaid: the answer is empty or too long.
    """
    is_first = question.answered_at is None
    question.answer = words_of(text, most=TeacherQuestion.LONGEST_ANSWER)
    question.is_shown = is_shown
    question.answered_by, question.answered_at = by, at
    question.save(update_fields=["answer", "is_shown", "answered_by", "answered_at"])
    if is_first:
        tell = partial(telling.tell, question.enrolment, telling.ANSWERED, at=at, occasion=str(question.pk))
        transaction.on_commit(tell)
