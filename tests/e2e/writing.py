"""What an editor and a reviewer do with a post, in the back office, with a Chinese input method."""

import re
from datetime import datetime

from playwright.sync_api import Locator, Page, Response, expect

from tests.e2e.back_office import BackOffice

TITLE = "小雪前，最后一畦葱起完了"
SUMMARY = "张家河的最后一畦葱昨天起完，一捆五千克，连夜打捆装车。"
WORDS = "天没亮就下地，露水还在叶上。"
QUOTE = "土埋多深，葱白多长。"


def compose(page: Page, field: Locator, words: str, spelt: str) -> None:
    """Type `words` with an input method: what is spelt stands in the field first, then is taken over."""
    field.click()
    session = page.context.new_cdp_session(page)
    for end in range(1, len(spelt) + 1):
        session.send(
            "Input.imeSetComposition", {"text": spelt[:end], "selectionStart": end, "selectionEnd": end}
        )
    session.send("Input.insertText", {"text": words})
    session.detach()


def plan(editor: BackOffice, day: str) -> None:
    """Plan the post on a free day of the calendar."""
    editor.open("news/calendar/?region=lucheng")
    editor.page.locator(f"li[data-day='{day}'] a.plan-add").click()
    compose(editor.page, editor.page.locator("#id_title"), TITLE, "xiaoxue")
    editor.save()
    expect(card(editor)).to_contain_text(TITLE)


def card(editor: BackOffice) -> Locator:
    """Return the plan's card on the calendar."""
    return editor.page.locator("article.plan-card").filter(has_text=TITLE)


def move(editor: BackOffice, day: str) -> None:
    """Drag the card to another day, straight across: a page that scrolls meanwhile drags another card."""
    target = editor.page.locator(f"li[data-day='{day}']")
    card(editor).scroll_into_view_if_needed()
    held, there = card(editor).bounding_box(), target.bounding_box()
    assert held is not None and there is not None
    height = held["y"] + 12
    editor.page.mouse.move(held["x"] + held["width"] / 2, height)
    editor.page.mouse.down()
    editor.page.mouse.move(there["x"] + there["width"] / 2, height, steps=8)
    editor.page.mouse.up()
    expect(target.locator("article").filter(has_text=TITLE)).to_be_visible()


def begin(editor: BackOffice) -> None:
    """Begin the post from its card."""
    card(editor).get_by_role("button", name="开始写").click()
    editor.page.wait_for_url("**/edit/**")
    assert editor.value("title") == TITLE


def write(editor: BackOffice) -> None:
    """Write summary and text, each with the input method."""
    page = editor.page
    summary = page.locator("#id_intro")
    summary.fill("")
    compose(page, summary, SUMMARY, "zhangjiahe")
    page.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="正文", exact=False).first.click()
    text = page.locator(".public-DraftEditor-content").first
    compose(page, text, WORDS, "tianmeiliang")
    expect(text).to_contain_text(WORDS)
    assert editor.value("intro") == SUMMARY


def choose_action(editor: BackOffice, words: str) -> None:
    """Choose what begins with `words` from the menu beside "save draft"."""
    editor.page.locator("footer").get_by_role("button", name="更多动作").click()
    editor.page.locator("footer button").filter(has_text=re.compile(rf"^\s*({words})")).first.click()


def choose_cover(editor: BackOffice) -> None:
    """Choose the first picture there is as the cover."""
    chooser = editor.page.locator("#id_image-chooser")
    chooser.get_by_role("button", name="选择一个图片").click()
    editor.page.locator(".modal a[data-chooser-modal-choice]").first.click()
    expect(editor.page.locator(".modal")).to_have_count(0)


def schedule(editor: BackOffice, moment: datetime) -> None:
    """Say when it goes live."""
    page = editor.page
    page.locator("[data-side-panel-toggle='status']").click()
    page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']").first.click()
    dialog = page.locator("#schedule-publishing-dialog")
    editor.fill_date(dialog.locator("#id_go_live_at"), f"{moment:%Y-%m-%d %H:%M}")
    dialog.get_by_role("button", name="保存计划").click()
    editor.sees_done()


def saved_by_itself(answer: Response) -> bool:
    """Tell whether this is the answer to what the editor saves by itself."""
    return answer.request.method == "POST" and "json" in answer.request.headers.get("accept", "")


def send(editor: BackOffice) -> None:
    """Send the post for review; nothing stands in the way, whatever the editor has saved by itself."""
    choose_action(editor, "提交给|重新提交")
    expect(editor.page.locator(".messages .success").filter(has_text="送审")).to_be_visible()


def send_back(reviewer: BackOffice, words: str) -> None:
    """Ask for a change, in the dialogue that asks why."""
    choose_action(reviewer, "退回修改")
    dialog = reviewer.page.locator(".modal-dialog")
    dialog.locator("textarea").fill(words)
    dialog.get_by_role("button", name="退回修改").click()
    reviewer.sees_done()


def approve(reviewer: BackOffice) -> None:
    """Approve the post as it stands."""
    choose_action(reviewer, "通过 ")
    reviewer.sees_done()
