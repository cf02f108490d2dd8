"""Calling a class off: people are told as at any activity, and its rooms are free for others."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from brand.activities.changing import call_off
from training.classes.bookings import Booking
from training.classes.reserving import give_back
from training.classes.training_class import TrainingClass


def call_off_class(*, training_class: TrainingClass, why: str, by: User, at: datetime) -> None:
    """Call a class off and give back what is booked for meetings that are not over.

    Raises:
        AlreadyCalledOff: it was before.
        SignUpRefused: it is over, or nobody says why.
    """
    with transaction.atomic():
        call_off(activity=training_class.activity, why=why, by=by, at=at)
        booked = Booking.objects.standing().filter(meeting__training_class=training_class)
        for booking in booked.filter(ends_at__gt=at, recorded_at=None):
            give_back(booking=booking, by=by, at=at)
