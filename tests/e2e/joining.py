"""From the page that says how to join to the member: applied, sent back once, put right, approved."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.desk import Desk, photo
from tests.e2e.running import Product

NAME, SLUG = "石梁旱地西红柿合作社", "shiliang-tomatoes"
CODE, MOBILE = "93140406MA0WD2141B", "13800007741"
PLACE, FORM = "店上镇石梁村 18 号", "合作社"
REMARK = "写上亩数，种了几年。"
BETTER = "旱地西红柿 120 亩，种了六年。"


def apply(product: Product, browser: Browser, folder: Path) -> Desk:
    """Fill the application in as somebody who has only an account; what is missing is said, nothing lost."""
    desk = Desk.enter(product, browser, "trainee", by="/brand/join/")
    desk.page.locator("form[action$='/mine/'] button").click()
    desk.fill({"kind": "cooperative", "name": NAME, "credit_code": f"{CODE[:-1]}A", "goods": "西红柿"})
    desk.fill({"legal_person": "郭二明", "town": "店上镇", "address": PLACE, "contact_name": "郭二明"})
    desk.fill({"contact_phone": MOBILE, "public_phone": "0355-6770001", "promised": True})
    desk.attach("paper-licence", photo(folder / "营业执照.jpg", "#e8dcc0"))
    desk.press("do", "submit")
    expect(desk.page.locator("[role=alert]").first).to_be_visible()
    for wrong in ("credit_code", "contact_phone"):
        expect(desk.page.locator(f".line:has([name={wrong}]) .error").first).to_be_visible()
    expect(desk.page.locator(".paper-link")).to_contain_text("营业执照.jpg")
    desk.fill({"credit_code": CODE})
    desk.press("do", "code")
    desk.sees_done("验证码")
    desk.fill({"code": desk.sms(MOBILE)})
    desk.press("do", "confirm")
    expect(desk.page.locator("#contact .tag.ok")).to_be_visible()
    desk.press("do", "submit")
    desk.sees_done("交上去了")
    return desk


def review(officer: BackOffice) -> None:
    """Open the application from the list of what waits."""
    officer.open("brand-applications/")
    officer.page.get_by_role("link", name=NAME).first.click()
    expect(officer.page.locator("h1.w-h1")).to_have_text(NAME)


def send_back(officer: BackOffice) -> None:
    """Send it back with a remark on one field."""
    review(officer)
    remark = officer.page.locator("[name=remark-goods]")
    officer.page.locator("details:has([name=remark-goods]) summary").click()
    remark.fill(REMARK)
    officer.page.locator("form#return button").click()
    officer.sees_done()


def put_right(desk: Desk) -> None:
    """See the remark beside its field, and send the application again."""
    desk.open("/brand/join/mine/")
    desk.page.get_by_role("link", name=NAME).first.click()
    goods = desk.page.locator(".line.remarked:has([name=goods])")
    expect(goods.locator(".note")).to_contain_text(REMARK)
    expect(desk.page.locator(".line.remarked")).to_have_count(1)
    desk.fill({"goods": BETTER})
    desk.press("do", "submit")
    desk.sees_done("交上去了")


def approve(officer: BackOffice) -> None:
    """See what changed since, and approve."""
    review(officer)
    expect(officer.page.locator("main")).to_contain_text(BETTER)
    officer.page.locator("form[action$='/approve/'] [name=slug]").fill(SLUG)
    officer.page.locator("form[action$='/approve/'] button").click()
    officer.sees_done()
