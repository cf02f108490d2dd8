"""An operator's day: from a new base to a recall, in the back office only, each effect seen by the buyer.

What is made by hand goes the same way as what the demo brings. Each refused act says why and changes nothing.
"""

import json
import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.conftest import PHONE
from tests.e2e.making import (
    GTIN,
    LOT,
    SLUG,
    give_licence,
    make_base,
    make_batch,
    make_device,
    make_product,
    record_events,
)
from tests.e2e.releasing import activate, add_certificate, block, clear, issue_codes
from tests.e2e.running import Product

LIVE = f"[data-live-base={SLUG}]"
WRONG_IN_AN_HOUR = 5
WHY = "冷库断电一夜"


def send(product: Product, device: dict[str, str], pm25: int) -> None:
    payload = {"ts": time.time_ns() // 1_000_000, "values": {"pm25": pm25, "temperature": 18.5}}
    product.publish(device, json.dumps(payload).encode())


def see_live(product: Product, page: Page, device: dict[str, str]) -> None:
    """The value on the phone follows the station."""
    expect(page.locator(f"{LIVE} [data-live-state]").first).to_contain_text("现场读数")
    send(product, device, 47)
    expect(page.locator(f"{LIVE} [data-metric=pm25] [data-value]").first).to_contain_text("47")


def see_package(page: Page, row: list[str]) -> None:
    """The first scan says so, and shows what was recorded."""
    page.goto(row[2])
    expect(page.locator("h1")).to_contain_text("第一个")
    for done in ("移栽", "追肥", "头茬采收", "有机肥 300 千克"):
        expect(page.locator("#way")).to_contain_text(done)


def guess_pin(operator: BackOffice, page: Page, row: list[str]) -> None:
    """Guess until the check is closed, even to the right digits; nothing else becomes another."""
    serial, pin = row[1], row[-1]
    operator.open(f"record-codes/?q={serial}")
    operator.page.locator("td.title a").first.click()
    facts = operator.page.locator("main dl").inner_text()
    wrong = (f"{(int(pin) + step) % 1_000_000:06}" for step in range(1, WRONG_IN_AN_HOUR + 1))
    for digits, answer in [*((each, "数字不对") for each in wrong), (pin, "错得太多")]:
        page.locator("#pin-digits").fill(digits)
        page.get_by_role("button", name="验一验").click()
        expect(page.locator("#pin-answer")).to_contain_text(answer)
        expect(page.locator("h1")).to_contain_text("第一个")
    operator.page.reload()
    assert operator.page.locator("main dl").inner_text() == facts
    expect(operator.page.get_by_role("link", name=f"错了 {WRONG_IN_AN_HOUR} 次")).to_be_visible()


def correct(operator: BackOffice, batch: Page) -> str:
    """Correct an event beside the original; return the event's number."""
    operator.open(f"record-events/?q={LOT}")
    operator.page.get_by_role("link", name="追肥").first.click()
    operator.page.get_by_role("link", name="更正").first.click()
    operator.fill({"inputs": "有机肥 280 千克", "reason": "磅单上是 280"})
    operator.save()
    operator.sees_done()
    batch.reload()
    event = batch.locator("#way .event").filter(has_text="追肥")
    expect(event.locator("del")).to_contain_text("有机肥 300 千克")
    expect(event.locator("ins")).to_contain_text("有机肥 280 千克")
    expect(event).to_contain_text("磅单上是 280")
    operator.open(f"record-events/?q={LOT}")
    address = operator.page.get_by_role("link", name="头茬采收").first.get_attribute("href") or ""
    return re.findall(r"\d+", address)[-1]


def find_no_way_to_edit(operator: BackOffice, batch: Page, event: str) -> None:
    """No page of an event leads to a form that changes it, and no address that could does."""
    operator.open(f"record-events/inspect/{event}/")
    links = operator.page.locator("main a").evaluate_all("links => links.map(link => link.pathname)")
    assert not [link for link in links if re.search(r"/record-events/(edit|delete)/", link)]
    before = batch.locator("#way").inner_text()
    ours = {cookie["name"]: cookie["value"] for cookie in operator.page.context.cookies()}
    form = {"csrfmiddlewaretoken": ours.get("csrftoken", ""), "title": "改过的", "stage": "production"}
    for act in ("edit", "delete"):
        url = f"{operator.product.url}/cms/record-events/{act}/{event}/"
        sent = operator.page.request.post(url, form=form, headers={"Referer": url}, max_redirects=0)
        seen = operator.page.request.get(url, max_redirects=0)
        assert (sent.status, seen.status) == (302, 302)
        operator.page.goto(url)
        assert operator.page.url.endswith(f"/record-events/inspect/{event}/")
        expect(operator.page.locator(".messages .error").first).to_contain_text("更正")
    batch.reload()
    assert batch.locator("#way").inner_text() == before


def recall(operator: BackOffice, desk: str, page: Page) -> None:
    """Recall the batch; a phone that scans again knows within five seconds."""
    operator.open(desk)
    operator.page.get_by_role("link", name="准备召回").click()
    operator.fill({"reason": WHY})
    operator.page.get_by_role("button", name="召回选中的").click()
    operator.sees_done()
    until = time.monotonic() + 5
    while WHY not in page.locator("main").inner_text():
        assert time.monotonic() < until
        page.reload()
    expect(page.locator(".verdict .seal").first).to_have_text("召")


def test_what_is_made_by_hand_goes_the_whole_way(
    product: Product, browser: Browser, page: Page, tmp_path: Path
) -> None:
    officer = BackOffice.enter(product, browser, "brand_officer")
    make_product(officer)
    give_licence(officer)
    officer.leave()
    operator = BackOffice.enter(product, browser, "trace_operator")
    make_base(operator)
    device = make_device(operator)
    desk = make_batch(operator)
    record_events(operator, BackOffice.enter(product, browser, "trace_operator", PHONE), desk)
    codes = issue_codes(operator, desk)
    page.goto(codes[0][2])
    expect(page.locator(".verdict .seal").first).to_have_text("未")
    activate(operator, desk, refused="承诺达标合格证")
    batch = page.context.new_page()
    batch.goto(f"{product.url}/trace/batches/{GTIN}/{LOT}/")
    block(operator, desk, batch)
    clear(operator, desk, batch, tmp_path)
    add_certificate(operator, desk, batch)
    activate(operator, desk)
    send(product, device, 31)
    see_package(page, codes[0])
    see_live(product, page, device)
    guess_pin(operator, page, codes[0])
    event = correct(operator, batch)
    find_no_way_to_edit(operator, batch, event)
    page.goto(codes[0][2])
    recall(operator, desk, page)
