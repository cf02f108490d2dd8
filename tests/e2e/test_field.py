"""In the field: what is recorded without a signal is kept on the phone, and recorded once later."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.e2e.running import Product

PATH = "/trace/field/"
LATER = 40_000  # ms: the outbox tries again after 20 s


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "slip.jpg"
    Image.effect_noise((2400, 1800), 60).save(path, quality=90)
    return path


@pytest.fixture
def clerk(product: Product, phone: BrowserContext, page: Page) -> Page:
    """A phone whose clerk has the page open."""
    phone.grant_permissions(["geolocation"])
    phone.set_geolocation({"latitude": 36.34121, "longitude": 113.19851, "accuracy": 12})
    account = product.facts["accounts"]["clerk"]
    page.goto(f"{product.url}/accounts/login/?next={PATH}")
    page.fill("[name=login]", account["login"])
    page.fill("[name=password]", account["password"])
    page.click("main button.main")
    page.wait_for_url(f"**{PATH}")
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => caches.match(location.pathname)).then(Boolean)"
    )
    return page


def choose_first_batch(page: Page) -> str:
    """Tick the first batch shown and return its lot number."""
    box = page.locator("[data-ground]:not([hidden]) [name=batches]").first
    box.check(force=True)
    return str(box.get_attribute("data-lot"))


def entry(page: Page, title: str):
    return page.locator(".outbox li", has_text=title)


def test_without_a_signal_it_is_kept_and_recorded_later(
    product: Product, phone: BrowserContext, clerk: Page, picture: Path
) -> None:
    lot = choose_first_batch(clerk)
    clerk.locator("[data-templates] a", has_text="浇水").locator("visible=true").first.click()
    clerk.fill("[name=title]", "没信号时浇的水")
    clerk.set_input_files("[name=photos]", picture)
    expect(clerk.locator(".thumbs canvas")).to_have_count(1)
    clerk.locator("[data-locate] button").click()
    expect(clerk.locator("[name=latitude]")).to_have_value("36.34121")
    clerk.wait_for_timeout(500)  # the draft is written 300 ms after the last change

    clerk.reload()  # a phone that ran out of memory, say
    expect(clerk.locator("[name=title]")).to_have_value("没信号时浇的水")
    expect(clerk.locator(".thumbs canvas")).to_have_count(1)

    phone.set_offline(True)
    clerk.click("[data-form] button.main")
    expect(entry(clerk, "没信号时浇的水")).to_contain_text("等着发")
    clerk.reload()
    expect(entry(clerk, "没信号时浇的水")).to_contain_text(lot)

    phone.set_offline(False)
    expect(entry(clerk, "没信号时浇的水")).to_contain_text("已送达", timeout=LATER)
    gtin = next(each["gtin"] for each in product.facts["batches"] if each["lot"] == lot)
    clerk.goto(f"{product.url}/trace/batches/{gtin}/{lot}/")
    event = clerk.locator(".event", has_text="没信号时浇的水")
    expect(event).to_have_count(1)
    expect(event).to_contain_text("36.3412")
    expect(event.locator("img")).to_have_count(1)


def test_a_lost_answer_makes_no_second_event(product: Product, clerk: Page) -> None:
    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()  # it arrives, and nobody hears of it
            route.abort()
        else:
            route.continue_()

    lot = choose_first_batch(clerk)
    clerk.fill("[name=title]", "答复丢在路上")
    clerk.select_option("[name=stage]", "production")
    clerk.route(f"**{PATH}", lose)
    clerk.click("[data-form] button.main")
    expect(entry(clerk, "答复丢在路上")).to_contain_text("等着发")
    clerk.unroute(f"**{PATH}", lose)
    expect(entry(clerk, "答复丢在路上")).to_contain_text("已送达", timeout=LATER)
    gtin = next(each["gtin"] for each in product.facts["batches"] if each["lot"] == lot)
    clerk.goto(f"{product.url}/trace/batches/{gtin}/{lot}/")
    expect(clerk.locator(".event", has_text="答复丢在路上")).to_have_count(1)


def test_what_cannot_be_says_why_and_goes_back_into_the_form(clerk: Page) -> None:
    choose_first_batch(clerk)
    clerk.fill("[name=title]", "明年的事")
    clerk.fill("[name=at]", "2999-01-01T08:00")
    clerk.click("[data-form] button.main")
    expect(entry(clerk, "明年的事")).to_contain_text("未记录")
    expect(entry(clerk, "明年的事")).to_contain_text(re.compile("还没到"))
    entry(clerk, "明年的事").get_by_role("button", name="改一改").click()
    expect(clerk.locator("[name=title]")).to_have_value("明年的事")
    expect(entry(clerk, "明年的事")).to_have_count(0)
