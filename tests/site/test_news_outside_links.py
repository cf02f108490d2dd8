"""The worker looks at addresses of other sites: kept, looked at again, and never led into our own network."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.urls import reverse

from news.checks.models import LOOKED_AT_EVERY, OutsideLink
from news.checks.outside import AGAIN_AFTER, ask, look_at_due, note_links
from tests.factories.accounts import person
from tests.factories.pages import county, news_index, post

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
HERE = ["127.0.0.0/8"]  # not 127.0.0.1, which is our own name in tests


class Elsewhere(BaseHTTPRequestHandler):
    """Another site."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(3)
        kind, _, where = self.path.strip("/").partition("-")
        status = int(kind) if kind.isdecimal() else 200
        self.send_response(status)
        if where:
            self.send_header("Location", f"/{where}" if not where.startswith("to:") else where[3:])
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.2", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.2:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/200", ("", 200)),
        ("/301-200", ("", 200)),
        ("/404", ("gone", 404)),
        ("/302-410", ("gone", 410)),
        ("/403", ("refused", 403)),
        ("/503", ("failing", 503)),
    ],
)
def test_what_another_site_answers(elsewhere, path, answer) -> None:
    assert ask(elsewhere + path, allowed=HERE) == answer


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "https://169.254.169.254/"]
)
def test_nothing_of_our_own_network_is_asked(url) -> None:
    assert ask(url) == ("unsafe", None)


def test_a_way_into_our_network_is_not_followed(elsewhere) -> None:
    assert ask(f"{elsewhere}/302-to:http://10.0.0.1/", allowed=HERE) == ("unsafe", None)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://127.0.0.1:1/", "http:///x", "javascript:alert(1)"]
)
def test_what_does_not_answer_is_silent(url) -> None:
    assert ask(url, allowed=HERE) == ("silent", None)


def test_a_ring_of_redirects_ends(elsewhere) -> None:
    class Ring(Elsewhere):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "/")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ring)
    Thread(target=server.serve_forever, daemon=True).start()
    assert ask(f"http://127.0.0.1:{server.server_port}/", allowed=HERE) == ("failing", 302)
    server.shutdown()


@pytest.fixture
def story(db):
    return lambda *urls: post(
        news_index(county()),
        "peitu",
        live=False,
        body=[("text", "".join(f'<p><a href="{url}">x</a></p>' for url in urls))],
    )


def test_links_are_noted_once_and_forgotten_when_no_post_leads_there(story, elsewhere) -> None:
    page = story("https://example.org/a", "https://example.org/b", "/news/", "https://example.org/a")
    note_links(post=page, at=AT)
    note_links(post=page, at=AT)
    assert set(OutsideLink.objects.values_list("url", flat=True)) == {
        "https://example.org/a",
        "https://example.org/b",
    }
    page.body = []
    note_links(post=page, at=AT)
    assert look_at_due(at=AT) == 0 and not OutsideLink.objects.exists()


def test_rounds_look_at_what_is_due_and_a_first_failure_is_tried_again(story, elsewhere, settings) -> None:
    settings.LINK_CHECK_HOSTS = HERE
    good, bad = f"{elsewhere}/200", f"{elsewhere}/404"
    note_links(post=story(good, bad), at=AT)
    assert look_at_due(at=AT) == 2 and look_at_due(at=AT) == 0
    fine, gone = OutsideLink.objects.get(url=good), OutsideLink.objects.get(url=bad)
    assert (fine.trouble, fine.due_at, fine.failures) == ("", AT + LOOKED_AT_EVERY, 0)
    assert (gone.trouble, gone.due_at, gone.failures) == ("gone", AT + AGAIN_AFTER, 1)
    assert look_at_due(at=AT + AGAIN_AFTER) == 1
    gone.refresh_from_db()
    assert (gone.failures, gone.due_at) == (2, AT + AGAIN_AFTER + LOOKED_AT_EVERY)
    assert look_at_due(at=AT + LOOKED_AT_EVERY + timedelta(days=1)) == 2


def test_a_site_that_drags_its_answer_out_holds_nobody_up(story, elsewhere, settings) -> None:
    settings.LINK_CHECK_HOSTS = HERE
    note_links(post=story(f"{elsewhere}/slow", f"{elsewhere}/200"), at=AT)
    began = time.monotonic()
    look_at_due(at=AT, seconds=0.5)
    assert time.monotonic() - began < 2.5
    assert OutsideLink.objects.get(url__endswith="/slow").trouble == "silent"
    assert OutsideLink.objects.get(url__endswith="/200").trouble == ""


def test_the_list_shows_trouble_with_its_posts(story, client) -> None:
    page = story("https://example.org/a")
    note_links(post=page, at=AT)
    OutsideLink.objects.update(trouble="gone", failures=2, checked_at=AT)
    client.force_login(person("editor"))
    answer = client.get(reverse("news-links:index")).content.decode()
    assert "网页已经没有了" in answer and f"/cms/pages/{page.pk}/edit/" in answer
    link = OutsideLink.objects.get()
    assert client.get(reverse("news-links:edit", args=[link.pk])).status_code == 302
