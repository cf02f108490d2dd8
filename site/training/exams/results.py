"""What others ask about exams: passed or not, the best score, quizzes done. Only results that were told."""

from django.db.models import Exists, F, OuterRef

from training.courses.course import CoursePage
from training.courses.lesson import LessonPage
from training.exams.attempts import Attempt
from training.exams.papers import ENOUGH, Exam
from training.learning.trainees import Trainee


def passed(*, trainee: Trainee, course: CoursePage) -> bool:
    """Tell whether the trainee passed the exam of a course; with several open ones, all of them. 1 query.

    A course whose exam is still being written has none that could be passed. One that was closed counts as
    long as no other took its place: nobody can sit it any more.
    """
    theirs = Attempt.objects.told().filter(trainee=trainee, passed=True, exam=OuterRef("pk"))
    exams = Exam.objects.filter(course=course, lesson=None).exclude(state=Exam.State.DRAFT)
    outcomes = list(exams.annotate(is_passed=Exists(theirs)).values_list("state", "is_passed"))
    asked = [is_passed for state, is_passed in outcomes if state == Exam.State.OPEN]
    if not asked:
        return any(is_passed for _state, is_passed in outcomes)
    return all(asked)


def best_score(*, trainee: Trainee, course: CoursePage) -> int | None:
    """Return the best result in exams of a course, in percent rounded down; None without one. 1 query."""
    told = Attempt.objects.told().filter(trainee=trainee, exam__course=course, exam__lesson=None)
    facts = told.filter(score__isnull=False).values_list("score", "most")
    best = max((score * 100 / most for score, most in facts if score is not None), default=None)
    return None if best is None else int(best)


def quiz_done(*, trainee: Trainee, lesson: LessonPage) -> bool:
    """Tell whether the quiz of a lesson was once done well enough: at least 60 percent. 1 query."""
    return lesson.pk in done_quizzes(trainee=trainee, lessons=[lesson.pk])


def done_quizzes(*, trainee: Trainee, lessons: list[int]) -> set[int]:
    """Return which of those lessons have a quiz that was once done well enough. 1 query."""
    well = Attempt.objects.filter(state=Attempt.State.DONE, score__gte=F("most") * ENOUGH / 100)
    theirs = well.filter(trainee=trainee, exam__lesson__in=lessons)
    return set(theirs.values_list("exam__lesson", flat=True))
