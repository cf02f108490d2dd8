"""Whose classes are whose business: who leads one sees that one, an officer those of the county.

A class has names and numbers in it. Other teachers of the county have no use for them.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from training.classes.bookings import Booking
from training.classes.follow_ups import FollowUp, FollowUpQuerySet
from training.classes.training_class import ClassQuerySet, TrainingClass
from training.counties import counties_of

OVERSEE = "training.oversee_trainingclass"
_Anybody = User | AnonymousUser


def classes_of(user: _Anybody) -> ClassQuerySet:
    """Return the classes somebody leads; who oversees has those of their counties, an administrator all."""
    found: ClassQuerySet = TrainingClass.objects.all()
    if user.is_superuser:
        return found
    mine = Q(led_by=user.pk) if user.pk else Q(pk__in=())
    if user.has_perm(OVERSEE):
        mine |= Q(activity__region__in=counties_of(user))
    return found.filter(mine)


def looks_after(user: _Anybody, training_class: int) -> bool:
    """Tell whether a class is somebody's business."""
    return classes_of(user).filter(pk=training_class).exists()


def follow_ups_of(user: _Anybody) -> FollowUpQuerySet:
    """Return the follow-ups of the classes somebody looks after."""
    found: FollowUpQuerySet = FollowUp.objects.filter(training_class__in=classes_of(user))
    return found


def bookings_of(user: _Anybody) -> QuerySet[Booking]:
    """Return who has what of the counties somebody works in, and what is booked for their own classes."""
    found = Booking.objects.all()
    if user.is_superuser:
        return found
    counties = counties_of(user)
    here = Q(room__region__in=counties) | Q(equipment__region__in=counties)
    return found.filter(here | Q(meeting__training_class__in=classes_of(user))).distinct()
