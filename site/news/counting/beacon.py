"""`POST /news/seen/`: a page tells that somebody reads it. Native: no page thread and no query for it.

Pages come from caches and count nobody. A script in them sends the number of the post after three seconds in
view, once in a session of a tab (it remembers that itself, in the tab). No cookie is set or read; the address
is forgotten at once (`ceiling`). Every few seconds the sums are written in a thread of their own.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from lib.crawlers import is_crawler
from lib.small_posts import answer, from_our_page, read_body
from news.counting.ceiling import Ceiling
from news.counting.views import Tally

PATH = "/news/seen/"
FLUSH_SECONDS = 5.0
LONGEST = 16  # bytes: the number of a post


class Beacon:
    """ASGI application that takes in what pages tell."""

    def __init__(self, tally: Tally | None = None) -> None:
        self.tally = tally or Tally()
        self._ceiling = Ceiling()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="news-seen")
        self._timer: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request; who is no reader of ours gets the same 204 and counts nothing."""
        if scope["method"] != "POST":
            await answer(send, 405, (b"allow", b"POST"))
            return
        body = await read_body(receive, most=LONGEST)
        headers = dict(scope["headers"])
        if body is None or not body.isdigit() or not from_our_page(headers):
            await answer(send, 400)
            return
        if not is_crawler(headers.get(b"user-agent", b"").decode("latin-1")):
            self._count(int(body), address=(scope.get("client") or ("", 0))[0])
        await answer(send, 204)

    async def stop(self) -> None:
        """Write what has gathered; the process ends."""
        if self._timer is not None:
            self._timer.cancel()
        await asyncio.get_running_loop().run_in_executor(self._writer, self._write)

    def _count(self, post: int, *, address: str) -> None:
        now = timezone.now()
        if not self._ceiling.allows(address=address, post=post, at=now):
            return
        self.tally.add(post, at=now)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(FLUSH_SECONDS, self._flush)

    def _flush(self) -> None:
        self._timer = None
        self._writer.submit(self._write)

    def _write(self) -> None:
        close_old_connections()
        self.tally.write()


application = Beacon()
