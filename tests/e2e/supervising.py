"""After the licence was given: its end comes near, an inspection finds something, it is suspended."""

import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.desk import Desk, photo
from tests.e2e.joining import SLUG
from tests.e2e.supplying import PLATE

WRONG = "箱子上的标印成了淡红，没照色值来。"
WHY = "标的颜色没改过来，先停下"
WITHIN = 5  # s, everywhere


def day(days: int) -> str:
    """Return that day, counted from today, as forms take it."""
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"


def bring_the_end_near(officer: BackOffice, number: str) -> None:
    """Correct the last day of a licence, so that it can be renewed."""
    officer.open(f"brand-licences/?q={number}")
    officer.page.locator("tbody td.title a").first.click()
    officer.fill({"valid_to": day(60)})
    officer.save()
    officer.sees_done()


def licence_page(officer: BackOffice, number: str) -> None:
    """Open the page on which is done what happens to a licence."""
    officer.open(f"brand-licences/?q={number}")
    officer.page.locator("tbody td.title a").first.click()
    officer.page.locator("main a[href*='/brand-licence-life/']").first.click()


def inspect(officer: BackOffice, number: str) -> str:
    """Plan an inspection from the page of the licence, record the visit, raise a finding."""
    licence_page(officer, number)
    officer.page.locator("a[href*='brand-inspections/new/']").click()
    assert number in officer.page.locator("#id_licence option:checked").inner_text()
    officer.fill({"planned_on": day(0), "inspectors": "郝国平、李建华"})
    officer.save()
    officer.sees_done()
    officer.fill({"summary": "看了分拣点和箱子。"}, "visit-")
    _act(officer, "visit")
    officer.page.locator("#found-heading").click()
    officer.fill({"wrong": WRONG, "demand": "停用这批箱子，换对的，拍照传来。"}, "found-")
    officer.fill({"due_on": day(10)}, "found-")
    _act(officer, "found")
    officer.page.locator("#findings-heading ~ div a").first.click()
    return officer.page.url.partition("/cms/")[2]


def answer(desk: Desk, folder: Path) -> None:
    """See on the desk what is due, and answer with a photo."""
    desk.open("/members/")
    desk.page.locator(".due[href*='/findings/']").first.click()
    expect(desk.page.locator("main")).to_contain_text(WRONG)
    desk.fill({"text": "箱子当天停用，退了 40 个，新版照片在附件。"})
    desk.attach("photos", photo(folder / "新箱子.jpg", "#b03020"))
    desk.press("send")
    desk.sees_done("交上去了")


def close(officer: BackOffice, finding: str) -> None:
    """Read the answer and close the finding."""
    officer.open(finding)
    expect(officer.page.locator("#answers-heading ~ ul a")).to_have_count(1)
    officer.fill({"note": "照片看到了。"}, "close-")
    _act(officer, "close")


def suspend(officer: BackOffice, number: str) -> None:
    """Suspend the licence for a reason everybody reads."""
    licence_page(officer, number)
    officer.page.locator("#suspend-heading").click()
    officer.fill({"reason": WHY}, "suspend-")
    _act(officer, "suspend")


def is_off_everywhere(desk: Desk, visitor: Page, number: str, article: str, form: Page) -> None:
    """See within seconds that the right is gone: public pages, files, codes, the badge in the shop."""
    until = time.monotonic() + WITHIN
    _soon(visitor, f"/brand/licences/{number}/", desk, visitor.locator(".verdict"), WHY, until=until)
    expect(visitor.locator(".verdict .seal")).to_have_text("停")
    visitor.goto(f"{desk.product.url}/brand/members/{SLUG}/")
    while visitor.locator("a.licence:not(.off)").count():
        assert time.monotonic() < until
        visitor.reload()
    visitor.goto(desk.product.url + article)
    while visitor.locator(f"a.licence[href*='{number}']").count():
        assert time.monotonic() < until
        visitor.reload()
    form.locator("main form .btn.main").click()
    expect(form.locator("main .note.bad").filter(has_text=number)).to_be_visible()
    expect(form.locator("[name=quantity]")).to_have_count(0)


def _soon(page: Page, path: str, desk: Desk, where: Locator, words: str, *, until: float) -> None:
    page.goto(desk.product.url + path)
    while words not in page.locator("main").inner_text():
        assert time.monotonic() < until
        page.reload()


def _act(officer: BackOffice, act: str) -> None:
    officer.page.locator(f"form[action$='/{act}/'] button.button").last.click()
    officer.sees_done()


def file_link(desk: Desk) -> str:
    """Return the address of a file that is open to licensees."""
    desk.open(PLATE)
    return desk.product.url + str(desk.page.locator(".vi-file a.btn").first.get_attribute("href"))


def is_refused(desk: Desk, number: str, file: str) -> None:
    """See the suspension on the desk, and neither the page of the asset nor an old address gives the file."""
    desk.open("/members/")
    expect(desk.page.locator(".due.late").filter(has_text=number)).to_be_visible()
    desk.open(PLATE)
    expect(desk.page.locator(".vi-file a.btn")).to_have_count(0)
    expect(desk.page.locator("[aria-labelledby=files] .note.warn")).to_contain_text(number)
    answer = desk.page.goto(file)
    assert answer is not None
    assert answer.status == 403
    expect(desk.page.locator("main")).to_contain_text(number)
