"""Rules, standards, trademarks, films in the back office: forms, table, renewal, private papers."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from association.models import BrandFilm
from brand.models import Act, Filing, FilingPaper, Rule, Standard, Trademark
from tests.factories.accounts import person
from tests.factories.brand import RegionFactory
from tests.factories.films import film
from tests.factories.pages import brand_page, county
from tests.factories.trademarks import FilingFactory, TrademarkFactory

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def officer(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
    }
    client.force_login(person("brand_officer"), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def edition(**facts):
    return {
        "label": "第一版", "in_force_from": "2026-01-01", "withdrawn_on": "", "changes": "", "id": "",
        "file": SimpleUploadedFile("办法.pdf", PDF), **facts,
    }  # fmt: skip


def rule_form(region, *editions):
    return nested_form_data(
        {
            "region": region.pk, "title": "用标管理办法", "slug": "use", "about": "谁能用。",
            "issued_by": "协会",
            "position": "10", "is_public": "on", "editions": inline_formset(list(editions)),
        }
    )  # fmt: skip


def test_a_rule_is_entered_with_its_first_edition(officer):
    answer = officer.post(reverse("brand-rules:add"), rule_form(RegionFactory(), edition()))
    assert answer.status_code == 302, answer.context["form"].errors
    [kept] = Rule.objects.get().editions.all()
    assert (kept.label, kept.size, kept.file.read()) == ("第一版", len(PDF), PDF)
    assert "第一版 · 2026-01-01" in officer.get(reverse("brand-rules:index")).content.decode()
    assert officer.get(reverse("brand-rules:edit", args=[kept.rule_id])).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"file": SimpleUploadedFile("办法.pdf", b"PK\x03\x04 a word document")}, "不是 PDF"),
        ({"file": SimpleUploadedFile("办法.pdf", PDF), "withdrawn_on": "2025-01-01"}, "废止日期"),
    ],
)
def test_an_edition_that_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(officer, wrong, says):
    answer = officer.post(reverse("brand-rules:add"), rule_form(RegionFactory(), edition(**wrong)))
    assert answer.status_code == 200 and says in answer.content.decode()
    assert not Rule.objects.exists()


def test_a_standard_of_others_is_linked_instead_of_copied(officer):
    facts = {
        "region": RegionFactory().pk, "number": "GB/T 1", "title": "检测", "slug": "gb-t-1",
        "level": "national",
        "stage": "processing", "about": "", "issued_by": "", "is_public": "on",
    }  # fmt: skip
    neither = inline_formset([{**edition(), "file": "", "link": ""}])
    answer = officer.post(reverse("brand-standards:add"), nested_form_data({**facts, "editions": neither}))
    assert answer.status_code == 200 and "传上 PDF" in answer.content.decode()
    linked = inline_formset([{**edition(), "file": "", "link": "https://openstd.samr.gov.cn/"}])
    answer = officer.post(reverse("brand-standards:add"), nested_form_data({**facts, "editions": linked}))
    assert answer.status_code == 302, answer.context["form"].errors
    assert Standard.objects.get().editions.get().link


def filing_form(mark, **facts):
    return nested_form_data(
        {
            "trademark": mark.pk, "nice_class": "31", "number": "示例1", "state": "applied",
            "applied_on": "2024-03-01", "published_on": "", "registered_on": "", "expires_on": "",
            "goods": "", "agent": "", "note": "", "papers": inline_formset([]), **facts,
        }
    )  # fmt: skip


def test_a_registration_gets_its_ten_years_and_a_line_in_the_trail(officer):
    filing = FilingFactory()
    url = reverse("brand-filings:edit", args=[filing.pk])
    registered = {"state": "registered", "registered_on": "2025-03-14", "number": filing.number}
    answer = officer.post(url, filing_form(filing.trademark, **registered))
    assert answer.status_code == 302, answer.context["form"].errors
    filing.refresh_from_db()
    assert filing.expires_on == date(2035, 3, 13)
    assert Act.objects.get(verb="changed").detail["state"] == ["applied", "registered"]
    page = officer.get(url).content.decode()
    assert "改动" in page


def test_dates_out_of_order_are_refused_in_words(officer):
    mark = TrademarkFactory()
    answer = officer.post(reverse("brand-filings:add"), filing_form(mark, published_on="2020-01-01"))
    assert answer.status_code == 200 and "日期前后不对" in answer.content.decode()
    assert not Filing.objects.exists()


def test_the_table_leads_to_a_form_with_trademark_and_class_filled_in(officer):
    mark = TrademarkFactory()
    FilingFactory(trademark=mark, nice_class=30, state="planned", applied_on=None)
    table = officer.get(reverse("brand-trademarks:matrix")).content.decode()
    assert "打算申请" in table and table.count('class="tm-number"') == 45
    add = f"{reverse('brand-filings:add')}?trademark={mark.pk}&amp;nice_class=29"
    assert add in table
    form = officer.get(add.replace("&amp;", "&")).context["form"]
    assert (form.instance.trademark, form.instance.nice_class) == (mark, 29)
    assert officer.get(reverse("brand-filings:add") + "?trademark=x&nice_class=99").status_code == 200


def test_an_empty_register_says_what_to_do(officer):
    assert "登记一个商标" in officer.get(reverse("brand-trademarks:matrix")).content.decode()
    for name in (
        "brand-trademarks:index",
        "brand-trademarks:add",
        "brand-filings:index",
        "brand-filings:add",
    ):
        assert officer.get(reverse(name)).status_code == 200


def test_many_classes_are_filed_at_once(officer):
    mark = TrademarkFactory()
    FilingFactory(trademark=mark, nice_class=31)
    url = reverse("brand-trademarks:file", args=[mark.pk])
    assert 'value="31"' not in officer.get(url).content.decode()
    answer = officer.post(url, {"classes": ["29", "30"], "applied_on": "2026-03-01"})
    assert answer.status_code == 302
    assert list(mark.filings.values_list("nice_class", "state").order_by("nice_class")) == [
        (29, "applied"), (30, "applied"), (31, "applied"),
    ]  # fmt: skip
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    late = officer.post(url, {"classes": ["1"], "applied_on": tomorrow})
    assert late.status_code == 400 and "这一天还没到" in late.content.decode()
    nothing = officer.post(url, {"classes": []})
    assert nothing.status_code == 400 and "至少选一类" in nothing.content.decode()
    assert mark.filings.count() == 3


def renewable() -> Filing:
    """A registration that ends in half a year."""
    begun = timezone.localdate() - timedelta(days=int(365.25 * 9.5))
    return FilingFactory(registered=True, registered_on=begun, applied_on=begun - timedelta(days=300))


def test_a_renewal_is_entered_once_whoever_presses_second(officer):
    filing = renewable()
    before = filing.expires_on
    url = reverse("brand-filings:renew", args=[filing.pk])
    assert url in officer.get(reverse("brand-filings:edit", args=[filing.pk])).content.decode()
    data = {"note": "续展 1 号", "expires_on": str(before)}
    assert officer.post(url, data).status_code == 302
    again = officer.post(url, data)
    assert again.status_code == 400 and "刚才有人改过" in again.content.decode()
    filing.refresh_from_db()
    assert (filing.expires_on.year, Act.objects.filter(verb="renewed").count()) == (before.year + 10, 1)


def test_a_renewal_without_a_proof_or_too_early_changes_nothing(officer):
    filing = renewable()
    url = reverse("brand-filings:renew", args=[filing.pk])
    assert officer.post(url, {"note": "", "expires_on": str(filing.expires_on)}).status_code == 400
    early = FilingFactory(registered=True)
    url = reverse("brand-filings:renew", args=[early.pk])
    answer = officer.post(url, {"note": "x", "expires_on": str(early.expires_on)})
    assert answer.status_code == 400 and "2034-03-13" in answer.content.decode()
    assert not Act.objects.exists()


def test_a_paper_is_kept_privately_and_handed_to_officers_only(officer, client, settings):
    mark = TrademarkFactory()
    paper = {"kind": "certificate", "dated_on": "", "id": "", "file": SimpleUploadedFile("证.pdf", PDF)}
    answer = officer.post(reverse("brand-filings:add"), filing_form(mark, papers=inline_formset([paper])))
    assert answer.status_code == 302, answer.context["form"].errors
    kept = FilingPaper.objects.get()
    url = reverse("brand-filings:paper", args=[kept.pk])
    edit = officer.get(reverse("brand-filings:edit", args=[kept.filing_id])).content.decode()
    assert url in edit and "/media/trademarks" not in edit
    found = officer.get(url)
    assert b"".join(found.streaming_content) == PDF
    assert found["Content-Disposition"].startswith("attachment")
    assert (found["X-Content-Type-Options"], "no-store" in found["Cache-Control"]) == ("nosniff", True)
    client.force_login(person("editor"), backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert client.get(url).status_code in {302, 403}
    client.logout()
    assert client.get(url).status_code == 302


def test_a_paper_that_is_none_is_refused(officer):
    paper = {"kind": "other", "dated_on": "", "id": "", "file": SimpleUploadedFile("证.pdf", b"MZ\x90")}
    form = filing_form(TrademarkFactory(), papers=inline_formset([paper]))
    answer = officer.post(reverse("brand-filings:add"), form)
    assert answer.status_code == 200 and "传 PDF，或者给纸拍张照" in answer.content.decode()
    assert not Filing.objects.exists()


def test_the_register_can_be_taken_as_a_workbook(officer):
    filing = FilingFactory(registered=True)
    answer = officer.get(reverse("brand-trademarks:workbook") + "?county=lucheng")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert filing.number in [cell.value for cell in load_workbook(BytesIO(answer.content)).worksheets[1][2]]


@pytest.mark.parametrize("role", ["editor", "clerk", "teacher"])
def test_others_have_no_business_with_the_register(client, db, settings, role):
    county()
    client.force_login(person(role), backend=settings.AUTHENTICATION_BACKENDS[-1])
    mark = TrademarkFactory()
    filing = FilingFactory(trademark=mark)
    for name, args in (
        ("brand-trademarks:matrix", []), ("brand-trademarks:workbook", []),
        ("brand-trademarks:file", [mark.pk]),
        ("brand-filings:renew", [filing.pk]), ("brand-filings:edit", [filing.pk]), ("brand-rules:index", []),
    ):  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code in {302, 403}, name
    assert (
        client.post(reverse("brand-trademarks:file", args=[mark.pk]), {"classes": ["1"]}).status_code != 200
    )
    assert Trademark.objects.get().filings.count() == 1


def test_an_editor_adds_a_film_and_hears_what_is_wrong_with_one(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    region = county()
    client.force_login(person("editor"), backend=settings.AUTHENTICATION_BACKENDS[-1])
    facts = {"region": region.pk, "title": "霜降以后", "words": "起葱。", "poster": ""}
    wrong = client.post(reverse("brand-films:add"), {**facts, "video": SimpleUploadedFile("film.mp4", PDF)})
    assert wrong.status_code == 200 and "不是 MP4" in wrong.content.decode()
    right = client.post(
        reverse("brand-films:add"), {**facts, "video": SimpleUploadedFile("f.mp4", film().read())}
    )
    assert right.status_code == 302, right.context["form"].errors
    kept = BrandFilm.objects.get()
    assert kept.poster and kept.seconds == 2
    changed = client.post(
        reverse("brand-films:edit", args=[kept.pk]), {**facts, "title": "立冬", "video": ""}
    )
    assert changed.status_code == 302
    assert BrandFilm.objects.get().video.name == kept.video.name


@pytest.mark.parametrize("model", ["rulespage", "standardspage", "trademarkspage", "presspage"])
def test_a_brand_officer_opens_the_form_of_each_page_below_the_brand(officer, model):
    from accounts.groups import sync_roles

    page = brand_page(county())
    sync_roles()
    answer = officer.get(reverse("wagtailadmin_pages:add", args=["association", model, page.pk]))
    assert answer.status_code == 200 and "标题" in answer.content.decode()
