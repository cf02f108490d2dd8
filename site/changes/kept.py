"""Reads that are the same for everybody, kept in the process until anything public changes.

The counties, the services of a hall, its categories, the promotions that run: thousands of pages ask for the
same. What is kept is dropped with the version of what the public sees (`changes.version`), and after
`KEEP_READ_SECONDS` where nothing follows the outbox. Only plain values belong here, nothing about a visitor,
no stock.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings

from changes import version

MOST_READS = 20_000

Value = TypeVar("Value")


class Kept:
    """Values by key, newest use last, at most `most` of them."""

    def __init__(self, most: int = MOST_READS) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._version = -1

    def get(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """Return what is kept under `key`, or what `read` returns.

        A read that a change overtakes is returned but not kept: it may have seen what was before.
        """
        if self._version != (seen := version.seen()):
            self._values.clear()
            self._version = seen
        until, value = self._values.get(key, (0.0, None))
        if until > time.monotonic():
            return value
        value = read()
        if settings.KEEP_READ_SECONDS and version.seen() == seen:
            self._values[key] = (time.monotonic() + settings.KEEP_READ_SECONDS, value)
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def forget(self) -> None:
        """Read everything anew."""
        self._values.clear()


kept = Kept()
