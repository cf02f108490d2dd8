"""Forms that are too large are answered in plain words before a byte of them is read."""

import pytest
from django.test import RequestFactory

from config.uploads import limit
from lib.upload_limits import MB, UploadLimit, UploadLimits, told_length
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db

FORM = "multipart/form-data; boundary=x"


class Unread:
    """A body that nobody may read."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = read


def told(length: int, kind: str = FORM) -> dict[str, str]:
    """Return what the head of such a request says of its body."""
    return {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(length)}


def send(client, path: str, length: int, **more):
    """Send the head of a form that claims to be `length` bytes long."""
    return client.generic("POST", path, b"", **told(length), **{"wsgi.input": Unread(), **more})


def test_a_form_of_500_mb_is_refused_unread(client):
    answer = send(client, "/brand/join/", 500 * MB, HTTP_ACCEPT="text/html")
    assert answer.status_code == 413
    words = answer.content.decode()
    assert "30.0\xa0MB" in words
    assert "500.0\xa0MB" in words
    assert 'href="/brand/join/"' in words, "there is a way back"
    assert "no-store" in answer["Cache-Control"]


def test_a_program_gets_one_line(client):
    answer = send(client, "/brand/join/", 31 * MB, HTTP_ACCEPT="*/*")
    assert (answer.status_code, answer["Content-Type"]) == (413, "text/plain; charset=utf-8")
    assert "30.0\xa0MB" in answer.content.decode()


def test_english_pages_say_it_in_english(client):
    answer = send(client, "/en/brand/join/", 31 * MB, HTTP_ACCEPT="text/html")
    assert "Too large to send" in answer.content.decode()


def test_engineering_files_may_be_large_for_who_is_signed_in_only(client):
    passed = []
    answering = limit(lambda request: passed.append(request.path_info))
    for user, length, goes_on in [
        (person("brand_officer"), 150 * MB, True),
        (person("brand_officer"), 201 * MB, False),
        (None, 31 * MB, False),
    ]:
        request = RequestFactory().generic("POST", "/cms/brand-vi/1/", b"", HTTP_ACCEPT="*/*", **told(length))
        request.user = user or client.get("/healthz").wsgi_request.user
        passed.clear()
        answering(request)
        assert bool(passed) is goes_on


def test_what_is_no_form_is_left_to_its_own_limit(client):
    request = RequestFactory().generic("POST", "/api/v1/readings", b"", **told(500 * MB, "application/json"))
    assert limit(lambda _: "goes on")(request) == "goes on"


def test_the_first_limit_that_matches_counts():
    limits = UploadLimits([UploadLimit("/a/", 5), UploadLimit("/a/b/", 9)], usual=1)
    assert [limits.most(path, signed_in=False) for path in ("/a/b/", "/b/a/", "/")] == [5, 1, 1]


@pytest.mark.parametrize(("header", "bytes_told"), [("12", 12), ("", 0), ("-5", 0), ("1e9", 0), ("٣", 0)])
def test_a_length_that_is_none_is_none(header, bytes_told):
    assert told_length(header) == bytes_told
