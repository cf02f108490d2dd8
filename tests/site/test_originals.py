"""Photographs as cameras make them: large, HEIC, turned. The library keeps what pages need."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Collection

from lib.pictures import NotAPicture, fitted
from tests.factories.accounts import person

MB = 1024 * 1024


def photo(size=(640, 480), kind="JPEG", *, weight=0, mode="RGB", **more):
    """Return a picture; a JPEG may be as heavy as a camera's, with segments that say nothing."""
    out = BytesIO()
    Picture.new(mode, size, "green").save(out, kind, **more)
    data = out.getvalue()
    segment = b"\xff\xef\xff\xff" + bytes(65533)
    return data[:2] + segment * (weight // len(segment)) + data[2:] if weight else data


def send(client, name, data):
    told = {
        "title": "葱地",
        "file": SimpleUploadedFile(name, data),
        "collection": Collection.get_first_root_node().pk,
    }
    return client.post("/cms/images/add/", told)


@pytest.fixture
def editor(client, db):
    client.force_login(person("editor"))
    return client


def test_a_photo_of_30_mb_is_taken_and_made_smaller(editor):
    data = photo((6000, 4000), weight=30 * MB)
    assert len(data) > 29 * MB
    assert send(editor, "DSC_0001.JPG", data).status_code == 302
    kept = Image.objects.get()
    assert (kept.width, kept.height) == (4096, 2731)
    assert kept.file_size < 2 * MB


def test_a_photo_of_an_iphone_becomes_a_jpeg(editor):
    assert send(editor, "IMG_1.heic", photo((640, 480), "HEIF")).status_code == 302
    kept = Image.objects.get()
    assert kept.file.name.endswith(".jpg")
    with kept.file.open() as file, Picture.open(file) as picture:
        assert picture.format == "JPEG"


def test_a_small_picture_stays_as_it_is(editor):
    data = photo()
    send(editor, "a.jpg", data)
    with Image.objects.get().file.open() as file:
        assert file.read() == data


def test_what_is_no_picture_is_refused_in_words_and_nothing_is_kept(editor):
    answer = send(editor, "a.jpg", b"not a picture at all")
    assert answer.status_code == 200
    assert not Image.objects.exists()


def test_too_large_is_said(editor):
    answer = send(editor, "a.jpg", photo(weight=33 * MB))
    assert answer.status_code == 200
    assert "32" in answer.content.decode()
    assert not Image.objects.exists()


def test_a_turned_photo_is_kept_upright():
    exif = Picture.Exif()
    exif[0x0112] = 6  # turned by a quarter
    small = fitted(SimpleUploadedFile("a.jpg", photo((3000, 2000), exif=exif.tobytes())), longest=1000)
    with Picture.open(small) as picture:
        assert picture.size == (667, 1000)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_a_photo_was_taken_is_not_kept_however_small_it_is(kind):
    exif = Picture.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (24.0, 30.0, 0.0)})
    exif[0x8825] = exif.get_ifd(0x8825)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>exif:GPSLatitude</x:xmpmeta>"
    data = photo(kind=kind, exif=exif.tobytes(), **({} if kind == "PNG" else {"xmp": xmp}))
    kept = fitted(SimpleUploadedFile("a.jpg", data), longest=1000)
    with Picture.open(kept) as picture:
        assert not picture.getexif() and "xmp" not in picture.info
        assert picture.size == (640, 480)


def test_what_is_clear_stays_clear():
    small = fitted(SimpleUploadedFile("a.png", photo((3000, 2000), "PNG", mode="RGBA")), longest=1000)
    with Picture.open(small) as picture:
        assert (picture.format, picture.mode, small.name) == ("PNG", "RGBA", "a.png")


def test_a_damaged_picture_is_refused():
    with pytest.raises(NotAPicture):
        fitted(SimpleUploadedFile("a.jpg", photo((3000, 2000))[:2000]), longest=1000)
