"""A film is judged by its content: what we show plays on every phone."""

import io

import pytest
from PIL import Image

from lib import films
from lib.films import NotAFilm, look_into
from tests.factories.films import film, sound


def test_a_film_says_what_it_is_and_gives_a_still():
    found = look_into(film(seconds=3))
    assert (found.width, found.height, found.seconds) == (64, 36, 3)
    with Image.open(found.still) as still:
        red, green, blue = still.convert("RGB").getpixel((30, 18))
    assert still.format == "JPEG" and green > 90 > max(red, blue)


def test_the_file_can_be_read_again_afterwards():
    file = film()
    look_into(file)
    assert file.tell() == 0 and file.read(12)[4:8] == b"ftyp"


@pytest.mark.parametrize(
    "content",
    [b"", b"x" * 100, b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 200, b"<svg/>", b"\x00\x00\x00\x10ftyp"],
)
def test_what_is_no_film_is_refused(content: bytes):
    with pytest.raises(NotAFilm):
        look_into(io.BytesIO(content))


def test_another_kind_of_file_or_coding_is_refused():
    for file in (film(kind="matroska"), film(codec="mpeg4"), sound()):
        with pytest.raises(NotAFilm):
            look_into(file)


def test_a_film_cut_off_in_the_middle_is_refused():
    with pytest.raises(NotAFilm):
        look_into(io.BytesIO(film().read()[:900]))


def test_bounds_of_bytes_seconds_and_pixels(monkeypatch):
    for name, value in (("MOST_BYTES", 500), ("MOST_SECONDS", 1), ("LONGEST_SIDE", 60)):
        with monkeypatch.context() as patch:
            patch.setattr(films, name, value)
            with pytest.raises(NotAFilm):
                look_into(film())


@pytest.mark.parametrize("name", ["film-lucheng-sowing", "film-hesuo-harvest"])
def test_the_films_of_the_demo_are_some(name: str):
    from config import ROOT

    with (ROOT / "media" / "sample" / f"{name}.mp4").open("rb") as file:
        assert look_into(file).seconds == 5
