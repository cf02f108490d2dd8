"""What is made by hand before anything is sold: member, product, licence, base, device, batch, events."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.back_office import BackOffice

MEMBER, COUNTY, GTIN = "西流南菜农合作社", "潞城", "06971406009901"
BASE, SLUG, DEVICE, LOT = "西流南旱地西红柿园", "xiliunan-tomatoes", "XLN-01", "XHS-01"


def day(days_ago: int) -> str:
    """Return that day as forms take it."""
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


def give_licence(officer: BackOffice) -> None:
    """Enter a licence that was given on paper, then what it covers: no codes without one."""
    facts = {"region": COUNTY, "member": MEMBER, "number": "LC-2026-9901", "brand_name": "潞城旱地西红柿"}
    officer.create("brand-licences/new/", facts | {"valid_from": day(30), "valid_to": day(-1000)})
    officer.fill({"product": "旱地西红柿 2.5 千克一箱", "quantity": "20000"}, prefix="covers-0-")
    officer.page.get_by_role("button", name="保存产品").click()
    officer.sees_done()


def make_base(operator: BackOffice) -> None:
    """Make the land it grows on."""
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


def record_events(operator: BackOffice, phone: BackOffice, desk: str) -> None:
    """Record planting at the desk and the harvest on a phone in the field; impossible dates are refused."""
    operator.open(desk)
    operator.page.get_by_role("link", name="记一件事").click()
    _record(operator, "种植", "移栽", day(100))
    operator.sees_done()
    operator.page.locator(".messages").get_by_role("link", name="再记一件").click()
    _record(operator, "生产", "追肥", day(60), step="施肥", inputs="有机肥 300 千克")
    operator.sees_done()
    phone.open(desk)
    phone.page.get_by_role("link", name="记一件事").click()
    assert phone.fits()
    _record(phone, "生产", "头茬采收", day(101), step="采收", outputs="旱地西红柿 800 千克")
    phone.sees_refusal(f"{day(100)} 才种下")
    assert phone.value("title") == "头茬采收"
    assert phone.value("outputs") == "旱地西红柿 800 千克"
    phone.fill({"at": f"{day(2)} 08:30"})
    phone.save()
    phone.sees_done()
    expect(phone.page.locator(".messages")).to_contain_text("头茬采收")


def _record(operator: BackOffice, stage: str, title: str, at: str, **more: str) -> None:
    where = {"place": "东坡 2 号地", "actor": "李长根"}
    operator.fill({"stage": stage, "title": title, "at": f"{at} 08:30"} | where | more)
    operator.save()
