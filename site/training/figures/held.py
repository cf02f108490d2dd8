"""The classes that count: every figure of classes starts here, so that none counts what another leaves out.

A class is held unless it was called off, also where people had checked in to its first day before that:
plans and contracts pay for classes that took place. It counts on the day it begins.
"""

from django.db.models import QuerySet

from training.figures.scope import Scope
from training.models import TrainingClass


def held_classes(scope: Scope) -> QuerySet[TrainingClass]:
    """Return the classes held that began in these days."""
    begin, end = scope.moments
    held = TrainingClass.objects.filter(
        activity__starts_at__gte=begin, activity__starts_at__lt=end, activity__called_off_at=None
    )
    held = held.filter(activity__region=scope.region) if scope.region else held
    return held.filter(kind=scope.kind) if scope.kind else held
