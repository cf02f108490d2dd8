"""How often posts were opened, for whoever asks: reports, lists, suggestions."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Sum

from news.models import PostViews


def views_of(posts: Iterable[int], *, first: date, last: date) -> dict[int, int]:
    """Return how often each of these posts (keys or a query of them) was opened in the days. One query.

    A post nobody opened is not in it.
    """
    return _sums("post", posts, first, last)


def views_by_day(posts: Iterable[int], *, first: date, last: date) -> dict[date, int]:
    """Return how often these posts were opened on each of the days. One query."""
    return _sums("day", posts, first, last)


def _sums(name: str, posts: Iterable[int], first: date, last: date) -> dict:
    days = PostViews.objects.filter(post__in=posts, day__range=(first, last)).order_by()
    return dict(days.values_list(name).annotate(total=Sum("count")))
