"""The trainee: exported, and erased with the account."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from training.learning.joining import leave
from training.models import Enrolment, LessonProgress, Trainee


def export(user: User) -> dict[str, Any]:
    """Return who the person is as a trainee, and their courses."""
    courses = Enrolment.objects.filter(trainee__user=user)
    facts = ("course__title", "state", "enrolled_at", "completed_at", "left_at")
    trainee = (
        Trainee.objects.filter(user=user).values("name", "group", "region__name", "place", "since").first()
    )
    progress = LessonProgress.objects.filter(enrolment__trainee__user=user)
    lessons = ("lesson__title", "credited", "position", "heard_at", "reached_end_at", "completed_at")
    return {
        "trainee": trainee,
        "courses": list(courses.values(*facts)),
        "lessons": list(progress.values(*lessons)),
    }


def keeps(user: User) -> list[str]:
    """Return what stays: that a course was attended, without whose name it is."""
    if not Enrolment.objects.filter(trainee__user=user).exists():
        return []
    return [_("That somebody took part in a course stays counted, without your name.")]


def erase(*, user: User, at: datetime) -> None:
    """Give places back and take the name away; group and county stay for the figures."""
    mine = Enrolment.objects.filter(trainee__user=user).filter(Q(state="waiting") | Q(state="learning"))
    for enrolment in mine.select_related("trainee__user").order_by("course"):
        leave(enrolment=enrolment, at=at)
    Trainee.objects.filter(user=user).update(name="", place="")
