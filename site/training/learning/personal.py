"""The trainee: exported, and erased with the account."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from training.models import Enrolment, Trainee


def export(user: User) -> dict[str, Any]:
    """Return who the person is as a trainee, and their courses."""
    courses = Enrolment.objects.filter(trainee__user=user)
    facts = ("course__title", "state", "enrolled_at", "completed_at", "left_at")
    trainee = (
        Trainee.objects.filter(user=user).values("name", "group", "region__name", "place", "since").first()
    )
    return {"trainee": trainee, "courses": list(courses.values(*facts))}


def keeps(user: User) -> list[str]:
    """Return what stays: that a course was attended, without whose name it is."""
    if not Enrolment.objects.filter(trainee__user=user).exists():
        return []
    return [_("That somebody took part in a course stays counted, without your name.")]


def erase(*, user: User, at: datetime) -> None:
    """Give places back and take the name away; group and county stay for the figures."""
    open_ones = Enrolment.objects.filter(trainee__user=user).filter(Q(state="waiting") | Q(state="learning"))
    open_ones.update(state=Enrolment.State.LEFT, left_at=at)
    Trainee.objects.filter(user=user).update(name="", place="")
