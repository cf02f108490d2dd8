"""Anonymous pages are kept until something public changes; what is personal never is."""

import asyncio
from typing import Any

import pytest

from changes import version
from config import pagecache
from config.pagecache import PageCache

HTML = [(b"content-type", b"text/html")]


class Pages:
    """Stands for Django: counts how often it is asked and answers with its headers."""

    def __init__(self, *headers: tuple[bytes, bytes], status: int = 200, seconds: float = 0) -> None:
        self.asked, self.headers, self.status, self.seconds = 0, [*HTML, *headers], status, seconds

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await asyncio.sleep(self.seconds)
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": b"<p>", "more_body": True})
        await send({"type": "http.response.body", "body": str(self.asked).encode()})


async def get(
    cache: PageCache, path: str = "/", *, query: bytes = b"", headers: Any = (), method: str = "GET"
) -> bytes:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query}
    await cache({**scope, "headers": [(b"host", b"lucheng.localhost"), *headers]}, None, send)  # type: ignore[arg-type]
    return b"".join(message.get("body", b"") for message in sent)


@pytest.fixture(autouse=True)
def fixed_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "_seen", 1)


async def twice(pages: Pages, **request: Any) -> int:
    cache = PageCache(pages)
    await get(cache, **request)
    await get(cache, **request)
    return pages.asked


@pytest.mark.asyncio
async def test_a_page_is_rendered_once_for_everybody() -> None:
    cache = PageCache(pages := Pages())
    assert await get(cache) == await get(cache) == b"<p>1"
    assert pages.asked == 1


@pytest.mark.asyncio
async def test_a_change_makes_every_page_stale_at_once() -> None:
    cache = PageCache(Pages())
    await get(cache)
    version.see(2)
    assert await get(cache) == b"<p>2"


@pytest.mark.asyncio
async def test_a_page_grows_old_because_it_shows_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagecache, "KEEP_SECONDS", -1.0)
    assert await twice(Pages()) == 2


@pytest.mark.asyncio
async def test_counties_and_known_queries_have_pages_of_their_own() -> None:
    cache = PageCache(pages := Pages())
    await get(cache)
    await get(cache, headers=[(b"host", b"wenxi.localhost")])
    await get(cache, query=b"page=2")
    assert pages.asked == 3


@pytest.mark.asyncio
async def test_what_chat_apps_append_does_not_matter() -> None:
    cache = PageCache(pages := Pages())
    await get(cache)
    await get(cache, query=b"from=groupmessage&isappinstalled=0&utm_source=x")
    assert pages.asked == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "request_",
    [
        {"headers": [(b"cookie", b"sessionid=abc")]},
        {"headers": [(b"authorization", b"Bearer x")]},
        {"query": b"unknown=1"},
        {"method": "POST"},
        {"path": "/cms/pages/"},
        {"path": "/t/ABCDEFGH23456789"},
    ],
    ids=str,
)
async def test_a_personal_or_unknown_request_always_reaches_django(request_: dict[str, Any]) -> None:
    assert await twice(Pages(), **request_) == 2


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "header",
    [
        (b"Set-Cookie", b"csrftoken=x"),
        (b"Vary", b"Accept-Encoding, Cookie"),
        (b"Cache-Control", b"private, no-store"),
        (b"Cache-Control", b"max-age=0, no-cache"),
    ],
)
async def test_a_personal_answer_is_never_kept(header: tuple[bytes, bytes]) -> None:
    assert await twice(Pages(header)) == 2


@pytest.mark.asyncio
async def test_a_page_that_browsers_must_ask_for_again_is_kept() -> None:
    assert await twice(Pages((b"Cache-Control", b"public, max-age=0, must-revalidate"))) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [302, 404, 500])
async def test_only_a_page_that_was_found_is_kept(status: int) -> None:
    assert await twice(Pages(status=status)) == 2


@pytest.mark.asyncio
async def test_a_burst_renders_once() -> None:
    cache = PageCache(pages := Pages(seconds=0.02))
    answers = await asyncio.gather(*(get(cache) for _ in range(50)))
    assert pages.asked == 1
    assert set(answers) == {b"<p>1"}


@pytest.mark.asyncio
async def test_a_page_that_changed_while_it_was_rendered_is_not_served_afterwards() -> None:
    cache = PageCache(Pages(seconds=0.02))
    first = asyncio.create_task(get(cache))
    await asyncio.sleep(0.005)
    version.see(9)
    await first
    assert await get(cache) == b"<p>2"


@pytest.mark.asyncio
async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagecache, "MOST_PAGES", 10)
    cache = PageCache(Pages())
    for number in range(50):
        await get(cache, f"/{number}/")
    assert len(cache.pages) == 10


@pytest.mark.asyncio
async def test_a_failing_page_lets_the_next_one_try() -> None:
    class Failing(Pages):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            self.asked += 1
            raise RuntimeError

    cache = PageCache(pages := Failing())
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await get(cache)
    assert pages.asked == 2
    assert not cache.rendering


@pytest.mark.asyncio
@pytest.mark.parametrize("vary", [b"Accept", b"Accept-Encoding, Accept", b"Authorization", b"*"])
async def test_a_page_that_differs_by_what_is_not_in_its_key_is_not_kept(vary: bytes) -> None:
    assert await twice(Pages((b"Vary", vary))) == 2


@pytest.mark.asyncio
async def test_a_page_that_differs_by_encoding_and_language_is_kept() -> None:
    assert await twice(Pages((b"Vary", b"Accept-Encoding, Accept-Language"))) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/v1/bases/zhangjiahe/readings", b"from=2026-11-01T00:00:00Z"),
        ("/api/v1/bases/zhangjiahe/readings", b""),
        ("/epcis/events", b""),
    ],
)
async def test_what_programs_ask_is_answered_anew(path: str, query: bytes) -> None:
    assert await twice(Pages(), path=path, query=query) == 2


async def status_of(cache: PageCache, **asked: str) -> tuple[int, bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items()]
    scope = {"type": "http", "method": "GET", "path": "/news/feed.xml", "query_string": b""}
    await cache({**scope, "headers": [(b"host", b"lucheng.localhost"), *headers]}, None, send)  # type: ignore[arg-type]
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


@pytest.mark.asyncio
async def test_who_has_the_kept_page_gets_nothing_again() -> None:
    cache = PageCache(pages := Pages((b"ETag", b'W/"abc"'), (b"Content-Length", b"4")))
    assert (await status_of(cache))[0] == 200
    for tag in ('"abc"', 'W/"abc"', '"x", "abc"'):
        assert await status_of(cache, if_none_match=tag) == (304, b"")
    assert await status_of(cache, if_none_match='"old"') == (200, b"<p>1")
    assert pages.asked == 1


@pytest.mark.asyncio
async def test_a_page_without_a_tag_is_sent_whole() -> None:
    cache = PageCache(Pages())
    await status_of(cache)
    assert (await status_of(cache, if_none_match='""'))[0] == 200
