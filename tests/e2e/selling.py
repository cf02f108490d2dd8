"""An article of the hall, made in the shop's dashboard, that carries the licence's badge."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.back_office import DESK
from tests.e2e.running import Product


def sell(product: Product, browser: Browser, *, title: str, gtin: str, price: str) -> str:
    """Put a licensed product up for sale as the shop's operator; return the path of its page."""
    page = browser.new_context(**DESK).new_page()
    account = product.facts["accounts"]["shop_operator"]
    page.goto(f"{product.url}/shop/dashboard/catalogue/products/create/techan/")
    page.locator("[name=login]").fill(account["login"])
    page.locator("[name=password]").fill(account["password"])
    page.locator("[name=password]").press("Enter")
    form = page.locator("#create_update_product_form")
    form.locator("[name=title]").fill(title)
    form.locator("[name=upc]").fill(gtin)
    _choose(page, "brand_product", title)
    _section(page, "product_category")
    page.locator("#product_category select").first.select_option(index=1)
    _section(page, "product_stock")
    page.locator("#product_stock select[name$=-partner]").first.select_option(index=1)
    page.locator("#product_stock [name$=-partner_sku]").first.fill(gtin)
    page.locator("#product_stock [name$=-price]").first.fill(price)
    page.locator("#product_stock [name$=-num_in_stock]").first.fill("80")
    page.locator("button[name=action][value=save]").first.click()
    expect(page.locator(".alert-success").first).to_be_visible()
    page.goto(f"{product.url}/shop/")
    path = page.locator("main a[href*='/shop/catalogue/']").filter(has_text=title).first.get_attribute("href")
    page.context.close()
    assert path
    return path


def _section(page: Page, name: str) -> None:
    page.locator(f"a[href='#{name}']").click()
    page.locator(f"#{name}").wait_for()


def _choose(page: Page, field: str, words: str) -> None:
    option = page.locator(f"[name={field}] option").filter(has_text=words).last
    page.locator(f"[name={field}]").select_option(value=option.get_attribute("value"), force=True)
