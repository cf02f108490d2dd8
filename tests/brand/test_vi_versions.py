"""Versions are put together, published and withdrawn; one write path, one current version, nothing lost."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from brand.acts.models import acts_on
from brand.models import VIAccess, VIAsset, VICategory, VIFile, VIVersion
from brand.private import private_storage
from brand.vi.drafting import FileIsThere, NotADraft, add_file, begin_version, draft_of, remove_file
from brand.vi.previews import make_preview, overdue_previews, settle_previews
from brand.vi.publishing import (
    AlreadyPublished,
    NothingToPublish,
    NotLike,
    offer_again,
    publish_version,
    withdraw_asset,
)
from brand.vi.reading import read_file
from brand.vi.uploading import take_files
from changes.models import Change
from tests.factories.accounts import person
from tests.factories.brand import RegionFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    b'<path d="M0 0h40v20H0z" fill="#216a3d"/></svg>'
)


@pytest.fixture
def asset() -> VIAsset:
    category = VICategory.objects.get(slug="logo")
    return VIAsset.objects.create(region=RegionFactory(), category=category, slug="seal", title="潞城印")


def upload(name: str = "印.svg", content: bytes = SVG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def png(mode: str = "RGB", size: tuple[int, int] = (40, 20), kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 90).save(out, kind)
    return out.getvalue()


def published(asset: VIAsset, *uploads: SimpleUploadedFile) -> VIVersion:
    take_files(asset, uploads or [upload()], by=None, at=AT)
    version = draft_of(asset)
    publish_version(version=version, by=None, at=AT)
    asset.refresh_from_db()
    return version


def test_good_files_are_kept_and_bad_ones_named(asset):
    officer = person("brand_officer")
    taken = take_files(
        asset, [upload(), upload("坏.png", b"%PDF-1.7 no png"), upload("图.png", png())], by=officer, at=AT
    )
    assert [file.name for file in taken.files] == ["印.svg", "图.png"]
    assert [name for name, _ in taken.refused] == ["坏.png"]
    assert "PNG" in taken.refused[0][1]
    assert [act.verb for act in acts_on(asset)] == ["version_begun", "file_added", "file_added"]
    assert asset.state == VIAsset.State.DRAFT


def test_without_a_good_file_no_version_is_begun(asset):
    taken = take_files(asset, [upload("坏.svg", b"<svg><script/></svg>")], by=None, at=AT)
    assert not taken.files
    assert not asset.versions.exists()
    assert not acts_on(asset).exists()


def test_the_same_file_twice_is_kept_once(asset):
    folder = f"vi/{asset.region.slug}/{asset.pk}/1"
    before = private_storage().listdir(folder)[1] if private_storage().exists(folder) else []
    taken = take_files(asset, [upload(), upload("另一个名字.svg")], by=None, at=AT)
    assert len(taken.files) == 1
    assert len(taken.refused) == 1
    stored = VIFile.objects.get().file.name.rpartition("/")[2]
    assert set(private_storage().listdir(folder)[1]) == {*before, stored}, "nothing else is left behind"


def test_two_officers_put_the_same_draft_together(asset):
    first = begin_version(asset=asset, by=None, at=AT)
    assert begin_version(asset=asset, by=None, at=AT) == first


def test_publishing_makes_the_version_current_and_tells_its_formats(asset):
    first = published(asset, upload(), upload("印.jpg", png("CMYK", kind="JPEG")))
    assert (asset.state, asset.formats) == ("published", "|cmyk|jpg|svg|")
    assert Change.objects.filter(region=asset.region.slug, thing=f"brand.viasset:{asset.pk}").exists()
    second = published(asset, upload("印.png", png()))
    assert asset.formats == "|png|"
    assert list(asset.versions.values_list("number", "current")) == [(2, True), (1, False)]
    first.refresh_from_db()
    assert (first.published_at, second.number) == (AT, 2)


def test_an_empty_version_is_not_published(asset):
    version = begin_version(asset=asset, by=None, at=AT)
    with pytest.raises(NothingToPublish):
        publish_version(version=version, by=None, at=AT)
    asset.refresh_from_db()
    assert asset.state == VIAsset.State.DRAFT


def test_the_second_of_two_officers_is_told(asset):
    take_files(asset, [upload()], by=None, at=AT)
    version = draft_of(asset)
    same = VIVersion.objects.get(pk=version.pk)
    publish_version(version=version, by=None, at=AT)
    with pytest.raises(AlreadyPublished, match="第 1 版已经发布"):
        publish_version(version=same, by=None, at=AT + timedelta(seconds=1))
    assert VIVersion.objects.get().published_at == AT


def test_files_of_a_published_version_stay_as_they_are(asset):
    version = published(asset)
    file = version.files.get()
    with pytest.raises(NotADraft):
        remove_file(file=file, by=None, at=AT)
    content = io.BytesIO(png())
    with pytest.raises(NotADraft):
        add_file(version=version, content=content, facts=read_file(content, name="a.png"), by=None, at=AT)
    assert list(version.files.all()) == [file]
    assert private_storage().exists(file.file.name)


def test_a_file_taken_out_of_a_draft_is_gone(asset, django_capture_on_commit_callbacks):
    take_files(asset, [upload()], by=None, at=AT)
    file = VIFile.objects.get()
    stored = file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(file=file, by=None, at=AT)
    assert not private_storage().exists(stored)
    assert acts_on(asset).last().verb == "file_removed"


def test_a_name_twice_is_refused(asset):
    version = begin_version(asset=asset, by=None, at=AT)
    for content, fits in [(SVG, True), (SVG + b"\n", False)]:
        file = io.BytesIO(content)
        facts = read_file(file, name="印.svg")
        if fits:
            add_file(version=version, content=file, facts=facts, by=None, at=AT)
        else:
            with pytest.raises(FileIsThere):
                add_file(version=version, content=file, facts=facts, by=None, at=AT)
    assert version.files.count() == 1


def test_withdrawing_and_offering_again_have_one_winner(asset):
    published(asset)
    same = VIAsset.objects.get(pk=asset.pk)
    withdraw_asset(asset=asset, reason="改图", by=None, at=AT)
    with pytest.raises(NotLike):
        withdraw_asset(asset=same, reason="也改图", by=None, at=AT)
    assert not VIAsset.objects.published().exists()
    offer_again(asset=asset, reason="改好了", by=None, at=AT)
    assert VIAsset.objects.published().get() == asset
    assert [act.note for act in acts_on(asset)][-2:] == ["改图", "改好了"]


def test_the_database_allows_one_current_version_which_is_published(asset):
    published(asset)
    with pytest.raises(IntegrityError), transaction.atomic():
        VIVersion.objects.create(asset=asset, number=2, current=True, published_at=AT)
    VIVersion.objects.update(current=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        VIVersion.objects.create(asset=asset, number=3, current=True)


# --- pictures -----------------------------------------------------------------------------------------


def test_a_public_asset_has_a_clean_large_picture_others_a_small_marked_one(asset):
    asset.access = VIAccess.PUBLIC
    asset.save()
    version = published(asset)
    make_preview(version)
    version.refresh_from_db()
    assert version.preview == VIVersion.Preview.READY
    with Image.open(version.preview_large) as large:
        assert large.size == (1440, 720)
        assert large.getpixel((700, 300)) == pytest.approx((33, 106, 61), abs=4)
    old = version.preview_large.name, version.preview_large.storage
    asset.access = VIAccess.MEMBERS
    asset.save()
    settle_previews(asset)
    version.refresh_from_db()
    assert (version.preview, version.preview_large.name) == ("pending", "")
    make_preview(version)
    version.refresh_from_db()
    assert not version.preview_large
    with Image.open(version.preview_small) as small:
        assert max(small.size) == 480
        shades = small.convert("L").getextrema()
        assert shades[1] - shades[0] > 20, "a mark stands across it"
    assert old[0] != version.preview_small.name


def test_pictures_that_show_too_much_are_deleted(asset, django_capture_on_commit_callbacks):
    asset.access = VIAccess.PUBLIC
    asset.save()
    version = published(asset)
    make_preview(version)
    version.refresh_from_db()
    name, storage = version.preview_large.name, version.preview_large.storage
    asset.access = VIAccess.LICENSEES
    asset.save()
    with django_capture_on_commit_callbacks(execute=True):  # drawn anew at once: tasks run immediately here
        settle_previews(asset)
    assert not storage.exists(name)
    version.refresh_from_db()
    assert (version.preview, version.preview_marked, version.preview_large.name) == ("ready", True, "")


def test_what_cannot_be_drawn_leaves_a_note(asset):
    from tests.brand.test_vi_reading import packed

    version = published(asset, upload("一包.zip", packed(("a.svg", SVG))))
    make_preview(version)
    version.refresh_from_db()
    assert version.preview == VIVersion.Preview.FAILED
    assert "画不出图" in version.preview_note
    assert not overdue_previews(at=datetime.now(UTC) + timedelta(hours=1)).exists()


def test_a_white_drawing_stands_on_dark(asset):
    asset.access = VIAccess.PUBLIC
    asset.save()
    white = SVG.replace(b"#216a3d", b"#ffffff").replace(b"M0 0h40v20H0z", b"M4 4h30v12H4z")
    version = published(asset, upload("白.svg", white))
    make_preview(version)
    version.refresh_from_db()
    with Image.open(version.preview_large) as large:
        assert max(large.getpixel((4, 4))) < 80


def test_a_picture_that_a_stopped_worker_left_is_found(asset):
    version = published(asset)
    assert not overdue_previews(at=version.created_at).exists()
    assert overdue_previews(at=version.created_at + timedelta(minutes=6)).get() == version
