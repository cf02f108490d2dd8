"""Reads of the discussion of a course."""

from django.db.models import Prefetch, QuerySet

from training.courses.course import CoursePage
from training.discussion.contributions import Contribution
from training.discussion.teacher_questions import TeacherQuestion
from training.learning.trainees import Trainee


def read_by(trainee: Trainee | None, course: CoursePage) -> QuerySet[Contribution]:
    """Return what this trainee reads, newest first, with replies: what is shown, and all of their own.

    None stands for who teaches and takes no part. Two queries.
    """
    # None would be whoever has deleted their account
    own = Contribution.objects.filter(trainee=trainee) if trainee else Contribution.objects.none()
    visible = (Contribution.objects.shown() | own).select_related("trainee")
    replies = Prefetch("replies", visible.order_by("written_at", "pk"), to_attr="read_replies")
    return visible.filter(course=course, reply_to=None).prefetch_related(replies)


def shown_questions(course: CoursePage) -> QuerySet[TeacherQuestion]:
    """Return the answered questions that everybody in the course reads, without who asked. One query."""
    return TeacherQuestion.objects.filter(enrolment__course=course, is_shown=True).order_by("-answered_at")
