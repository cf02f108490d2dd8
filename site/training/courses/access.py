"""Who may see a lesson in full: open ones everybody, the others who takes part, and who writes courses."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from training.courses.lesson import LessonPage
from training.learning.enrolments import Enrolment


@dataclass(frozen=True, slots=True)
class Access:
    """Whether a visitor sees a lesson in full, and the enrolment they learn it under, if any."""

    may_read: bool
    enrolment: Enrolment | None = None


def access_to(lesson: LessonPage, request: HttpRequest) -> Access:
    """Return what this visitor may see of a lesson; at most 4 queries, none without a session.

    Who has no session is nobody: the page they get is the same for all of them and may be kept.
    """
    is_open = lesson.free_preview or bool(getattr(request, "is_preview", False))
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return Access(is_open)
    holding = Enrolment.objects.holding().filter(trainee__user=request.user, course=lesson.course)
    enrolment = holding.select_related("trainee").first()
    return Access(is_open or enrolment is not None or _writes(lesson, request), enrolment)


def _writes(lesson: LessonPage, request: HttpRequest) -> bool:
    user = request.user
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    return bool(lesson.permissions_for_user(user).can_edit())
