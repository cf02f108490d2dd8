"""A recall reaches every page within five seconds and is lifted again; a buyer's report is answered."""

import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.conftest import PHONE
from tests.e2e.running import Product

WHY, CLEARED, ANSWER = "仓里查出一箱霉变", "换了仓，复检合格", "是真的，那一卷标签印淡了。"
WITHIN = 5.0  # seconds


def batch(product: Product, prefix: str) -> dict[str, str]:
    return next(each for each in product.facts["batches"] if each["lot"].startswith(prefix))


def wait_until(page, addresses: list[str], *, shown: bool) -> None:
    """Reload each page until it does (not) tell of the recall; all of them in time."""
    until = time.monotonic() + WITHIN
    for address in addresses:
        while True:
            page.goto(address)
            if (WHY in page.content()) is shown:
                break
            assert time.monotonic() < until, f"{address}: {shown}"


def test_a_recall_takes_what_was_made_from_it_along_and_is_lifted(product: Product, browser: Browser) -> None:
    apples, dried = batch(product, "NC"), batch(product, "PG")
    addresses = [
        *(f"{product.url}/trace/batches/{each['gtin']}/{each['lot']}/" for each in (apples, dried)),
        f"{product.url}/trace/products/{dried['gtin']}/",
    ]
    buyer = browser.new_context(**PHONE).new_page()
    wait_until(buyer, addresses, shown=False)
    operator = BackOffice.enter(product, browser, "trace_operator")
    operator.open(f"record-batches/?q={apples['lot']}")
    operator.page.locator("td.title a").first.click()
    operator.page.get_by_role("link", name="发码、标签、召回").first.click()
    operator.page.get_by_role("link", name="准备召回").click()
    expect(operator.page.locator("form table.listing")).to_contain_text(dried["lot"])
    operator.fill({"reason": WHY})
    operator.page.get_by_role("button", name="召回选中的").click()
    operator.sees_done()
    wait_until(buyer, addresses, shown=True)
    with operator.page.expect_download() as got:
        operator.page.get_by_role("link", name="溯源码清单").click()
    assert dried["lot"] in Path(got.value.path()).read_text()
    operator.fill({"reason": CLEARED})
    operator.page.get_by_role("button", name="解除召回").click()
    operator.sees_done()
    wait_until(buyer, addresses, shown=False)
    operator.leave()
    buyer.context.close()


def test_a_report_from_a_phone_without_scripts_is_answered(
    product: Product, browser: Browser, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (800, 600), "olive").save(photo)
    buyer = browser.new_context(**PHONE, java_script_enabled=False).new_page()
    buyer.goto(f"{product.url}/trace/{product.facts['codes']['scanned']}/")
    buyer.get_by_role("link", name="货有问题？告诉我们").click()
    buyer.get_by_label("像是假的").check()
    buyer.locator("textarea").fill("二维码印得很糊")
    buyer.locator("input[type=file]").set_input_files(photo)
    buyer.get_by_role("button", name="提交").click()
    expect(buyer.locator("h1")).to_contain_text("收到了")
    operator = BackOffice.enter(product, browser, "trace_operator")
    operator.open("record-reports/")
    operator.page.locator("td.title a").first.click()
    expect(operator.page.locator("main img").first).to_be_visible()
    operator.fill({"state": "已答复", "reply": ANSWER})
    operator.page.get_by_role("button", name="记下这一步").click()
    operator.sees_done()
    buyer.reload()
    expect(buyer.locator("main")).to_contain_text(ANSWER)
    operator.leave()
    buyer.context.close()
