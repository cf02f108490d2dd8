"""Who may watch a private video."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from training.courses.lesson import LessonPage
from training.learning.enrolments import Enrolment
from training.videos.video import Video


def may_watch(*, user: User | AnonymousUser, video: Video) -> bool:
    """Tell whether `user` may watch `video`: at most three queries.

    Everybody may where it is not private or a lesson shows it as a preview; else who holds a place of a
    course that shows it, and who looks after videos.
    """
    lessons = LessonPage.objects.live().filter(film=video)
    if not video.is_private or lessons.filter(free_preview=True).exists():
        return True
    if not isinstance(user, User):
        return False
    return user.has_perm("training.view_video") or _takes_part(user, lessons.values_list("path", flat=True))


def _takes_part(user: User, paths: object) -> bool:
    courses = [path[: -LessonPage.steplen] for path in paths]  # type: ignore[attr-defined]
    return Enrolment.objects.holding().filter(trainee__user=user, course__path__in=courses).exists()
