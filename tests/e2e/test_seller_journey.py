"""The seller packs on a phone, from what is due to the parcel that left; the buyer sees it and its codes."""

import sqlite3
from contextlib import closing

import psycopg
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import PHONE
from tests.e2e.running import Product

ARTICLE = "luchengdacong-5kg"
NOTE = "葱别太粗"  # what the buyer of the order wrote


def signed_in(product: Product, browser: Browser, role: str, path: str) -> Page:
    """Open `path` on a phone as the demo's person of that role."""
    page = browser.new_context(**PHONE).new_page()
    page.goto(product.url + path)
    account = product.facts["accounts"][role]
    page.locator("[name=login]").fill(account["login"])
    page.locator("[name=password]").fill(account["password"])
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    return page


def on_the_shelf(product: Product, count: int) -> list[str]:
    """Return the serials of packages that lie ready, as the labels on them say."""
    query = (
        "SELECT c.serial FROM record_code c JOIN brand_product p ON p.id = c.product_id"
        " JOIN record_batch b ON b.id = c.batch_id"
        f" WHERE p.slug = '{ARTICLE}' AND c.state = 'activated' AND c.scan_count = 0"
        " AND b.recalled_at IS NULL AND c.suspected_at IS NULL"
        " AND c.id NOT IN (SELECT code_id FROM fengtu_shop_parcelcode)"
        f" ORDER BY c.id DESC LIMIT {count}"
    )
    if product.database.startswith("postgres"):
        with psycopg.connect(product.database) as connection:
            return [row[0] for row in connection.execute(query).fetchall()]
    with closing(sqlite3.connect(product.database.removeprefix("sqlite:///"))) as connection:
        return [row[0] for row in connection.execute(query).fetchall()]


def pack(seller: Page, codes: list[str]) -> None:
    """Put each package in by its code; the same one twice is refused in words."""
    for count, code in enumerate(codes, 1):
        seller.locator("#code").fill(code)
        seller.get_by_role("button", name="放入", exact=True).click()
        expect(seller.locator(".packed-codes li")).to_have_count(count)
    seller.locator("#code").fill(codes[0])
    seller.get_by_role("button", name="放入", exact=True).click()
    expect(seller.locator("[data-said]")).to_contain_text("已经在这个包裹里")


def test_a_seller_packs_with_codes_and_the_buyer_sees_them(product: Product, browser: Browser) -> None:
    seller = signed_in(product, browser, "supplier", "/shop/desk/orders/")
    codes = on_the_shelf(product, 2)
    assert len(codes) == 2
    seller.locator(".desk-order.late", has_text="× 2").last.click()
    expect(seller.locator("main")).to_contain_text(NOTE)
    number = seller.locator("h1").inner_text().split()[-1].rsplit("-", 1)[0]
    seller.get_by_role("button", name="开始打包").click()
    pack(seller, codes)
    seller.locator("#carrier").select_option("county")
    seller.get_by_role("button", name="发货").click()
    expect(seller.locator(".tag").first).to_have_text("待揽件")
    waybill = seller.locator("h1 + p .num").inner_text()
    assert len(waybill) == 15
    see_it(product, browser, number, waybill, codes)


def see_it(product: Product, browser: Browser, number: str, waybill: str, codes: list[str]) -> None:
    """Open the order as its buyer, and the record of a package from there."""
    buyer = signed_in(product, browser, "consumer", "/shop/orders/")
    order = buyer.locator(".my-order", has_text=number)
    for page in (2, 3):  # the demo's consumer has bought a lot since
        if not order.count():
            buyer.goto(f"{product.url}/shop/orders/?page={page}")
    order.click()
    expect(buyer.locator(".parcel")).to_contain_text(waybill)
    links = buyer.locator(".parcel-codes a")
    expect(links).to_have_count(len(codes))
    links.first.click()
    expect(buyer.locator("main")).to_contain_text("潞城大葱")
    assert any(code in buyer.url for code in codes)
