"""The frame of a page (header, counties, footer, bottom bar): the same for thousands of pages.

A part is rendered once for each language, host, county and place in the navigation, and kept in the process
until anything public changes (`changes.version`). A page that nobody opened before then renders only what is
its own: that is what a first scan of a package waits for.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from changes import version

KEEP_SECONDS = (
    30.0  # where nothing follows the outbox (a shell, WSGI) other processes' changes show this late
)
MOST_PARTS = 2_000  # host names come from visitors


class Frame:
    """Rendered parts, newest use last; all are dropped when the version of what the public sees changes."""

    def __init__(self) -> None:
        self._parts: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._version = -1

    def part(self, key: Hashable, render: Callable[[], str]) -> str:
        """Return the part kept under `key`, or what `render` returns."""
        if self._version != version.seen():
            self._parts.clear()
            self._version = version.seen()
        until, markup = self._parts.get(key, (0.0, ""))
        if until < time.monotonic():
            markup = render()
            self._parts[key] = (time.monotonic() + KEEP_SECONDS, markup)
            if len(self._parts) > MOST_PARTS:
                self._parts.popitem(last=False)
        return markup

    def forget(self) -> None:
        """Render every part anew."""
        self._parts.clear()


frame = Frame()
