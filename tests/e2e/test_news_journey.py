"""A post's way: planned, written with an input method, sent back, approved, live by itself, at WeChat."""

import re
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, expect

from tests.e2e import writing
from tests.e2e.back_office import BackOffice
from tests.e2e.running import Product
from tests.gateways.official_account import APP, SECRET, Content, OfficialAccount

HERE = ZoneInfo("Asia/Shanghai")
BETTER = "张家河：小雪前，最后一畦葱起完了"
REMARK = "标题里说说是哪个村。"


def read(product: Product, path: str) -> str:
    """Return the words of a public page as a visitor without cookies gets them, without white space."""
    with urllib.request.urlopen(f"{product.url}{path}") as answer:
        return re.sub(r"<(?!(br|/?(a|h\d)))[^>]*>|\s", "", answer.read().decode())


def wait_until_public(product: Product, path: str, words: str, *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while words not in read(product, path):
        assert time.monotonic() < until, f"{words} is not at {path} after {seconds} s"
        time.sleep(0.5)


def draft(editor: BackOffice) -> str:
    """Plan the post, move it by a day, write it, send it; return the address of its form."""
    day = datetime.now(HERE) + timedelta(days=4)
    writing.plan(editor, f"{day - timedelta(days=1):%Y-%m-%d}")
    writing.move(editor, f"{day:%Y-%m-%d}")
    writing.begin(editor)
    writing.write(editor)
    writing.choose_cover(editor)
    writing.schedule(editor, day.replace(hour=9, minute=30))
    form = editor.page.url.partition("/cms/")[2]
    writing.send(editor)
    return form


def put_right(editor: BackOffice, form: str) -> None:
    """Read what the reviewer asked for, do it, let the editor save it by itself, and send the post again."""
    editor.open(form)
    expect(editor.page.get_by_text(REMARK).first).to_be_attached()
    title = editor.page.locator("#id_title")
    title.fill("")
    editor.page.wait_for_timeout(2_500)  # what is typed before is no change to Wagtail's editor
    with editor.page.expect_response(writing.saved_by_itself):
        writing.compose(editor.page, title, BETTER, "zhangjiahe")
    writing.send(editor)


def let_the_time_come(product: Product, post: str) -> None:
    """Make the moment of the schedule one that has just passed."""
    moment = datetime.now(UTC) - timedelta(seconds=5)
    change = "jsonb_set(content, '{{go_live_at}}', to_jsonb({}::text))"
    if product.database.startswith("sqlite"):
        change = "json_set(content, '$.go_live_at', {})"
    of_post = "WHERE object_id = {} AND approved_go_live_at IS NOT NULL"
    product.execute(
        f"UPDATE wagtailcore_revision SET approved_go_live_at = {{}}, content = {change} {of_post}",
        f"{moment:%Y-%m-%d %H:%M:%S}", f"{moment:%Y-%m-%dT%H:%M:%SZ}", post,
    )  # fmt: skip


def set_up_account(admin: BackOffice) -> None:
    """Name the county's Official Account; its secret is typed in once."""
    admin.open("news/wechat/accounts/new/")
    admin.fill({"region": "潞城", "name": "潞城乡村e镇", "app_id": APP, "app_secret": SECRET})
    admin.save()
    admin.sees_done()


def push(reviewer: BackOffice, post: str) -> None:
    """Push the post as a draft and wait until it lies there."""
    reviewer.open(f"news/wechat/{post}/")
    reviewer.page.get_by_role("button", name="推送").last.click()
    reviewer.sees_done()
    done = reviewer.page.locator("[data-wechat-progress]:not([data-under-way])")
    expect(done.get_by_text("草稿").first).to_be_visible(timeout=60_000)


def test_a_post_goes_from_the_plan_to_the_reader_and_to_wechat(
    product: Product, browser: Browser, official_account: OfficialAccount
) -> None:
    editor = BackOffice.enter(product, browser, "editor")
    form = draft(editor)
    reviewer = BackOffice.enter(product, browser, "reviewer")
    reviewer.open(form)
    writing.send_back(reviewer, REMARK)
    put_right(editor, form)
    reviewer.open(form)
    writing.approve(reviewer)
    assert BETTER not in read(product, "/news/"), "its time has not come"
    post = form.split("/")[1]
    let_the_time_come(product, post)
    wait_until_public(product, "/news/", BETTER, seconds=90)
    for path in ("/", "/news/feed.xml", "/news/feed.json"):
        wait_until_public(product, path, BETTER, seconds=5)
    admin = BackOffice.enter(product, browser, "admin")
    set_up_account(admin)
    for _time in range(2):
        push(reviewer, post)
    assert official_account.made == 1
    (article,) = official_account.drafts.values()
    assert article["title"] == BETTER and writing.WORDS in Content.of(article["content"]).text
    for desk in (editor, reviewer, admin):
        desk.leave()
