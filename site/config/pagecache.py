"""Anonymous pages from memory, in front of Django.

A page is kept under its host, path and known query for as long as nothing public changed
(`changes.version`) and at most `KEEP_SECONDS`, because pages show the latest readings. Only what is the
same for everybody is kept: no session, no cookie set, nothing marked private. Misses of one page wait for
the first of them, so a burst of visitors renders once.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from changes import version

KEEP_SECONDS = 30.0
MOST_PAGES = 4_000
LARGEST_PAGE = 400_000  # bytes
PERSONAL_COOKIES = (b"sessionid=", b"messages=")
# Views read these; what chat apps and campaigns append is dropped; with anything else a page is not kept.
KNOWN_QUERY = {
    "page",
    "category",
    "kind",
    "county",
    "state",
    "year",
    "sort",
    "period",
    "stage",
    "crop",
    "town",
    "certification",
    "licensed",
    "system",
    "format",
    "access",
    "audience",
    "teacher",
    "length",
    "language",
}
IGNORED_QUERY = {"from", "isappinstalled", "scene", "spm"}
NEVER_KEPT = (
    "/cms/",
    "/accounts/",
    "/members/",
    "/training/me/",
    "/fragments/",
    "/media/",
    "/static/",
    "/t/",
    "/01/",
    "/metrics",
    # programs mean something by each parameter, also by `from`
    "/api/",
    "/epcis/",
)

# headers of a page that its 304 repeats
_OF_UNCHANGED = {b"etag", b"cache-control", b"last-modified", b"vary", b"content-language"}

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Key = tuple[bytes, str, str, bool, int]


@dataclass(slots=True)
class Page:
    """One response, ready to send, and until when (monotonic seconds) it is good."""

    start: Message
    body: Message
    until: float
    etag: bytes = b""

    def unchanged(self) -> Message:
        """Return how to answer who has this very page (RFC 9110, 15.4.5)."""
        kept = [pair for pair in self.start["headers"] if pair[0].lower() in _OF_UNCHANGED]
        return {"type": "http.response.start", "status": 304, "headers": kept}


@dataclass(slots=True)
class PageCache:
    """ASGI application that answers from memory or asks `app`."""

    app: Application
    pages: OrderedDict[Key, Page] = field(default_factory=OrderedDict)
    rendering: dict[Key, asyncio.Event] = field(default_factory=dict)
    hits: int = 0
    misses: int = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer `scope`; websockets, other methods and personal pages go straight to `app`."""
        key = cache_key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        page = self._kept(key)
        if page is None and (first := self.rendering.get(key)):
            await first.wait()
            page = self._kept(key)
        if page is None:
            await self._render(key, scope, receive, send)
            return
        self.hits += 1
        if _has_it(scope, page):
            await send(page.unchanged())
            await send({"type": "http.response.body", "body": b""})
            return
        await send(page.start)
        await send(page.body)

    def _kept(self, key: Key) -> Page | None:
        page = self.pages.get(key)
        return page if page is not None and page.until > time.monotonic() else None

    async def _render(self, key: Key, scope: Message, receive: Receive, send: Send) -> None:
        self.misses += 1
        rendered = self.rendering.setdefault(key, asyncio.Event())
        messages: list[Message] = []

        async def keep_and_send(message: Message) -> None:
            if not messages or _keepable(messages[0]):
                messages.append(message)
            await send(message)

        try:
            await self.app(scope, receive, keep_and_send)
            self._keep(key, messages)
        finally:
            if self.rendering.get(key) is rendered:
                del self.rendering[key]
            rendered.set()

    def _keep(self, key: Key, messages: list[Message]) -> None:
        if not messages or not _keepable(messages[0]):
            return
        body = b"".join(message.get("body", b"") for message in messages[1:])
        if len(body) > LARGEST_PAGE or messages[-1].get("more_body"):
            return
        page = Page(
            messages[0],
            {"type": "http.response.body", "body": body},
            time.monotonic() + KEEP_SECONDS,
            _value(messages[0]["headers"], b"etag"),
        )
        self.pages[key] = page
        self.pages.move_to_end(key)
        if len(self.pages) > MOST_PAGES:
            self.pages.popitem(last=False)


def cache_key(scope: Message) -> Key | None:
    """Return what a page is kept under, or None when it must not be kept."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(NEVER_KEPT):
        return None
    host, gzip = b"", False
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"accept-encoding":
            gzip = b"gzip" in value
        elif name == b"authorization" or (
            name == b"cookie" and any(mark in value for mark in PERSONAL_COOKIES)
        ):
            return None
    query = _known_query(scope["query_string"])
    return None if query is None else (host, scope["path"], query, gzip, version.seen())


def _has_it(scope: Message, page: Page) -> bool:
    """Tell whether the visitor has this page: feed readers ask every quarter of an hour and mostly do."""
    asked = _value(scope["headers"], b"if-none-match") if page.etag else b""
    wanted = page.etag.removeprefix(b"W/")
    return any(one.strip().removeprefix(b"W/") == wanted for one in asked.split(b",")) if asked else False


def _value(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")


def _known_query(raw: bytes) -> str | None:
    if not raw:
        return ""
    pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True)
    wanted = [(k, v) for k, v in pairs if k not in IGNORED_QUERY and not k.startswith("utm_")]
    return urlencode(sorted(wanted)) if all(k in KNOWN_QUERY for k, _ in wanted) else None


def _in_the_key(vary: bytes) -> bool:
    """Tell whether a page differs by nothing but what it is kept under; the language is in the path."""
    return all(one.strip() in {b"accept-encoding", b"accept-language", b""} for one in vary.split(b","))


def _keepable(start: Message) -> bool:
    """Tell whether a response that starts like this is the same for everybody."""
    if start["type"] != "http.response.start" or start["status"] != 200:
        return False
    for name, value in ((name.lower(), value.lower()) for name, value in start["headers"]):
        if name == b"set-cookie" or (name == b"vary" and not _in_the_key(value)):
            return False
        # max-age=0 speaks to browsers, who cannot know of a change; we do
        if name == b"cache-control" and (b"private" in value or b"no-store" in value or b"no-cache" in value):
            return False
    return True
