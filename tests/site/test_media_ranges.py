"""A browser that asks for a part of a film gets that part."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db  # the page that says that nothing is there asks for its county
CONTENT = bytes(range(100))


@pytest.fixture(autouse=True)
def _file(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "x.mp4").write_bytes(CONTENT)


def ask(client, ranges: str | None, **headers: str):
    return client.get("/media/x.mp4", headers=({"range": ranges} if ranges else {}) | headers)


def test_the_whole_file_says_that_parts_can_be_had(client):
    answer = ask(client, None)
    assert (answer.status_code, answer["Accept-Ranges"]) == (200, "bytes")
    assert b"".join(answer) == CONTENT


@pytest.mark.parametrize(
    ("ranges", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=10-", 10, 99), ("bytes=90-500", 90, 99), ("bytes=-5", 95, 99),
     ("bytes=-500", 0, 99), ("bytes=99-99", 99, 99)],
)  # fmt: skip
def test_a_part_is_that_part(client, ranges: str, first: int, last: int):
    answer = ask(client, ranges)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/100"
    assert b"".join(answer) == CONTENT[first : last + 1]
    assert int(answer["Content-Length"]) == last - first + 1


@pytest.mark.parametrize("ranges", ["bytes=100-", "bytes=5-4", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, ranges: str):
    answer = ask(client, ranges)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize("ranges", ["bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b"])
def test_what_is_not_understood_gets_the_whole(client, ranges: str):
    answer = ask(client, ranges)
    assert answer.status_code == 200 and b"".join(answer) == CONTENT


def test_what_is_not_there_is_404_and_nothing_above_is_reached(client):
    assert client.get("/media/y.mp4").status_code == 404
    assert client.get("/media/../secret").status_code in {400, 404}


@pytest.mark.parametrize("ranges", ["bytes=" + "9" * 5000 + "-", "bytes=-" + "9" * 5000, "bytes=٣-"])
def test_a_number_nobody_can_mean_gets_the_whole(client, ranges: str):
    assert client.get("/media/x.mp4", headers={"Range": ranges.encode().decode("latin-1")}).status_code == 200


@pytest.mark.parametrize(
    "path", ["documents/x.pdf", "/documents/x.pdf", "./documents/x.pdf", "a/../documents/x.pdf"]
)
def test_documents_are_not_reached_past_their_permissions(client, settings, path: str):
    folder = Path(settings.MEDIA_ROOT) / "documents"
    folder.mkdir()
    (folder / "x.pdf").write_bytes(b"%PDF-1.7")
    assert client.get(f"/media/{path}").status_code == 404


def test_what_was_uploaded_does_not_act(client):
    for ranges in ("", "bytes=0-1"):
        assert "sandbox" in ask(client, ranges)["Content-Security-Policy"]
