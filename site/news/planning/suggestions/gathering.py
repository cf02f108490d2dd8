"""The suggestions of a county: what every area tells, less what has a plan already or was set aside."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from brand.models import Region
from cms.suggestions import Suggestion
from news.models import Plan, SetAside

LOOKS_BACK, LOOKS_AHEAD = timedelta(days=14), timedelta(days=14)
MOST = 12


def suggestions(*, region: Region, at: datetime, most: int | None = MOST) -> list[Suggestion]:
    """Return what to write about, what comes soonest first, then the newest. Two queries and one an area."""
    done = _done(region)
    today = timezone.localdate(at)
    found = (one for one in _all(region, at) if one.origin not in done)
    open_ones = [one for one in found if one.on >= today or not one.beforehand]
    ahead = sorted((one for one in open_ones if one.on >= today), key=lambda one: one.on)
    behind = sorted((one for one in open_ones if one.on < today), key=lambda one: one.on, reverse=True)
    return [*ahead, *behind][:most]


def suggestion(*, region: Region, origin: str, at: datetime) -> Suggestion | None:
    """Return the one of that name as long as it is made."""
    return next((one for one in _all(region, at) if one.origin == origin), None)


def set_aside(*, region: Region, origin: str, at: datetime) -> None:
    """Do not suggest this to the county again."""
    SetAside.objects.get_or_create(region=region, origin=origin[:80], defaults={"at": at})


def _all(region: Region, at: datetime) -> Iterator[Suggestion]:
    today = timezone.localdate(at)
    for path in settings.NEWS_SUGGESTIONS:
        yield from import_string(path)(region=region, since=today - LOOKS_BACK, until=today + LOOKS_AHEAD)


def _done(region: Region) -> set[str]:
    planned = Plan.objects.filter(region=region).exclude(origin="").values_list("origin", flat=True)
    aside = SetAside.objects.filter(region=region).values_list("origin", flat=True)
    return {*planned, *aside}
