"""The public library: filters with counts, search, pages, one asset with its files; and who keeps it."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brand.back_office.vi.forms import VIAssetForm
from brand.models import VIAccess, VIAsset, VICategory, VIColour, VIExample
from brand.vi.drafting import draft_of
from brand.vi.publishing import publish_version, withdraw_asset
from brand.vi.uploading import take_files
from tests.brand.test_vi_versions import SVG, png
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, ProductFactory, RegionFactory, RepresentativeFactory
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def lucheng(db):
    """The county that answers."""
    return county()


def asset(
    title: str = "潞城印", *, category: str = "logo", access: str = VIAccess.PUBLIC, files=None, **fields
) -> VIAsset:
    """Return a published asset."""
    made = VIAsset.objects.create(
        region=fields.pop("region", None) or RegionFactory(),
        category=VICategory.objects.get(slug=category),
        slug=fields.pop("slug", f"asset-{VIAsset.objects.count()}"),
        title=title,
        access=access,
        **fields,
    )
    take_files(made, files or [SimpleUploadedFile("印.svg", SVG)], by=None, at=AT)
    publish_version(version=draft_of(made), by=None, at=AT)
    made.refresh_from_db()
    return made


def page(client, path: str = "/brand/vi/", status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def titles(client, query: str) -> set[str]:
    found = client.get(f"/brand/vi/{query}").context["library"].assets
    return {one.title for one in found}


@pytest.fixture
def library() -> None:
    """Four assets that differ in everything that is filtered by."""
    asset("潞城印", keywords="logo 图标")
    asset("潞城标准字", category="wordmark", files=[SimpleUploadedFile("字.png", png())])
    asset("手提袋", category="bag", access=VIAccess.LICENSEES)
    asset("横幅", category="banner", access=VIAccess.MEMBERS,
          files=[SimpleUploadedFile("横幅.jpg", png("CMYK", kind="JPEG"))])  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"潞城印", "潞城标准字", "手提袋", "横幅"}),
        ("?system=basic", {"潞城印", "潞城标准字"}),
        ("?category=bag", {"手提袋"}),
        ("?format=cmyk", {"横幅"}),
        ("?format=svg", {"潞城印", "手提袋"}),
        ("?access=public", {"潞城印", "潞城标准字"}),
        ("?q=提袋", {"手提袋"}),
        ("?q=LOGO", {"潞城印"}),
        ("?q=潞城 字", {"潞城标准字"}),
        ("?q=招牌", set()),
        ("?system=basic&format=png", {"潞城标准字"}),
        ("?system=nonsense", set()),
        ("?q=%00", {"潞城印", "潞城标准字", "手提袋", "横幅"}),
        ("?page=99", {"潞城印", "潞城标准字", "手提袋", "横幅"}),
    ],
)
def test_the_filters_leave_what_is_asked_for(client, library, query, found):
    assert titles(client, query) == found


def test_each_choice_tells_how_many_it_would_leave(client, library):
    options = client.get("/brand/vi/?system=basic").context["library"].options
    counts = {name: {one.value: one.count for one in options[name]} for name in options}
    assert counts["system"] == {"": 4, "basic": 2, "application": 2}, "its own choice is left out"
    assert counts["category"] == {"": 2, "logo": 1, "wordmark": 1}
    assert counts["format"] == {"": 2, "svg": 1, "png": 1}
    assert counts["access"] == {"": 2, "public": 2}
    chosen = [one.query for one in options["access"] if one.value == "public"]
    assert chosen == ["?system=basic&access=public"], "what is chosen stays chosen"


def test_another_system_leaves_the_category_behind(client, library):
    options = client.get("/brand/vi/?category=logo").context["library"].options
    assert {one.value: one.query for one in options["system"]}["application"] == "?system=application"


def test_a_search_for_nothing_says_so_and_leads_back(client, library):
    words = page(client, "/brand/vi/?q=没有这样的东西")
    assert "没有同时合这几样的" in words
    assert "看全部" in words


def test_an_empty_library_says_so(client):
    assert "VI 库还是空的" in page(client)


def test_drafts_and_what_was_withdrawn_are_not_shown(client):
    withdrawn = asset("旧横幅")
    withdraw_asset(asset=withdrawn, reason="改图", by=None, at=AT)
    draft = VIAsset.objects.create(
        region=withdrawn.region, category=withdrawn.category, slug="draft", title="礼盒稿"
    )
    words = page(client)
    assert "旧横幅" not in words
    assert "礼盒稿" not in words
    for hidden in (withdrawn, draft):
        page(client, f"/brand/vi/{hidden.slug}/", 404)


def test_the_list_makes_at_most_five_queries_however_long(client):
    region = RegionFactory()
    for number in range(30):
        asset(f"袋 {number}", category="bag", region=region)
    page(client)
    with CaptureQueriesContext(connection) as asked:
        words = page(client, "/brand/vi/?category=bag&q=袋&page=2")
    assert len(asked) <= 5, [query["sql"][:90] for query in asked]
    assert "2 / 2" in words


def test_an_asset_of_another_county_is_not_here(client):
    asset(region=county("daning", default=False, name="大宁", adcode="141030"), slug="apple")
    page(client, "/brand/vi/apple/", 404)


# --- one asset ----------------------------------------------------------------------------------------


def test_the_page_of_an_asset_tells_all_there_is(client):
    made = asset(clear_space="0.25", least_mm=15, least_px=48, slug="seal", summary="印在上")
    VIColour.objects.create(asset=made, name="葱绿", hex="#216a3d", cmyk="69 0 42 58", pantone="349 C")
    VIExample.objects.create(asset=made, kind="dont", words="不拉宽")
    from brand.vi.previews import make_preview

    make_preview(made.versions.get())
    words = page(client, "/brand/vi/seal/")
    for told in (
        "葱绿",
        "#216A3D",
        "33 106 61",
        "69 0 42 58",
        "349 C",
        "不拉宽",
        "15",
        "48",
        "印在上",
        "印.svg",
    ):
        assert told in words, told
    assert 'class="vi-space"' in words
    assert reverse("association:vi_file", args=[made.versions.get().files.get().pk]) in words
    assert " style=" not in words, "the page carries a strict CSP"


def test_older_versions_stand_below_the_current_one(client):
    made = asset(slug="seal")
    take_files(made, [SimpleUploadedFile("新.png", png())], by=None, at=AT)
    version = draft_of(made)
    version.notes = "印大了 2 毫米"
    publish_version(version=version, by=None, at=AT)
    words = page(client, "/brand/vi/seal/")
    assert words.index("第 2 版") < words.index("第 1 版")
    assert "印大了 2 毫米" in words
    assert words.index("新.png") < words.index("印.svg")


def test_without_the_right_nothing_can_be_taken_and_it_is_said_why(client):
    made = asset("手提袋", access=VIAccess.LICENSEES, slug="bag")
    product = ProductFactory(name="潞城大葱 鲜葱", licensed=False, member__region=made.region)
    made.products.add(product)
    file = reverse("association:vi_file", args=[made.versions.get().files.get().pk])
    words = page(client, "/brand/vi/bag/")
    assert file not in words
    assert "潞城大葱 鲜葱" in words
    assert "/accounts/login/?next=/brand/vi/bag/" in words
    acting = RepresentativeFactory(member=product.member)
    client.force_login(acting.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert file not in page(client, "/brand/vi/bag/"), "a member without a licence"
    LicenceFactory(member=product.member, products=[product])
    answer = client.get("/brand/vi/bag/")
    assert file in answer.content.decode()
    assert "no-store" in answer["Cache-Control"], "the page is for this person alone"


def test_the_page_of_an_asset_keeps_its_queries_few(client):
    made = asset(slug="seal")
    for number in range(6):
        VIColour.objects.create(asset=made, name=f"色 {number}", hex="#112233")
        VIExample.objects.create(asset=made, kind="do", words=f"例 {number}")
    page(client, "/brand/vi/seal/")
    with CaptureQueriesContext(connection) as asked:
        page(client, "/brand/vi/seal/")
    assert len(asked) <= 8, [query["sql"][:90] for query in asked]


def test_without_a_session_the_page_is_the_same_for_everybody(client):
    asset(slug="seal")
    for path in ("/brand/vi/", "/brand/vi/seal/"):
        assert "Cookie" not in client.get(path).headers.get("Vary", ""), path


def test_english_pages_name_categories_in_english(client):
    asset(slug="seal")
    assert "Logo" in page(client, "/en/brand/vi/")


# --- the back office ----------------------------------------------------------------------------------


@pytest.fixture
def officer(client):
    user = person("brand_officer")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def desk(made: VIAsset, act: str = "") -> str:
    return reverse("brand-vi:act", args=[made.pk, act]) if act else reverse("brand-vi:files", args=[made.pk])


def test_an_officer_adds_an_asset_and_is_led_to_its_files(client, officer):
    region = RegionFactory()
    formsets = {
        f"{name}-{part}": "0"
        for name in ("colours", "examples")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    data = {
        "region": region.pk, "category": VICategory.objects.get(slug="bag").pk, "title": "手提袋",
        "slug": "bag", "summary": "", "keywords": "", "position": "10", "access": "members",
        "clear_space": "", "least_mm": "", "least_px": "", **formsets,
    }  # fmt: skip
    answer = client.post(reverse("brand-vi:add"), {**data, "slug": "basket"})
    assert answer.status_code == 200, "the address of the basket is taken"
    answer = client.post(reverse("brand-vi:add"), data)
    made = VIAsset.objects.get()
    assert answer["Location"] == desk(made)
    assert page(client, desk(made)).count("给下一版加文件")
    assert "手提袋" in page(client, reverse("brand-vi:index"))
    assert page(client, reverse("brand-vi:edit", args=[made.pk]))


def test_files_are_added_published_and_handed_out_in_the_back_office(client, officer):
    made = asset("手提袋", slug="bag")
    files = [SimpleUploadedFile("袋.svg", SVG + b"\n"), SimpleUploadedFile("坏.svg", b"<svg/>")]
    words = client.post(desk(made, "upload"), {"upload-chosen": files}, follow=True).content.decode()
    assert "加了 1 个文件" in words
    assert "坏.svg: 这不是 SVG 图。" in words
    made.refresh_from_db()
    assert draft_of(made).files.get().name == "袋.svg"
    client.post(desk(made, "publish"), {"publish-notes": "袋口加了出血"})
    assert made.versions.get(current=True).notes == "袋口加了出血"
    file = made.versions.get(current=True).files.get()
    answer = client.get(reverse("brand-vi:file", args=[file.pk]))
    assert b"".join(answer.streaming_content) == SVG + b"\n"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_upload_of_nothing_good_changes_nothing_and_says_why(client, officer):
    made = asset(slug="seal")
    bad = SimpleUploadedFile("坏.png", b"%PDF-1.4 no png")
    answer = client.post(desk(made, "upload"), {"upload-chosen": [bad]})
    assert answer.status_code == 400
    assert "内容却是 PDF" in answer.content.decode()
    assert draft_of(made) is None


def test_a_withdrawn_asset_leaves_the_library_at_once(client, officer):
    made = asset(slug="seal")
    client.post(desk(made, "withdraw"), {"withdraw-reason": "改图"})
    page(client, "/brand/vi/seal/", 404)
    client.post(desk(made, "offer"), {"offer-reason": "改好了"})
    page(client, "/brand/vi/seal/")


def test_editing_never_brings_back_what_was_withdrawn_meanwhile(client, officer, monkeypatch):
    made = asset("手提袋", slug="bag")
    read = VIAssetForm.is_valid

    def withdrawn_meanwhile(form):
        VIAsset.objects.filter(pk=made.pk).update(state=VIAsset.State.WITHDRAWN)
        return read(form)

    monkeypatch.setattr(VIAssetForm, "is_valid", withdrawn_meanwhile)
    formsets = {
        f"{name}-{part}": "0"
        for name in ("colours", "examples")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    data = {
        "region": made.region_id, "category": made.category_id, "title": "新手提袋", "slug": "bag",
        "summary": "", "keywords": "", "position": "10", "access": made.access,
        "clear_space": "", "least_mm": "", "least_px": "", **formsets,
    }  # fmt: skip
    assert client.post(reverse("brand-vi:edit", args=[made.pk]), data).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.state) == ("新手提袋", VIAsset.State.WITHDRAWN)


def test_a_file_is_taken_out_by_post_only(client, officer):
    made = asset(slug="seal")
    take_files(made, [SimpleUploadedFile("新.png", png())], by=None, at=AT)
    file = draft_of(made).files.get()
    remove = reverse("brand-vi:remove_file", args=[file.pk])
    assert client.get(remove).status_code == 302
    assert draft_of(made).files.exists()
    assert client.post(remove).status_code == 302
    assert not draft_of(made).files.exists()
    assert client.post(remove).status_code == 302, "a second officer is told, nothing breaks"


@pytest.mark.parametrize("role", ["member", "editor", "clerk"])
def test_who_does_not_keep_the_library_gets_nothing_here(client, role):
    made = asset(slug="seal")
    client.force_login(person(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    file = made.versions.get().files.get()
    for path in (desk(made), reverse("brand-vi:file", args=[file.pk])):
        assert client.get(path).status_code in {302, 403}
    assert client.post(desk(made, "withdraw"), {"withdraw-reason": "x"}).status_code in {302, 403}
    made.refresh_from_db()
    assert made.is_published
