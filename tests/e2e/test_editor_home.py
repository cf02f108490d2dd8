"""An editor changes every text and picture of the home page; visitors see it as soon as it is published."""

import re
import time
import urllib.request

from playwright.sync_api import Browser, Page, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.running import Product

HOME = "潞城大葱"
TEXTS = "input[type=text][name^=body-]:visible, textarea[name^=body-]:visible"
LINE = {"line_first": "白在土里，", "line_second": "甜在霜后。"}
RICH = "白的那一段，全在土里长。"


def public(product: Product) -> str:
    """Return the words of the public page as a visitor without cookies gets them, without white space."""
    with urllib.request.urlopen(f"{product.url}/") as answer:
        html = answer.read().decode()
    return re.sub(r"<[^>]*>|\s", "", html)


def pictures(product: Product) -> int:
    with urllib.request.urlopen(f"{product.url}/") as answer:
        return answer.read().count(b"/media/")


def open_home(desk: BackOffice) -> None:
    desk.open("pages/")
    desk.page.get_by_role("link", name=HOME, exact=True).click()
    if "/edit/" not in desk.page.url:
        desk.page.locator("a[href$='/edit/']").first.click()


def change_texts(page: Page) -> list[str]:
    """Change the first character of every text, and return what all of them say now."""
    page.locator(TEXTS).last.wait_for()
    said = []
    for field in page.locator(TEXTS).all():
        name, old = str(field.get_attribute("name")), field.input_value()
        new = LINE.get(name.rpartition("-")[2]) or (f"新{old[1:]}" if old else "")
        if new and not name.endswith("-address"):
            field.fill(new)
            said.append(new)
    return said


def change_story(page: Page) -> None:
    """Write into the rich text."""
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(RICH)


def choose_picture(page: Page, field: str) -> None:
    """Choose the first picture there is, in the dialogue that opens."""
    page.locator(f"[id$='-value-{field}-chooser']").first.get_by_role("button", name="选择一个图片").click()
    page.locator(".modal a[data-chooser-modal-choice]").first.click()
    expect(page.locator(".modal")).to_have_count(0)


def choose_action(desk: BackOffice, words: str) -> None:
    """Choose what begins with `words` from the menu beside "save draft"."""
    desk.page.locator("footer").get_by_role("button", name="更多动作").click()
    desk.page.locator("footer button").filter(has_text=re.compile(rf"^\s*{words}")).first.click()
    desk.sees_done()


def wait_until_public(product: Product, words: str, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while words not in public(product):
        assert time.monotonic() < until, f"{words} is not on the page after {seconds} s"
        time.sleep(0.05)


def test_every_text_and_picture_of_the_home_page_can_be_changed(product: Product, browser: Browser) -> None:
    editor = BackOffice.enter(product, browser, "editor")
    open_home(editor)
    said = change_texts(editor.page)
    assert len(said) > 20
    change_story(editor.page)
    choose_picture(editor.page, "image")
    choose_action(editor, "提交给")
    editor.leave()
    before = pictures(product)
    assert LINE["line_first"] not in public(product), "nobody has reviewed it yet"
    reviewer = BackOffice.enter(product, browser, "reviewer")
    open_home(reviewer)
    assert "".join(LINE.values()) not in public(product)  # and keeps the page in the cache
    choose_action(reviewer, "通过 ")
    wait_until_public(product, LINE["line_first"], seconds=1.0)
    reviewer.leave()
    shown = public(product)
    missing = [text for text in [*said, RICH] if re.sub(r"\s", "", text) not in shown]
    assert not missing
    assert pictures(product) > before
