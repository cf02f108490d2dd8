"""A guest on a phone: from the product to the paid order, by a pasted address and the sandbox gateway."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.running import Product

ARTICLE = "luchengdacong-5kg"
PASTED = "收货人：孙小满 电话 139 0351 8888\n山西太原小店区平阳路 88 号 3 单元 501"


def fill_in(page: Page) -> None:
    """Paste an address out of a chat and see what became of it; the phone number is the one in it."""
    page.locator("[name=pasted]").fill(PASTED)
    page.locator("[name=do][value=read]").click()
    expect(page.locator("[name=district]")).to_have_value("140105")
    expect(page.locator("[name=name]")).to_have_value("孙小满")
    expect(page.locator("[name=phone]")).to_have_value("139 0351 8888")
    expect(page.locator("[name=street]")).to_have_value(re.compile("平阳路"))
    page.locator("details", has_text="留言").locator("summary").click()
    page.locator("[name=note]").fill("到了先打电话，家里有老人")


def test_a_guest_buys_on_a_phone_and_pays(product: Product, page: Page) -> None:
    page.goto(f"{product.url}/shop/")
    page.locator(f"main a[href*='{ARTICLE}']").first.click()
    page.locator(".buybar").locator(".btn.main").click()
    expect(page.locator("h1")).to_have_text("结账")
    before = page.locator("[data-total]").inner_text()
    fill_in(page)
    expect(page.locator("[data-total]")).not_to_have_text(before)  # the zone of the district decides
    total = page.locator("[data-total]").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".buybar").locator(".btn.main").click()
    page.wait_for_url("**/shop/pay/**")
    expect(page.locator("main")).to_contain_text(total.removeprefix("¥"))
    pay(page)
    page.wait_for_url("**/shop/orders/**")
    expect(page.locator("main")).to_contain_text("孙小满")
    page.go_back()  # to where it was paid: there is nothing to pay twice
    expect(page.locator("main")).to_contain_text(re.compile("孙小满|付"))


def pay(page: Page) -> None:
    """Go to the demonstration's counter and pay there."""
    page.locator("[data-pay-begin]").click()
    page.wait_for_url("**/sandbox/**")
    page.locator("[name=act][value=pay]").click()
