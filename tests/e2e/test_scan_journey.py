"""A consumer scans a package: the verdict, the history, and the field where it grew, live."""

import json
import time

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.e2e.conftest import PHONE
from tests.e2e.running import STATION_WITHIN, Product

LIVE = "[data-live-base=zhangjiahe]"


def value(page: Page, metric: str) -> str:
    return page.locator(f"{LIVE} [data-metric={metric}] [data-value]").first.inner_text()


def shows(page: Page, metric: str, text: str, *, seconds: float) -> bool:
    """Tell whether the page shows `text` within that time, and be it for a moment."""
    try:
        page.wait_for_function(
            "([selector, text]) => document.querySelector(selector)?.textContent.trim().startsWith(text)",
            arg=[f"{LIVE} [data-metric={metric}] [data-value]", text],
            timeout=seconds * 1000,
            polling=20,
        )
    except TimeoutError:
        return False
    return True


def send_until_shown(product: Product, page: Page, payload: bytes, shown: str) -> None:
    """Send a reading until the page shows it: on a busy machine the station's own next one may overtake it.

    How long one takes on a machine that does nothing else, tests.benchmarks.live measures.
    """
    device = product.device("zhangjiahe")
    until = time.monotonic() + STATION_WITHIN / 1000
    while time.monotonic() < until:
        product.publish(device, payload)
        if shows(page, "pm25", shown, seconds=3.0):
            return
    pytest.fail(f"{shown} was not shown")


def test_a_scan_shows_verdict_history_and_values_that_change(product: Product, page: Page) -> None:
    page.goto(f"{product.url}/t/{product.facts['codes']['fresh']}")
    assert page.url == f"{product.url}/trace/{product.facts['codes']['fresh']}/"
    expect(page.locator("h1")).to_contain_text("第一个")
    assert page.locator("#way .event").count() >= 6
    # the product may have started a moment ago, its station after it
    expect(page.locator(f"{LIVE} [data-live-state]").first).to_contain_text(
        "现场读数", timeout=STATION_WITHIN
    )
    for payload, shown in [
        (json.dumps({"ts": time.time_ns() // 1_000_000, "values": {"pm25": 77}}).encode(), "77"),
        (b'{"Data":[{"name":"PM2.5","value":"66"}]}', "66"),
    ]:
        send_until_shown(product, page, payload, shown)


def test_the_second_phone_is_told_of_the_first(product: Product, browser: Browser) -> None:
    serial = product.facts["codes"]["scanned"]
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{product.url}/t/{serial}")
    expect(page.locator("h1")).to_contain_text("之前有人查过")
    context.close()


def test_the_same_phone_may_scan_again(product: Product, page: Page) -> None:
    serial = product.facts["codes"]["fresh"]
    page.goto(f"{product.url}/t/{serial}")
    first = page.locator("h1").inner_text()
    page.goto(f"{product.url}/t/{serial}")
    assert page.locator("h1").inner_text() == first


def test_the_record_is_whole_without_javascript(product: Product, browser: Browser) -> None:
    context = browser.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{product.url}/trace/{product.facts['codes']['scanned']}/")
    assert page.locator("#way .event").count() >= 6
    assert any(char.isdigit() for char in value(page, "temperature"))
    context.close()


def test_every_other_verdict_says_what_to_do(product: Product, page: Page) -> None:
    for state, seal in {"inactive": "未", "recalled": "召", "voided": "废"}.items():
        page.goto(f"{product.url}/trace/{product.facts['codes'][state]}/")
        assert page.locator(".seal").first.inner_text() == seal
    page.goto(f"{product.url}/trace/ABCDEFGHJKMNPQRS/")
    assert page.locator(".seal").first.inner_text() == "无"


def test_a_code_can_be_typed(product: Product, page: Page) -> None:
    serial = product.facts["codes"]["scanned"]
    page.goto(f"{product.url}/trace/")
    page.locator("input[name=code]").fill(" ".join(serial[i : i + 4] for i in range(0, 16, 4)).lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/trace/{serial}/")


def test_each_county_wears_its_own_theme(product: Product, page: Page) -> None:
    for region, address in product.facts["regions"].items():
        page.goto(address)
        assert page.locator("html").get_attribute("data-region") == region
        assert page.locator("main h1").count() == 1
