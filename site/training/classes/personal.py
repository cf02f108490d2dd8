"""Classes somebody came to: exported; what stays after the account is that somebody was there."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from training.models import Booking, CheckIn, ClassPhoto, FollowUp, FollowUpTry, TrainingClass


def export(user: User) -> dict[str, Any]:
    """Return the classes the person came to, what they answered later, and the rooms they booked."""
    check_ins = CheckIn.objects.filter(Q(trainee__user=user) | Q(sign_up__user=user))
    follow_ups = FollowUp.objects.filter(Q(trainee__user=user) | Q(sign_up__user=user))
    facts = (
        "meeting__training_class__activity__title",
        "meeting__starts_at",
        "at",
        "way",
        "standing",
        "doubts",
    )
    answers = ("training_class__activity__title", "asked_at", "outcome", "income", "words")
    bookings = Booking.objects.filter(booked_by=user).values("room__name", "starts_at", "ends_at", "purpose")
    return {
        "class_check_ins": list(check_ins.values(*facts)),
        "class_follow_ups": list(follow_ups.values(*answers)),
        "room_bookings": list(bookings),
    }


def keeps(user: User) -> list[str]:
    """Return what stays: that somebody came to a class."""
    if not CheckIn.objects.filter(Q(trainee__user=user) | Q(sign_up__user=user)).exists():
        return []
    return [_("That somebody came to a class stays counted, without your name.")]


def erase(*, user: User, at: datetime) -> None:
    """Forget what the person told and which phone it was; that somebody came stays."""
    # the sign-ups have let go of the account by now (brand.personal): the trainee still leads there
    CheckIn.objects.filter(trainee__user=user).update(device="", place="")
    FollowUp.objects.filter(trainee__user=user).update(words="", income="")
    TrainingClass.objects.filter(led_by=user).update(led_by=None)
    Booking.objects.filter(booked_by=user).update(booked_by=None)
    Booking.objects.filter(recorded_by=user).update(recorded_by=None)
    CheckIn.objects.filter(judged_by=user).update(judged_by=None)
    FollowUp.objects.filter(asked_by=user).update(asked_by=None)
    FollowUpTry.objects.filter(tried_by=user).update(tried_by=None)
    ClassPhoto.objects.filter(added_by=user).update(added_by=None)
