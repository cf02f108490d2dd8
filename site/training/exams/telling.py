"""Who is told: the trainee of a result, those who mark of what waits. What fails stops nothing.

Whoever needs to know that an exam was passed is told here as well: the certificate may be due.
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from notices.send import ON_SITE, NotSent, send_notice
from training.exams.attempts import Attempt
from training.exams.markings import Appeal
from training.learning.enrolments import Enrolment

logger = logging.getLogger(__name__)


def tell_result(attempt_id: int, *, at: datetime) -> None:
    """Tell a trainee their result, once for each score; ask whether the certificate is due when passed."""
    attempt = Attempt.objects.select_related("trainee__user", "exam__course").get(pk=attempt_id)
    key = f"exam_result:{attempt.pk}:{attempt.score}"
    _tell(attempt, "exam_result", {"passed": attempt.passed, "percent": attempt.percent}, key=key, at=at)
    if attempt.passed:
        _settle_certificate(attempt, at=at)


def tell_answered(appeal: Appeal, *, at: datetime) -> None:
    """Tell a trainee that their appeal is answered."""
    _tell(appeal.attempt, "exam_appeal_answered", {}, key=f"exam_appeal_answered:{appeal.pk}", at=at)


def _settle_certificate(attempt: Attempt, *, at: datetime) -> None:
    from training.certificates.issuing import settle  # its rules ask our results

    for enrolment in Enrolment.objects.holding().filter(
        trainee=attempt.trainee_id, course=attempt.exam.course_id
    ):
        settle(enrolment, at=at)


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
