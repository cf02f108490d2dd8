"""The public pages: every verdict in words, the record with what is missing, and what is kept by whom."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from record.codes.issuing import issue_codes
from record.codes.voiding import void_code
from record.events.items import Item
from record.links import ProductLink
from record.models import BatchInput, Code
from record.recall.act import recall_batch
from record.scans.devices import COOKIE
from record.scans.recording import record_scan
from telemetry.models import Device, Reading
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory, RegionFactory
from tests.factories.record import (
    NOW,
    BatchFactory,
    CertificationFactory,
    LaboratoryReportFactory,
    Stage,
    active_code,
    event,
    sellable_batch,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def text(answer):
    """Return what a visitor reads, tags and break hints taken out."""
    body = re.sub(r"<wbr>", "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def page(client, code, status=200):
    answer = client.get(f"/trace/{code.serial}/")
    assert answer.status_code == status
    return text(answer)


def test_first_then_again(client, django_user_model):
    code = active_code()
    mine = text(client.get(f"/t/{code.serial}", follow=True))
    assert "是真的，你是第一个查它的人" in mine
    other = type(client)()
    assert "是真的，之前有人查过" in text(other.get(f"/t/{code.serial}", follow=True))
    again = page(client, code)
    assert "一共查过 2 次" in again
    assert "第一次是你" in again
    assert "这部手机" in again
    assert "别的手机" in again


def test_the_same_phone_stays_first(client):
    code = active_code()
    for _ in range(3):
        seen = text(client.get(f"/t/{code.serial}", follow=True))
    assert "你是第一个查它的人" in seen
    assert "查过 3 次，都是这部手机" in seen


def test_looking_is_no_scan(client):
    code = active_code()
    assert "还没有别人查过" in page(client, code)
    code.refresh_from_db()
    assert code.scan_count == 0


def test_not_active(client):
    batch = sellable_batch()
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    assert "码还没启用，先别当真货" in page(client, Code.objects.get())


def test_recalled_says_why_and_what_to_do(client):
    code = active_code()
    recall_batch(batch=code.batch, reason="复检有一项没达标", advice="收好包装，全额退。", at=NOW)
    seen = page(client, code)
    for words in ("这一批正在召回，请不要吃", "复检有一项没达标", "收好包装，全额退。", "打电话问协会"):
        assert words in seen
    assert "农残合格" not in seen


def test_void_says_why_and_vouches_for_nothing(client):
    code = active_code()
    void_code(serial=code.serial, reason="包装印坏了", at=NOW)
    seen = page(client, code)
    assert "这个码已经作废" in seen
    assert "包装印坏了" in seen
    assert "一路怎么来" not in seen


def test_suspicious_counts_the_phones(client, settings):
    settings.TRACE_SUSPICIOUS_DEVICES = 2
    code = active_code()
    for phone in range(3):
        record_scan(serial=code.serial, device=f"{phone:032d}", place=None, at=NOW)
    seen = page(client, code)
    assert "码是真的，货可能不是" in seen
    assert "3 部手机" in seen


def test_an_unknown_code_is_not_found_and_says_so(client):
    RegionFactory()
    answer = client.get("/trace/7KQXM3RTW9HV4CND/")
    assert answer.status_code == 404
    assert "没有这个码" in text(answer)
    assert "7KQXM3RTW9HV4CND" in answer.content.decode()


def test_a_bound_code_without_batch_has_a_page(client):
    issue_codes(product=ProductFactory(), quantity=1, at=NOW)
    assert "码还没启用" in page(client, Code.objects.get())


def test_the_whole_record_is_there(client):
    member = MemberFactory(name="张家河大葱专业合作社")
    product = ProductFactory(member=member, licensed=False)
    licence = LicenceFactory(member=member, products=[product])
    CertificationFactory(product=product)
    code = active_code(sellable_batch(product=product))
    event(code.batch, Stage.PLANTING, day="2026-06-12", title="移栽", inputs=[Item("葱苗", "41000", "株")])
    event(code.batch, attested_by="过磅员 张建", responsible=member)
    answer = client.get(f"/trace/{code.serial}/")
    seen = text(answer)
    for words in (
        "葱苗 41,000 株",
        "过磅员 张建 见证",
        "承诺达标合格证",
        "不使用禁用农药，常规农药残留不超标",
        "自行检测",
        "0355-000 0000",
        "抑制率 6.2%",
        "地理标志",
        "有用标授权",
        "14 项记录，记了 9 项",
        "没记的：怎么分拣包装的",
        code.batch.lot,
        code.product.gtin,
    ):
        assert words in seen, words
    assert seen.count("未记录") >= 5
    assert f"/brand/licences/{licence.number}/" in answer.content.decode()


def test_a_licence_that_ended_is_shown_at_once(client):
    code = active_code()
    licence = code.product.licences.get()
    assert "有用标授权" in page(client, code)
    licence.state = "revoked"
    licence.save()
    seen = page(client, code)
    assert "用标授权不在有效期" in seen
    assert "撤销" in seen


def test_a_record_is_read_again_when_the_batch_changes(client):
    code = active_code()
    page(client, code)
    event(code.batch, title="第三遍培土")
    assert "第三遍培土" in page(client, code)


def test_things_that_do_not_grow_are_not_asked_when_they_were_planted(client):
    product = ProductFactory(name="玻璃壶", needs_certificate=False)
    code = active_code(BatchFactory(product=product, planted_on=None, harvested_on=None))
    seen = page(client, code)
    assert "8 项记录" not in seen
    assert "9 项记录" in seen
    for words in ("种子从哪来", "采收", "承诺达标合格证"):
        assert words not in seen


def test_a_positive_test_shows_beside_its_laboratory_report(client):
    batch = sellable_batch()
    LaboratoryReportFactory(test__batch=batch, number="SXJC-118")
    seen = page(client, active_code(batch))
    assert "快检阳性" in seen
    assert "SXJC-118" in seen


def test_input_batches_are_named(client):
    source = sellable_batch(lot="RAW1")
    code = active_code()
    BatchInput.objects.create(batch=code.batch, source=source)
    assert "RAW1" in page(client, code)


def test_links_of_other_areas(client, settings):
    settings.TRACE_LINK_PROVIDERS = [f"{__name__}.links"]
    assert "再买一捆" in page(client, active_code())


def links(product):
    return [ProductLink(kind="buy", label="再买一捆", url="/shop/x/")]


def test_the_page_wears_the_county_of_the_product(client):
    RegionFactory()
    region = RegionFactory(slug="wenxi", name="闻喜", adcode="140823")
    product = ProductFactory(member=MemberFactory(region=region))
    answer = client.get(f"/trace/{active_code(sellable_batch(product=product)).serial}/")
    assert 'data-region="wenxi"' in answer.content.decode()


def test_who_may_keep_which_page(client):
    code = active_code()
    gtin = code.product.gtin
    verdict = client.get(f"/trace/{code.serial}/")["Cache-Control"]
    assert {"private", "no-store"} <= set(verdict.replace(" ", "").split(","))
    for path in (f"/trace/batches/{gtin}/{code.batch.lot}/", f"/trace/products/{gtin}/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies


def test_batch_pages_are_found_in_any_case_and_show_a_recall(client):
    code = active_code(sellable_batch(lot="LC1"))
    path = f"/trace/batches/{code.product.gtin}/lc1/"
    assert "这是整批的记录" in text(client.get(path))
    recall_batch(batch=code.batch, reason="复检有一项没达标", at=NOW)
    assert "这一批正在召回" in text(client.get(path))
    assert client.get(f"/trace/batches/{code.product.gtin}/NOSUCH/").status_code == 404
    assert client.get("/trace/products/06901234567892/").status_code == 404


def test_a_product_page_lists_its_batches(client):
    batch = sellable_batch()
    assert batch.lot in text(client.get(f"/trace/products/{batch.product.gtin}/"))


@pytest.mark.parametrize(
    "shape", ["{serial}", "  {grouped} ", "https://x.cn/t/{serial}", "{link}", "/en/trace/{serial}/"]
)
def test_typing_a_code_is_a_scan_and_leads_to_the_record(client, shape):
    code = active_code()
    typed = shape.format(
        serial=code.serial.lower(),
        grouped="-".join(code.serial[at : at + 4] for at in range(0, 16, 4)),
        link=f"HTTPS://FENGTU.CN/01/{code.product.gtin}/21/{code.serial}",
    )
    answer = client.get("/trace/", {"code": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/trace/{code.serial}/")
    assert COOKIE in answer.cookies
    code.refresh_from_db()
    assert code.scan_count == 1


def test_typing_a_barcode_leads_to_the_product(client):
    product = ProductFactory()
    answer = client.get("/trace/", {"code": product.gtin[1:]})
    assert answer["Location"] == f"/trace/products/{product.gtin}/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("7KQX M3RT W9HV 4CN0", "码里没有 0"),
        ("7KQX M3RT W9HV 4CN", "少了 1 位"),
        ("7KQX M3RT W9HV 4CND 22", "多了 2 位"),
        ("06971406000015", "校验位不对"),
        ('"><script>alert(1)</script>', "码里没有"),
    ],
)
def test_what_cannot_be_a_code_says_why_and_keeps_what_was_typed(client, typed, words):
    RegionFactory()
    answer = client.get("/trace/", {"code": typed})
    assert answer.status_code == 400
    assert words in text(answer)
    body = answer.content.decode()
    assert "<script>alert" not in body
    assert 'aria-invalid="true"' in body
    assert answer.context["code"] == typed


def test_an_unknown_code_that_was_typed_is_not_found(client):
    RegionFactory()
    answer = client.get("/trace/", {"code": "7KQX M3RT W9HV 4CND"})
    assert answer.status_code == 404
    assert "没有这个码" in text(answer)


def test_english(client):
    code = active_code()
    assert client.get("/en/trace/", {"code": code.serial})["Location"] == f"/en/trace/{code.serial}/"
    seen = text(client.get(f"/en/trace/{code.serial}/"))
    assert "It is genuine, and you are the first to check it" in seen
    assert "Not recorded:" in seen
    assert "is void" not in seen


def test_a_phone_without_cookies_is_not_told_of_itself(client):
    code = active_code()
    client.get(f"/t/{code.serial}")
    client.cookies.clear()
    assert "还没有别人查过" in page(client, code)
    Code.objects.update(first_scanned_at=timezone.now() - timedelta(minutes=2))
    assert "之前有人查过" in page(client, code)


def test_few_queries(client, django_assert_max_num_queries):
    code = active_code()
    LicenceFactory(member=code.product.member, products=[code.product])
    CertificationFactory(product=code.product)
    for day in range(10, 28):
        event(code.batch, day=f"2026-10-{day}")
    for phone in range(3):
        record_scan(serial=code.serial, device=f"{phone:032d}", place=None, at=NOW)
    device = Device.objects.create(base=code.batch.base, device_id="ZJH-01", online=True, last_seen=NOW)
    Reading.objects.create(device=device, at=NOW, received_at=NOW, values={"temperature": 6.4})
    page(client, code)  # telemetry learns the metrics once a process
    cache.clear()
    with django_assert_max_num_queries(8):
        page(client, code)
