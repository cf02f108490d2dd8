"""Reads of the pages of classes."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from accounts.models import User
from brand.models import Region, SignUp
from training.classes.meetings import Meeting
from training.classes.training_class import ClassQuerySet, TrainingClass
from training.models import CoursePage

MOST_MINE = 50
MOST_OF_A_COURSE = 3


def coming(region: Region | None, *, kind: str, at: datetime) -> QuerySet[TrainingClass]:
    """Return what is coming or going on in a county, soonest first. 2 queries."""
    return _of(region, kind).coming(at=at)


def past(region: Region | None, *, kind: str, at: datetime) -> QuerySet[TrainingClass]:
    """Return what is over, newest first. 2 queries."""
    return _of(region, kind).past(at=at)


def of_course(course: CoursePage, *, at: datetime) -> list[TrainingClass]:
    """Return the classes of a course that are still to come, soonest first. 1 query."""
    found = TrainingClass.objects.public().filter(course=course, activity__called_off_at=None)
    return list(found.coming(at=at).select_related("activity")[:MOST_OF_A_COURSE])


def shown(slug: str) -> TrainingClass:
    """Return a class the site shows, with its meetings and rooms. 2 queries.

    Raises:
        Http404: there is none, or not yet.
    """
    found = _whole(TrainingClass.objects.public()).filter(activity__slug=slug).first()
    if found is None:
        raise Http404
    return found


def meeting_of(pk: int) -> Meeting:
    """Return a meeting of a public class. 1 query.

    Raises:
        Http404: there is none.
    """
    related = ("training_class__activity__region__site", "booking__room")
    found = Meeting.objects.filter(training_class__activity__is_public=True).select_related(*related)
    try:
        return found.get(pk=pk)
    except Meeting.DoesNotExist:
        raise Http404 from None


def sign_ups_of(user: User) -> QuerySet[SignUp]:
    """Return the places of an account in classes, newest first. 4 queries."""
    mine = SignUp.objects.filter(user=user, activity__training_class__isnull=False)
    return (
        mine.select_related(
            "activity__training_class__course", "activity__training_class__lesson", "activity__region"
        )
        .prefetch_related("activity__training_class__meetings", "check_ins")
        .order_by("-activity__starts_at", "-pk")[:MOST_MINE]
    )


def _of(region: Region | None, kind: str) -> ClassQuerySet:
    found = _whole(TrainingClass.objects.public().filter(activity__region=region))
    return found.filter(kind=kind) if kind else found


def _whole(found: ClassQuerySet) -> ClassQuerySet:
    meetings = Prefetch("meetings", Meeting.objects.select_related("booking__room"))
    related = ("activity__region__site", "activity__image", "course", "lesson")
    whole: ClassQuerySet = found.select_related(*related).prefetch_related(meetings)
    return whole
