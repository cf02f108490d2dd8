"""What everybody sees of licensing: the history, publicity, objections, revoked licences."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from association.licences.guessing import MISSES_ALLOWED
from brand.acts.models import record_act
from brand.licences.acts import revoke_licence, suspend_licence
from brand.licences.decisions import license_application
from brand.licences.papers import check_word, correct_words
from brand.licences.publicity.objections import answer_objection
from brand.models import Objection
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory
from tests.factories.licences import PDF, published, submitted
from tests.factories.pages import county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region():
    cache.clear()
    return county()


@pytest.fixture
def public(region):
    return published(at=timezone.now(), tie__member=MemberFactory(region=region))


def body(client, address: str, **query) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_publicity_names_member_products_uses_and_days(client, public) -> None:
    listed = body(client, "/brand/licences/publicity/")
    assert public.number in listed and public.member.name in listed
    page = body(client, f"/brand/licences/publicity/{public.number}/")
    product = public.wanted.get().product
    for words in (public.brand_name, product.name, "60,000", "31 ", f"{public.publicity_to.day} 日"):
        assert words in page
    assert public.purpose not in page and "business.pdf" not in page


def test_nothing_is_public_before_and_after(client, region) -> None:
    early = submitted(tie__member=MemberFactory(region=region))
    assert early.number not in body(client, "/brand/licences/publicity/")
    assert client.get(f"/brand/licences/publicity/{early.number}/").status_code == 404
    assert client.get("/brand/licences/publicity/LC-SQ-2026-9999/").status_code == 404
    # nor does the form tell which numbers were given out
    assert client.get(f"/brand/licences/publicity/{early.number}/object/").status_code == 404
    over = published(tie__member=MemberFactory(region=region))
    licence = license_application(application=over, by=person("brand_officer"), at=timezone.now())
    assert client.get(f"/brand/licences/publicity/{over.number}/").url == f"/brand/licences/{licence.number}/"


def test_anybody_objects_and_reads_the_answer_under_the_receipt(client, public) -> None:
    address = f"/brand/licences/publicity/{public.number}/object/"
    assert "no-cache" in client.get(address)["Cache-Control"]
    photo = SimpleUploadedFile("收据.pdf", PDF)
    answer = client.post(
        address, {"words": "葱是从外地拉来的，有收据。", "contact": "13800001234", "papers": [photo]}
    )
    objection = Objection.objects.get()
    assert answer.url == f"/brand/licences/publicity/receipts/{objection.receipt}/"
    page = body(client, answer.url)
    assert objection.receipt in page
    assert "外地拉来" not in page and "13800001234" not in page
    answer_objection(
        objection=objection,
        upheld=False,
        answer="台账对得上。",
        by=person("brand_officer"),
        at=timezone.now(),
    )
    found = client.get("/brand/licences/publicity/receipts/", {"receipt": f" {objection.receipt.lower()} "})
    assert "台账对得上。" in body(client, found.url)


def test_an_objection_without_words_or_with_a_bad_file_is_refused(client, public) -> None:
    address = f"/brand/licences/publicity/{public.number}/object/"
    bad = SimpleUploadedFile("病毒.pdf", b"MZ")
    for typed in ({"words": "不行"}, {"words": "葱是从外地拉来的，有收据。", "papers": [bad]}):
        answer = client.post(address, typed)
        assert answer.status_code == 400 and typed["words"] in answer.content.decode()
    assert not Objection.objects.exists()


def test_too_late_to_object_is_said_and_nothing_is_kept(client, region) -> None:
    over = published(tie__member=MemberFactory(region=region), at=timezone.now() - timedelta(days=9))
    address = f"/brand/licences/publicity/{over.number}/object/"
    assert [client.get(address).status_code, client.post(address, {"words": "x" * 20}).status_code] == [
        410,
        410,
    ]
    assert not Objection.objects.exists()
    assert f"{over.number}/object/" not in body(client, f"/brand/licences/publicity/{over.number}/")


def test_one_visitor_does_not_bury_the_office(client, public) -> None:
    address = f"/brand/licences/publicity/{public.number}/object/"
    answers = [
        client.post(address, {"words": f"第 {n} 次说同一件事情，一字不改"}).status_code for n in range(6)
    ]
    assert answers == [302] * 5 + [429]
    assert Objection.objects.count() == 5


def test_receipts_are_not_guessed(client, public) -> None:
    unknown = "/brand/licences/publicity/receipts/AAAAA-AAAAA/"
    answers = [client.get(unknown).status_code for _ in range(MISSES_ALLOWED + 1)]
    assert answers == [404] * MISSES_ALLOWED + [429]


def test_the_check_page_tells_the_history_with_reasons_and_without_people(client, region) -> None:
    officer = person("brand_officer", last_name="郝", first_name="国平")
    licence = LicenceFactory(member=MemberFactory(region=region))
    record_act(licence, "issued", by=officer, at=timezone.now(), note="内部的话")
    suspend_licence(licence=licence, reason="抽检两次不合格。", by=officer, at=timezone.now())
    page = body(client, f"/brand/licences/{licence.number}/")
    assert "抽检两次不合格。" in page
    assert "内部的话" not in page and "国平" not in page


def test_the_check_page_shows_what_was_printed_even_after_a_change_of_name(client, region) -> None:
    member = MemberFactory(region=region, name="老名字合作社")
    product = ProductFactory(member=member, licensed=False)
    licence = LicenceFactory(
        member=member, products=[product], uses=["signs", "online"], trademark_classes=[31, 35]
    )
    licence.covers.update(quantity=12_345)
    correct_words(licence, by=person("brand_officer"), at=timezone.now())
    member.name = "新名字合作社"
    member.save()
    page = body(client, f"/brand/licences/{licence.number}/")
    for words in ("老名字合作社", "12,345", product.gtin, "31 ", "35 ", check_word(licence.printed)):
        assert words in page


def test_a_renewed_licence_and_its_successor_name_one_another(client, region) -> None:
    old = LicenceFactory(member=MemberFactory(region=region))
    new = LicenceFactory(member=old.member, renews=old)
    assert new.number in body(client, f"/brand/licences/{old.number}/")
    assert old.number in body(client, f"/brand/licences/{new.number}/")


def test_a_long_history_takes_no_more_queries(client, region, django_assert_max_num_queries) -> None:
    licence = LicenceFactory(member=MemberFactory(region=region))
    for _ in range(5):
        record_act(licence, "suspended", by=None, at=timezone.now(), note="x")
    body(client, f"/brand/licences/{licence.number}/")
    with django_assert_max_num_queries(6):
        body(client, f"/brand/licences/{licence.number}/")


def test_revoked_licences_are_listed_with_day_and_reason(client, region) -> None:
    revoked = LicenceFactory(member=MemberFactory(region=region))
    fine = LicenceFactory(member=MemberFactory(region=region))
    assert revoked.number not in body(client, "/brand/licences/revoked/")
    revoke_licence(licence=revoked, reason="外地葱贴标出售。", by=person("brand_officer"), at=timezone.now())
    page = body(client, "/brand/licences/revoked/")
    assert revoked.number in page and "外地葱贴标出售。" in page
    assert fine.number not in page
    daning = county("daning", default=False, name="大宁", full_name="山西省临汾市大宁县", adcode="141030")
    elsewhere = client.get("/brand/licences/revoked/", HTTP_HOST=daning.site.hostname)
    assert revoked.number not in elsewhere.content.decode()


def test_public_lists_are_kept_for_everybody_and_cheap(client, public, django_assert_max_num_queries) -> None:
    for address in ("/brand/licences/publicity/", "/brand/licences/revoked/", "/brand/licences/"):
        body(client, address)
        with django_assert_max_num_queries(6):
            answer = client.get(address)
        assert not answer.cookies and "csrf" not in answer.content.decode().lower()
    assert reverse("association:publicity") in body(client, "/brand/licences/")
