"""An article of the hall, made in the back office, that carries the licence's badge."""

from playwright.sync_api import Browser, expect

from tests.e2e.back_office import DESK
from tests.e2e.running import Product


def sell(product: Product, browser: Browser, *, title: str, gtin: str, price: str) -> str:
    """Put a licensed product up for sale as the shop's operator; return the path of its page."""
    page = browser.new_context(**DESK).new_page()
    account = product.facts["accounts"]["shop_operator"]
    page.goto(f"{product.url}/cms/shop-articles/new/")
    page.locator("[name=login]").fill(account["login"])
    page.locator("[name=password]").fill(account["password"])
    page.locator("[name=password]").press("Enter")
    option = page.locator("[name=brand_product] option").filter(has_text=title).last
    page.locator("[name=brand_product]").select_option(value=option.get_attribute("value"))
    page.locator("[name=title]").fill(title)
    page.locator("[name=slug]").fill(gtin)
    page.locator("[name=categories]").first.check()
    page.locator("[name=price]").fill(price)
    page.locator("[name=is_public]").check()
    page.locator("button[type=submit].action-save, footer button[type=submit]").first.click()
    expect(page.locator(".messages .success").first).to_be_visible()
    page.goto(f"{product.url}/shop/")
    path = page.locator("main a[href*='/shop/catalogue/']").filter(has_text=title).first.get_attribute("href")
    page.context.close()
    assert path
    return path
