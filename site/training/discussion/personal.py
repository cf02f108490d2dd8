"""Notes, questions and contributions: exported; erased with the account, answers to them keep their place."""

from datetime import datetime
from typing import Any

from accounts.models import User
from training.models import Contribution, Note, Report, TeacherQuestion


def export(user: User) -> dict[str, Any]:
    """Return notes, questions and contributions of a person."""
    notes = Note.objects.filter(enrolment__trainee__user=user)
    questions = TeacherQuestion.objects.filter(enrolment__trainee__user=user)
    said = Contribution.objects.filter(trainee__user=user)
    reports = Report.objects.filter(trainee__user=user)
    return {
        "course_notes": list(notes.values("lesson__title", "second", "text", "written_at")),
        "questions_to_teachers": list(questions.values("text", "asked_at", "answer", "answered_at")),
        "discussion": list(said.values("course__title", "text", "written_at", "state", "why")),
        "reported_contributions": list(reports.values("contribution", "why", "reported_at")),
    }


def keeps(user: User) -> list[str]:
    """Return what stays: nothing that says who."""
    return []


def erase(*, user: User, at: datetime) -> None:
    """Delete notes, questions and reports; empty what others replied to."""
    Note.objects.filter(enrolment__trainee__user=user).delete()
    TeacherQuestion.objects.filter(enrolment__trainee__user=user).delete()
    Report.objects.filter(trainee__user=user).delete()
    said = Contribution.objects.filter(trainee__user=user)
    said.filter(replies=None).delete()
    said.update(text="", why="", trainee=None)
