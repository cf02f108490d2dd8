"""Uploaded pictures: judged by content, upright, small, without what the camera knows."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lib import pictures
from lib.pictures import NotAPicture, read_picture

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def photo(size=(400, 300), kind="JPEG", mode="RGB", **options):
    out = BytesIO()
    Image.new(mode, size, (200, 40, 40, 0)[: len(mode)] if mode != "L" else 90).save(out, kind, **options)
    out.seek(0)
    return out


def opened(content):
    return Image.open(BytesIO(content.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_phones_take_becomes_a_jpeg(kind):
    kept = read_picture(photo(kind=kind))
    assert kept.name.endswith(".jpg")
    assert (opened(kept).format, opened(read_picture(photo(kind=kind))).size) == ("JPEG", (400, 300))


def test_place_and_maker_are_forgotten_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "a phone"
    exif.get_ifd(GPS)[1] = "N"
    kept = opened(read_picture(photo(exif=exif)))
    assert kept.size == (300, 400)
    assert not kept.getexif()
    assert b"a phone" not in read_picture(photo(exif=exif)).read()


def test_a_large_picture_is_made_small():
    assert max(opened(read_picture(photo((5000, 1000)))).size) == 2560


def test_what_is_clear_becomes_white():
    assert opened(read_picture(photo(kind="PNG", mode="RGBA"))).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"<?php ?>",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(NotAPicture):
        read_picture(BytesIO(data))


def test_half_a_picture_is_refused():
    whole = photo((800, 600), quality=95).getvalue()
    with pytest.raises(NotAPicture, match="坏了"):
        read_picture(BytesIO(whole[: len(whole) // 2]))


def test_too_many_bytes_or_pixels_are_refused_before_they_are_decoded(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    with pytest.raises(NotAPicture):
        read_picture(photo())
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    with pytest.raises(NotAPicture):
        read_picture(photo())


@given(st.integers(0, 200), st.binary(min_size=1, max_size=20))
def test_a_spoilt_picture_is_read_or_refused_never_more(at, noise):
    data = bytearray(photo(kind="PNG").getvalue())
    data[at : at + len(noise)] = noise
    try:
        assert read_picture(BytesIO(bytes(data))).size
    except NotAPicture as refused:
        assert str(refused.reason)
