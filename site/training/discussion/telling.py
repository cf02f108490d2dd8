"""Telling who teaches a course that somebody asks: on the site, and by e-mail. What fails stops nothing."""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice
from training.courses.course import CoursePage
from training.discussion.teacher_questions import TeacherQuestion

logger = logging.getLogger(__name__)

ASKED = "training_asked"


def tell_teachers(question: TeacherQuestion, *, at: datetime) -> None:
    """Tell those who answer for a course of a question: on the site of each, by e-mail of the day's first."""
    course = question.enrolment.course
    path = reverse("training-questions-asked:desk", args=[question.pk])
    context = {"course": course.title, "link": settings.PUBLIC_BASE_URL + path}
    day = timezone.localdate(at)
    with translation.override(settings.LANGUAGE_CODE):
        for person in who_answers(course):
            ways = [(ON_SITE, f"{question.pk}:site"), (person.email, f"{course.pk}:{day}:away")]
            for to, occasion in ways:
                if to:
                    _tell(person, to, f"{ASKED}:{occasion}:{person.pk}", context, path, at=at)


def who_answers(course: CoursePage) -> QuerySet[User]:
    """Return the accounts of the teachers of a course; where none has one, the training officers."""
    people = User.objects.filter(is_active=True, erased_at=None)
    teachers = people.filter(teacher_pages__teaches__course=course).distinct()
    return teachers if teachers.exists() else people.filter(groups__role__slug="training_officer").distinct()


def _tell(person: User, to: str, key: str, context: dict[str, str], path: str, *, at: datetime) -> None:
    try:
        send_notice(kind=ASKED, to=to, user=person, context=context, at=at, key=key, url=path)
    except NotSent:
        logger.exception("a notice of %s stays unsent", ASKED)
