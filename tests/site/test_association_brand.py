"""The brand page's film, mascot and member brands; the press page and its zip."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from association.films.keeping import keep_film, remove_film
from association.models import BrandFilm, PressPage
from association.press import kit
from brand.models import Licence
from changes.models import Change
from lib.films import NotAFilm
from tests.factories.brand import LicenceFactory, MemberFactory
from tests.factories.films import film as made_film
from tests.factories.films import sound
from tests.factories.pages import add, brand_page, county

PDF = b"%PDF-1.7\n%%EOF\n"
TERMS = "写明出处。\n标志不改。"


@pytest.fixture
def lucheng(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return county(phone="0355-000 0009")


def image(title: str = "潞城/的印") -> Image:
    out = BytesIO()
    Picture.new("RGB", (40, 30), "green").save(out, "PNG")
    out.seek(0)
    return Image.objects.create(title=title, file=ImageFile(out, name="seal.png"))


def document(title: str = "资料单") -> Document:
    return Document.objects.create(title=title, file=ContentFile(PDF, name="facts.pdf"), file_size=len(PDF))


def press_page(region, *body) -> PressPage:
    page = PressPage(title="媒体资料", intro="拿去用。", terms=TERMS, contact="协会宣传", body=list(body))
    return add(brand_page(region), page)


def whole_kit() -> list[tuple[str, object]]:
    return [
        ("pictures", {"title": "照片", "items": [{"image": image(), "caption": "印", "credit": "本站"}]}),
        ("words", {"title": "一句话", "text": "归协会管。"}),
        ("files", {"title": "文件", "items": [{"document": document(), "about": "一页纸"}]}),
    ]


def zip_of(client, path: str = "/brand/press/kit.zip") -> tuple[str, ZipFile]:
    answer = client.get(path)
    assert answer.status_code == 302
    name = answer["Location"].removeprefix(default_storage.base_url)
    return name, ZipFile(default_storage.open(name))


def test_the_press_page_offers_each_thing_and_all_in_one(client, lucheng):
    press_page(lucheng, *whole_kit())
    text = client.get("/brand/press/").content.decode()
    for words in (
        "归协会管。",
        "一页纸",
        "写明出处。",
        "协会宣传",
        "0355-000 0009",
        "40 × 30",
        "/brand/press/kit.zip",
    ):
        assert words in text


def test_the_zip_holds_the_originals_the_texts_and_the_terms(client, lucheng):
    press_page(lucheng, *whole_kit())
    _name, archive = zip_of(client)
    assert set(archive.namelist()) == {
        "使用条款.txt",
        "文字/01-一句话.txt",
        "照片/照片说明.txt",
        "照片/01-潞城_的印.png",
        "文件/01-资料单.pdf",
    }
    assert archive.read("使用条款.txt").decode() == TERMS
    assert archive.read("照片/照片说明.txt").decode() == "01  印 图 本站"
    assert archive.read("文件/01-资料单.pdf") == PDF


def test_the_zip_is_made_once_and_anew_when_something_changed(client, lucheng):
    page = press_page(lucheng, *whole_kit())
    first, _archive = zip_of(client)
    made = default_storage.get_modified_time(first)
    assert zip_of(client)[0] == first
    assert default_storage.get_modified_time(first) == made
    page.terms = "不许改。"
    page.save_revision().publish()
    second, archive = zip_of(client)
    assert second != first and archive.read("使用条款.txt").decode() == "不许改。"
    assert not default_storage.exists(first)


def test_a_document_of_a_closed_collection_is_no_way_in(client, lucheng):
    """Documents are handed out by their own permissions: one that is not for everybody is not in the zip."""
    from wagtail.models import Collection, CollectionViewRestriction

    closed = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    body = whole_kit()
    body[2][1]["items"][0]["document"].collection = closed
    body[2][1]["items"][0]["document"].save()
    press_page(lucheng, *body)
    _name, archive = zip_of(client)
    assert "文件/01-资料单.pdf" not in archive.namelist()
    assert "一页纸" not in client.get("/brand/press/").content.decode()


def test_more_than_one_zip_can_hold_is_said(client, lucheng, monkeypatch):
    monkeypatch.setattr(kit, "MOST_BYTES", 10)
    press_page(lucheng, *whole_kit())
    assert "打不成一包" in client.get("/brand/press/").content.decode()
    assert client.get("/brand/press/kit.zip").status_code == 404


def test_without_a_page_or_without_anything_there_is_no_zip(client, lucheng):
    assert client.get("/brand/press/kit.zip").status_code == 404
    press_page(lucheng)
    assert client.get("/brand/press/kit.zip").status_code == 404
    assert "还没有放资料" in client.get("/brand/press/").content.decode()


def test_a_draft_has_no_zip(client, lucheng):
    add(brand_page(lucheng), PressPage(title="媒体", terms="无", body=whole_kit()), live=False)
    assert client.get("/brand/press/kit.zip").status_code == 404


def film(region, **facts) -> BrandFilm:
    made = BrandFilm(region=region, title="霜降以后", words="起葱，打捆。", **facts)
    return keep_film(film=made, video=made_film(), poster=None)


def test_the_film_waits_for_a_touch_and_says_in_words_what_it_shows(client, lucheng):
    one = film(lucheng)
    brand_page(lucheng, body=[("film", {"title": "一捆葱", "film": one})])
    text = client.get("/brand/").content.decode()
    assert f'href="{one.video.url}" data-film' in text and one.poster.url in text
    assert "<video" not in text and "autoplay" not in text
    assert "起葱，打捆。" in text


def test_what_is_no_film_is_refused_and_nothing_is_kept(lucheng):
    for wrong in (sound(), BytesIO(PDF), made_film(codec="mpeg4")):
        with pytest.raises(NotAFilm):
            keep_film(film=BrandFilm(region=lucheng, title="x", words="x"), video=wrong, poster=None)
    assert not BrandFilm.objects.exists() and not Change.objects.filter(thing__contains="film").exists()


@pytest.mark.django_db(transaction=True)
def test_a_new_film_replaces_the_old_files_and_a_page_outlives_its_film(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    region = county()
    one = film(region)
    old = (one.video.name, one.poster.name)
    keep_film(film=one, video=made_film(seconds=3), poster=None)
    assert one.seconds == 3
    assert not any(default_storage.exists(name) for name in old)
    brand_page(region, body=[("film", {"title": "一捆葱", "film": one})])
    remove_film(film=one)
    assert not default_storage.exists(one.video.name)
    answer = client.get("/brand/")
    assert answer.status_code == 200 and "一捆葱" not in answer.content.decode()


def test_member_brands_lead_to_the_member_and_follow_its_licence(client, lucheng):
    member = MemberFactory(region=lucheng, name="聪和", slug="conghe")
    licence = LicenceFactory(member=member, valid_from=date(2020, 1, 1), valid_to=date(2099, 1, 1))
    brands = [{"name": "聪和", "text": "小包葱", "member": member}, {"name": "潞艾", "text": "香包"}]
    brand_page(
        lucheng,
        body=[
            ("mascot", {"name": "白白", "says": "土里待过三遍。", "text": "一根葱。"}),
            ("brands", {"title": "小而美", "brands": brands}),
        ],
    )
    text = client.get("/brand/").content.decode()
    assert 'href="/brand/members/conghe/"' in text and "tag ok" in text
    assert "白白" in text and "一根葱。" in text
    Licence.objects.filter(pk=licence.pk).update(state="suspended")
    assert "tag ok" not in client.get("/brand/").content.decode()
