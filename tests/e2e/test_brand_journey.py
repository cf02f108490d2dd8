"""A member's way with the brand: applies, is licensed, takes files, packaging, codes; is renewed, suspended.

Every step is taken in a browser, by the person it is for; and a buyer scans the certificate.
"""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e import joining, licensing, supervising, supplying
from tests.e2e.back_office import BackOffice
from tests.e2e.desk import Desk
from tests.e2e.running import Product
from tests.e2e.selling import sell


def become_member(product: Product, browser: Browser, officer: BackOffice, folder: Path) -> Desk:
    """Apply, be sent back once, be approved."""
    desk = joining.apply(product, browser, folder)
    joining.send_back(officer)
    joining.put_right(desk)
    joining.approve(officer)
    return desk


def be_licensed(desk: Desk, officer: BackOffice, decider: BackOffice, folder: Path) -> str:
    """Apply for a product, be visited, stand in public, and hold a licence; return its number."""
    licensing.make_product(officer)
    licensing.apply(desk, folder)
    application = licensing.bring_to_publicity(officer, folder)
    licensing.is_too_early(decider, application)
    licensing.let_publicity_pass(officer)
    return licensing.give(decider, application)


def use_the_right(desk: Desk, officer: BackOffice, number: str) -> None:
    """Take what the licence opens."""
    supplying.accept_terms(desk)
    supplying.take_zip(desk)
    supplying.draw_packaging(desk, officer, number)
    supplying.draw_codes(desk)


def scan_the_certificate(desk: Desk, page: Page, number: str) -> None:
    """Scan the code on the paper with a phone: the page shows every word that is printed."""
    address, printed = supplying.scan(supplying.certificate(desk, number))
    assert address.startswith(desk.product.url)
    page.goto(address)
    expect(page.locator(".verdict .seal")).to_have_text("准")
    shown = "".join(page.locator("main").inner_text().split())
    for words in supplying.printed_fields(printed):
        assert words in shown, words


def renew(desk: Desk, officer: BackOffice, decider: BackOffice, number: str, folder: Path) -> None:
    """Renew the licence when its end comes near: the new one follows the day after."""
    supervising.bring_the_end_near(officer, number)
    licensing.renew(desk, number, folder)
    application = licensing.bring_to_publicity(officer, folder)
    licensing.let_publicity_pass(officer)
    renewed = licensing.give(decider, application)
    assert renewed != number
    expect(licensing.held(desk, renewed)).to_contain_text("还没到日子")


def inspect(desk: Desk, officer: BackOffice, number: str, folder: Path) -> None:
    """Inspect, find something, have it answered, close it."""
    finding = supervising.inspect(officer, number)
    supervising.answer(desk, folder)
    supervising.close(officer, finding)


def lose_the_right(desk: Desk, officer: BackOffice, visitor: Page, number: str, article: str) -> None:
    """Suspend: whoever has a form open already is refused, and nothing shows the right any more."""
    file = supervising.file_link(desk)
    form = desk.page.context.new_page()
    form.goto(f"{desk.product.url}/members/codes/draw/")
    visitor.goto(desk.product.url + article)
    expect(visitor.locator(f"a.licence[href*='{number}']")).to_be_visible()
    supervising.suspend(officer, number)
    supervising.is_off_everywhere(desk, visitor, number, article, form)
    supervising.is_refused(desk, number, file)


def test_a_member_is_licensed_uses_the_right_and_loses_it(
    product: Product, browser: Browser, page: Page, tmp_path: Path
) -> None:
    officer = BackOffice.enter(product, browser, "brand_officer")
    desk = become_member(product, browser, officer, tmp_path)
    decider = BackOffice.enter(product, browser, "admin")
    number = be_licensed(desk, officer, decider, tmp_path)
    scan_the_certificate(desk, page, number)
    use_the_right(desk, officer, number)
    article = sell(product, browser, title=licensing.PRODUCT, gtin=licensing.GTIN, price="39.00")
    renew(desk, officer, decider, number, tmp_path)
    inspect(desk, officer, number, tmp_path)
    lose_the_right(desk, officer, page, number, article)
    for person in (officer, decider, desk):
        person.leave()
