"""Reads of the pages of activities."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from brand.activities.models import ActivityQuerySet
from brand.models import Activity, Region, SignUp


def coming(region: Region | None, *, kind: str, at: datetime) -> QuerySet[Activity]:
    """Return what is coming or going on in a county, of one kind if given, soonest first."""
    return _of(region, kind).coming(at=at)


def past(region: Region | None, *, kind: str, at: datetime) -> QuerySet[Activity]:
    """Return what is over, newest first. What was called off never happened, so it is left out."""
    return _of(region, kind).past(at=at).filter(called_off_at=None)


def shown(slug: str) -> Activity:
    """Return an activity the site shows, with its county. One query.

    Raises:
        Http404: there is none, or not yet.
    """
    found = Activity.objects.public().filter(slug=slug).select_related("region__site", "image").first()
    if found is None:
        raise Http404
    return found


def sign_up_of(token: str) -> SignUp:
    """Return the sign-up whose address was opened. One query.

    Raises:
        Http404: nobody has that token.
    """
    related = ("activity__region__site", "user", "member")
    found = SignUp.objects.filter(token=token).select_related(*related).first()
    if found is None:
        raise Http404
    return found


def turn(sign_up: SignUp) -> int:
    """Return which turn somebody who waits has, 1 for the next one. One query."""
    ahead = sign_up.activity.sign_ups.queue().filter(signed_up_at__lt=sign_up.signed_up_at)
    same = sign_up.activity.sign_ups.queue().filter(signed_up_at=sign_up.signed_up_at, pk__lt=sign_up.pk)
    return (ahead | same).count() + 1


def _of(region: Region | None, kind: str) -> ActivityQuerySet:
    activities: ActivityQuerySet = (
        Activity.objects.public().filter(region=region).select_related("region", "image")
    )
    return activities.filter(kind=kind) if kind else activities
