"""From the application for a licence to its certificate: papers, site check, publicity, decision."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Locator, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.desk import Desk, photo
from tests.e2e.joining import NAME

BRAND, PRODUCT, PACK, GTIN = "潞城旱地西红柿", "石梁红西红柿", "2.5 千克一箱", "06971406009918"
PACKAGES = 20_000


def make_product(officer: BackOffice) -> None:
    """Enter the member's product: what can be licensed has to be known."""
    facts: dict[str, str | bool] = {"region": "潞城", "member": NAME, "name": PRODUCT, "pack_size": PACK}
    officer.create("brand-products/new/", facts | {"gtin": GTIN, "slug": "shiliang-tomato"})


def apply(desk: Desk, folder: Path) -> None:
    """Apply from the desk; without the promise nothing is sent and nothing is lost."""
    desk.open("/members/")
    desk.page.locator("main a[href$='/members/licences/apply/']").first.click()
    row = desk.page.locator(".goods-row").filter(has_text=PRODUCT)
    row.locator("input[type=checkbox]").check()
    row.locator("input:not([type=checkbox])").fill(str(PACKAGES))
    desk.fill({"brand_name": BRAND, "purpose": "箱子上印，网店上挂，一年两万箱。"})
    for name, values in {"uses": ("packaging", "online"), "trademark_classes": ("31", "35")}.items():
        for value in values:
            desk.fill({name: value})
    desk.attach("paper_business", photo(folder / "执照.jpg", "#e0d8c8"))
    desk.attach("paper_quality", photo(folder / "检测报告.jpg", "#f0f0e8"))
    desk.press("act", "send")
    expect(desk.page.locator("#agreed-error")).to_be_visible()
    expect(desk.page.locator(".paper-list li")).to_have_count(2)
    desk.fill({"agreed": True})
    desk.press("act", "send")
    desk.sees_done("申请交上去了")


def renew(desk: Desk, number: str, folder: Path) -> None:
    """Renew from the list: what the old licence says is there, a new test report comes with it."""
    desk.open("/members/licences/")
    desk.page.locator(f"a[href$='renews={number}']").click()
    row = desk.page.locator(".goods-row").filter(has_text=PRODUCT)
    expect(row.locator("input[type=checkbox]")).to_be_checked()
    desk.fill({"purpose": "照旧，箱子和网店，再用三年。", "agreed": True})
    desk.attach("paper_quality", photo(folder / "新检测报告.jpg", "#e8f0e8"))
    desk.press("act", "send")
    desk.sees_done("申请交上去了")


def bring_to_publicity(officer: BackOffice, folder: Path) -> str:
    """Take the application on, record the site check, make it public; return the path of its page."""
    officer.open("brand-licence-applications/")
    row = officer.page.locator("tbody tr").filter(has_text=NAME).first
    row.locator("td.title a").click()
    _act(officer, "accept")
    visit = officer.page.locator("form[action$='/visit/']")
    officer.fill({"checked_on": f"{timezone.localdate():%Y-%m-%d}"}, "visit-")
    officer.fill({"place": "石梁村分拣点", "checked_by": "郝国平；合作社郭二明"}, "visit-")
    for good in visit.locator("input[type=radio][value=good]").all():
        good.check()
    visit.locator("input[type=radio][value=yes]").check()
    visit.locator("input[type=file]").set_input_files(photo(folder / "分拣点.jpg", "#a8b890"))
    _act(officer, "visit")
    _act(officer, "publish")
    return officer.page.url.partition("/cms/")[2]


def is_too_early(decider: BackOffice, desk: str) -> None:
    """See that nobody decides while the application is public, and that everybody can read it."""
    decider.open(desk)
    decider.page.locator("[name=give-sure]").check()
    decider.page.locator("form[action$='/give/'] button").click()
    decider.sees_refusal("公示")
    decider.page.goto(f"{decider.product.url}/brand/licences/publicity/")
    expect(decider.page.locator("article").filter(has_text=NAME).first).to_contain_text(PRODUCT)


def give(decider: BackOffice, desk: str) -> str:
    """Give the licence; return its number."""
    decider.open(desk)
    decider.page.locator("[name=give-sure]").check()
    _act(decider, "give")
    return decider.page.locator(".desk-figures a[href*='licence-life']").inner_text()


def _act(officer: BackOffice, act: str) -> None:
    officer.page.locator(f"form[action$='/{act}/'] button.button").last.click()
    officer.sees_done()


def let_publicity_pass(officer: BackOffice) -> None:
    """Let the days of publicity go by: what was made public just now was so a week and a day ago."""
    first, last = (timezone.localdate() - timedelta(days=days) for days in (8, 1))
    officer.product.execute(
        "UPDATE brand_licenceapplication SET publicity_from = {}, publicity_to = {}"
        " WHERE state = 'publicity' AND member_id = (SELECT id FROM brand_member WHERE name = {})",
        f"{first}",
        f"{last}",
        NAME,
    )


def held(desk: Desk, number: str) -> Locator:
    """Return the licence in the list of the member's licences."""
    desk.open("/members/licences/")
    return desk.page.locator("article").filter(has=desk.page.get_by_role("link", name=number)).first
