"""A member, product, base, device and batch made in the back office go the same way as those of the demo."""

import csv
import io
import json
import time
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.conftest import PHONE
from tests.e2e.running import Product

MEMBER, COUNTY, GTIN = "西流南菜农合作社", "潞城", "06971406009901"
BASE, SLUG, DEVICE, LOT = "西流南旱地西红柿园", "xiliunan-tomatoes", "XLN-01", "XHS-01"
LIVE = f"[data-live-base={SLUG}]"


def day(days_ago: int) -> str:
    return f"{timezone.localtime() - timedelta(days=days_ago):%Y-%m-%d}"


def make_product(officer: BackOffice) -> None:
    """Make the member, then its product; a miscopied GTIN is refused first."""
    member = {"region": COUNTY, "name": MEMBER, "slug": "xiliunan-coop", "kind": "合作社"}
    officer.create(
        "brand-members/new/", member | {"credit_code": "93140406MA0WD20263", "phone": "0355-6770000"}
    )
    officer.open("brand-products/new/")
    facts = {"region": COUNTY, "member": MEMBER, "name": "旱地西红柿", "pack_size": "2.5 千克一箱"}
    officer.fill(facts | {"slug": "handi-tomato", "gtin": GTIN[:-1] + "7"})
    officer.save()
    officer.sees_refusal(f"最后一位应该是 {GTIN[-1]}")
    assert officer.value("pack_size") == "2.5 千克一箱"
    assert officer.value("gtin") == GTIN[:-1] + "7"
    officer.fill({"gtin": GTIN})
    officer.save()
    officer.sees_done()


def make_base(operator: BackOffice) -> None:
    facts = {"region": COUNTY, "name": BASE, "slug": SLUG, "place": "合室乡西流南村", "crops": "旱地西红柿"}
    operator.create("telemetry-bases/new/", facts)


def make_device(operator: BackOffice) -> dict[str, str]:
    """Make the station and copy its password, which is shown this once."""
    operator.open("devices/new/")
    operator.fill({"base": BASE, "device_id": DEVICE, "name": "园子中间的气象站"})
    operator.save()
    password = operator.page.locator("#device-password").inner_text()
    operator.page.get_by_role("link", name="记好了").click()
    operator.page.get_by_role("link", name=DEVICE, exact=True).click()
    assert password not in operator.page.content()
    return {"id": DEVICE, "password": password}


def make_batch(operator: BackOffice) -> str:
    """Make the batch and return the path of its desk."""
    operator.create(
        "record-batches/new/",
        {"product": "旱地西红柿 2.5 千克一箱", "base": BASE, "lot": LOT.lower(), "plot": "东坡 2 号地"}
        | {"planted_on": day(100), "harvested_on": day(2), "quantity": "800"},
    )
    operator.page.locator(".messages").get_by_role("link", name="发码、标签、召回").click()
    return operator.page.url.partition("/cms/")[2]


def record(operator: BackOffice, stage: str, title: str, at: str) -> None:
    operator.fill(
        {"stage": stage, "title": title, "at": f"{at} 08:30", "place": "东坡 2 号地", "actor": "李长根"}
    )
    operator.save()


def record_events(operator: BackOffice, phone: BackOffice, desk: str) -> None:
    """Record planting at the desk and the harvest on a phone in the field; impossible dates are refused."""
    operator.open(desk)
    operator.page.get_by_role("link", name="记一件事").click()
    record(operator, "种植", "移栽", day(100))
    operator.sees_done()
    phone.open(desk)
    phone.page.get_by_role("link", name="记一件事").click()
    assert phone.fits()
    record(phone, "生产", "头茬采收", day(101))
    phone.sees_refusal(f"{day(100)} 才种下")
    assert phone.value("title") == "头茬采收"
    phone.fill({"at": f"{day(2)} 08:30"})
    phone.save()
    phone.sees_done()


def add_certificate(operator: BackOffice) -> None:
    operator.page.get_by_role("link", name="证书").first.click()
    promise = {"promises": "不使用禁用农药，农残不超标", "basis": "质量安全控制", "product_name": "旱地西红柿"}
    maker = {
        "quantity": "800 千克",
        "origin": "潞城区合室乡西流南村",
        "promised_by": MEMBER,
        "contact": "0355-6770000",
    }
    operator.fill(promise | maker | {"issued_on": day(1)})
    operator.page.get_by_role("button", name="开合格证").click()
    operator.sees_done()


def issue_and_activate(operator: BackOffice, desk: str) -> None:
    """Issue twenty codes; they are active only once the batch has its certificate."""
    operator.open(desk)
    operator.fill({"quantity": "20"})
    operator.page.get_by_role("button", name="发码").click()
    operator.sees_done()
    operator.page.get_by_role("button", name="激活").click()
    operator.sees_refusal("承诺达标合格证")
    add_certificate(operator)
    operator.open(desk)
    operator.page.get_by_role("button", name="激活").click()
    expect(operator.page.locator(".messages .success")).to_contain_text("20")


def send(product: Product, device: dict[str, str], pm25: int) -> None:
    payload = {"ts": time.time_ns() // 1_000_000, "values": {"pm25": pm25, "temperature": 18.5}}
    product.publish(device, json.dumps(payload).encode())


def test_what_is_made_by_hand_goes_the_whole_way(product: Product, browser: Browser, page: Page) -> None:
    officer = BackOffice.enter(product, browser, "brand_officer")
    make_product(officer)
    officer.leave()
    operator = BackOffice.enter(product, browser, "trace_operator")
    make_base(operator)
    device = make_device(operator)
    desk = make_batch(operator)
    record_events(operator, BackOffice.enter(product, browser, "trace_operator", PHONE), desk)
    issue_and_activate(operator, desk)
    operator.page.locator("#labels-heading ~ ul a").first.click()
    rows = list(csv.reader(io.StringIO(operator.print_labels("csv").decode("utf-8-sig"))))
    operator.page.reload()
    assert operator.print_labels("pdf", again="卷纸卡了").startswith(b"%PDF")
    assert len(rows) == 21
    send(product, device, 31)
    page.goto(rows[1][2])
    expect(page.locator("h1")).to_contain_text("第一个")
    expect(page.locator("#way")).to_contain_text("移栽")
    expect(page.locator("#way")).to_contain_text("头茬采收")
    expect(page.locator(f"{LIVE} [data-live-state]").first).to_contain_text("现场读数", timeout=10_000)
    send(product, device, 47)
    expect(page.locator(f"{LIVE} [data-metric=pm25] [data-value]").first).to_contain_text("47", timeout=3_000)
