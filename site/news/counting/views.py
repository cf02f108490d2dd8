"""Views of posts, added up: what one process has gathered goes to the days of the database."""

import logging
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from threading import Lock

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from news.models import NewsPage, PostViews

Key = tuple[date, int]  # day, post

MOST_POSTS = 5_000  # read between two writings

logger = logging.getLogger(__name__)


def count_views(sums: Mapping[Key, int]) -> None:
    """Add to the days of posts; what names no post that is public now is left out."""
    public = set(
        NewsPage.objects.live().filter(pk__in={post for _, post in sums}).values_list("pk", flat=True)
    )
    together: dict[tuple[date, int], list[int]] = defaultdict(list)
    for (day, post), number in sums.items():
        if post in public:
            together[day, number].append(post)
    with transaction.atomic():
        rows = [PostViews(day=day, post_id=post) for (day, _), posts in together.items() for post in posts]
        PostViews.objects.bulk_create(rows, ignore_conflicts=True)
        for (day, number), posts in sorted(together.items()):
            PostViews.objects.filter(day=day, post__in=posts).update(count=F("count") + number)


class Tally:
    """Views of this process that are not written yet."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._lock = Lock()

    def add(self, post: int, *, at: datetime) -> None:
        """Count one view, on the day it is in the county; numbers made up fill neither memory nor a query."""
        key = timezone.localdate(at), post
        with self._lock:
            if key in self._counts or len(self._counts) < MOST_POSTS:
                self._counts[key] += 1

    def write(self) -> None:
        """Write what has gathered; what cannot be written waits for the next time."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        if not taken:
            return
        try:
            count_views(taken)
        except DatabaseError:
            logger.warning("the views of posts could not be written", exc_info=True)
            with self._lock:
                self._counts.update(taken)
