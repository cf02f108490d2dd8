"""A photo instead of typing: the code in it is read, nothing is kept, nothing else is let in."""

from io import BytesIO

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFilter

from record.models import Scan
from record.pages import photo as photo_page
from tests.factories.record import active_code

pytestmark = pytest.mark.django_db


def photo(*texts, turn=0, blur=0):
    """Return a photo of codes on a table."""
    picture = Image.new("RGB", (1600, 1200), (181, 160, 140))
    for place, text in enumerate(texts):
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=9)
        picture.paste(Image.fromarray(code).convert("RGB"), (90 + place * 700, 200))
    picture = picture.rotate(turn, expand=True, fillcolor=(181, 160, 140))
    picture = picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture
    out = BytesIO()
    picture.save(out, "JPEG", quality=70)
    return SimpleUploadedFile("IMG_0001.jpg", out.getvalue(), "image/jpeg")


def send(client, file):
    return client.post("/trace/photo/", {"photo": file} if file else {})


@pytest.mark.parametrize("how", [{}, {"turn": 30}, {"blur": 2}], ids=["plain", "turned", "blurred"])
def test_a_photo_leads_to_the_record_and_counts_as_a_scan(client, how):
    code = active_code()
    answer = send(client, photo(f"HTTPS://X.CN/01/{code.product.gtin}/21/{code.serial}", **how))
    assert answer.status_code == 303
    assert not Scan.objects.exists()
    page = client.get(answer["Location"], follow=True)
    assert "你是第一个查它的人" in page.content.decode()
    assert Scan.objects.count() == 1


def test_of_several_codes_the_package_comes_first(client):
    code = active_code()
    answer = send(client, photo("https://example.com/", f"HTTPS://X.CN/T/{code.serial}"))
    assert code.serial in answer["Location"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "没收到照片"),
        (SimpleUploadedFile("x.jpg", b"no picture"), "JPEG"),
        (photo(), "没找到码"),
        (photo("https://example.com/<b>"), "不是我们的"),
    ],
    ids=["nothing", "no picture", "no code", "another's code"],
)
def test_what_cannot_be_read_says_why(client, file, words):
    if file:
        file.seek(0)
    answer = send(client, file)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "<b>" not in answer.content.decode().split("photo-error")[-1].split("</p>")[0]


def test_a_network_that_sends_many_waits(client, monkeypatch):
    monkeypatch.setattr(photo_page, "_PHOTOS", photo_page.Guesses("test.photos", allowed=2, window=600))
    assert [send(client, photo()).status_code for _ in range(3)] == [400, 400, 429]


def test_the_page_offers_all_three_ways(client):
    page = client.get("/trace/").content.decode()
    assert 'action="/trace/photo/"' in page
    assert "data-scan-start" in page
    assert 'id="code"' in page


def test_looking_at_the_address_leads_back(client):
    assert client.get("/trace/photo/")["Location"] == "/trace/"
