"""Who is told: the trainee of a result, those who mark of what waits. What fails stops nothing.

What follows from a result is told here as well: a lesson may be done, a course completed.
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice
from training.exams.attempts import Attempt
from training.exams.markings import Appeal
from training.exams.papers import ENOUGH, Exam
from training.learning.completing import reconsider_soon
from training.learning.enrolments import Enrolment
from training.learning.progress import complete_lesson

logger = logging.getLogger(__name__)
MAY_MARK = "training.change_attempt"


def tell_result(attempt_id: int, *, at: datetime) -> None:
    """Tell a trainee their result, once for each score; ask whether the certificate is due when passed."""
    attempt = Attempt.objects.select_related("trainee__user", "exam__course").get(pk=attempt_id)
    key = f"exam_result:{attempt.pk}:{attempt.score}"
    _tell(attempt, "exam_result", {"passed": attempt.passed, "percent": attempt.percent}, key=key, at=at)
    if attempt.passed:
        tell_course(attempt)


def tell_course(attempt: Attempt) -> None:
    """Let the worker look whether the course is completed by now."""
    enrolments = Enrolment.objects.holding().filter(trainee=attempt.trainee_id)
    for enrolment in enrolments.filter(course=attempt.exam.course_id):
        reconsider_soon(enrolment.pk)


def tell_quiz(attempt_id: int, *, at: datetime) -> None:
    """Note that a lesson is done, where its quiz was done well enough."""
    attempt = Attempt.objects.select_related("exam__lesson").get(pk=attempt_id)
    lesson = attempt.exam.lesson
    if lesson is None or attempt.score is None or attempt.score * 100 < attempt.most * ENOUGH:
        return
    for enrolment in Enrolment.objects.holding().filter(
        trainee=attempt.trainee_id, course=attempt.exam.course_id
    ):
        complete_lesson(enrolment=enrolment, lesson=lesson, at=at)


def tell_answered(appeal: Appeal, *, at: datetime) -> None:
    """Tell a trainee that their appeal is answered."""
    _tell(appeal.attempt, "exam_appeal_answered", {}, key=f"exam_appeal_answered:{appeal.pk}", at=at)


def tell_markers(exam: Exam, *, at: datetime) -> None:
    """Tell everybody who may mark that papers of an exam wait, once a day."""
    url = f"{reverse('training-papers:index')}?exam={exam.pk}"
    day = timezone.localdate(at)
    with translation.override(settings.LANGUAGE_CODE):
        for person in ModelBackend().with_perm(MAY_MARK, include_superusers=False):
            send_notice(
                kind="exam_to_mark",
                to=ON_SITE,
                user=person,
                context={"exam": exam.title},
                at=at,
                key=f"exam_to_mark:{exam.pk}:{day}:{person.pk}",
                url=url,
            )


def _tell(attempt: Attempt, kind: str, facts: dict[str, Any], *, key: str, at: datetime) -> None:
    user: User = attempt.trainee.user
    if user.erased_at:
        return
    path = reverse("training:exams:attempt", args=[attempt.pk])
    context = {"exam": attempt.exam.title, "link": settings.PUBLIC_BASE_URL + path, **facts}
    away = user.phone or user.email or ""
    with translation.override(settings.LANGUAGE_CODE):
        for to in filter(None, (ON_SITE, away)):
            way = "site" if to == ON_SITE else "away"
            try:
                send_notice(kind=kind, to=to, user=user, context=context, at=at, key=f"{key}:{way}", url=path)
            except NotSent:
                logger.exception("a notice of %s stays unsent", kind)
