"""What the page of a lesson carries for who learns there: the pass, and where they stopped."""

from typing import Any

from training.courses.lesson import LessonPage
from training.learning.enrolments import Enrolment
from training.watching.heartbeats import PATH
from training.watching.lesson_progress import LessonProgress
from training.watching.passes import is_counted, pass_for, signed


def shown_on_page(*, enrolment: Enrolment, lesson: LessonPage) -> dict[str, Any] | None:
    """Return address and pass for beats, where the trainee stopped (s), what is credited, whether it is done.

    None where time does not count. One query, beside those of the course and the film.
    """
    if not is_counted(lesson):
        return None
    row = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson).first()
    shown = pass_for(enrolment=enrolment, lesson=lesson, needs_watching=enrolment.course.needs_watching)
    return {
        "url": PATH,
        "token": signed(shown),
        "position": row.position / 1000 if row else 0,
        "credited": row.credited / 1000 if row else 0,
        "needed": shown.needed / 1000,
        "done": bool(row and row.completed_at),
        "reads": shown.must_reach_end,
    }
