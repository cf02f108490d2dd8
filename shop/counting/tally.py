"""Counting without following anybody: a process adds up in memory and writes sums every few seconds.

No cookie, no address, no page and no time of day is kept: only how often, on which day, in which county.
"""

import logging
import time
from collections import Counter
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from shop.counting.models import HallCount

FLUSH_SECONDS: Final = 10.0
MOST_WAITING: Final = 500
Key = tuple[int, str, str]  # county, day, kind

logger = logging.getLogger(__name__)


class Tally:
    """Sums of this process that are not written yet."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._since = time.monotonic()
        self._lock = Lock()

    def add(self, region: int, kind: str) -> None:
        """Count once; write what has gathered where it is time."""
        with self._lock:
            self._counts[region, timezone.localdate().isoformat(), kind] += 1
            late = time.monotonic() - self._since > FLUSH_SECONDS
            taken = self._take() if late or self._counts.total() >= MOST_WAITING else None
        if taken:
            self._write(taken)

    def flush(self) -> None:
        """Write what has gathered."""
        with self._lock:
            taken = self._take()
        self._write(taken)

    def forget(self) -> None:
        """Drop what has gathered: its counties are not in this database any more."""
        with self._lock:
            self._take()

    def _take(self) -> Counter[Key]:
        taken, self._counts, self._since = self._counts, Counter(), time.monotonic()
        return taken

    def _write(self, taken: Counter[Key]) -> None:
        """Add the sums to the days; what cannot be written is counted again later."""
        try:
            with transaction.atomic():
                for (region, day, kind), number in sorted(taken.items()):
                    facts: dict[str, Any] = {"region_id": region, "day": day, "kind": kind}
                    HallCount.objects.get_or_create(**facts)
                    HallCount.objects.filter(**facts).update(count=F("count") + number)
        except DatabaseError:
            logger.warning("the numbers of the hall could not be written", exc_info=True)
            with self._lock:
                self._counts.update(taken)


tally = Tally()


def count(request: HttpRequest, kind: str) -> None:
    """Count something that happened in the hall of the county the request is for."""
    region = getattr(request, "region", None)
    if region:  # lazy: it may turn out to be none
        tally.add(region.pk, kind)


def count_page(request: HttpRequest) -> None:
    """Count the page that asked for the visitor's fragment, if it is one of the hall.

    `?new` says that the visitor came from elsewhere: that is a visit. Crawlers run no script and do not ask.
    """
    page = urlsplit(request.META.get("HTTP_REFERER", ""))
    path = page.path.removeprefix("/en")
    if page.netloc != request.get_host() or not path.startswith("/shop/"):
        return
    count(request, HallCount.Kind.VIEW)
    if path.startswith("/shop/checkout/"):
        count(request, HallCount.Kind.CHECKOUT)
    if "new" in request.GET:
        count(request, HallCount.Kind.VISIT)
