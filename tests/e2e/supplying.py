"""What a licence opens: files of the VI library, packaging of the store, codes; and its certificate."""

import csv
import io
import re
import zipfile

import pypdfium2
import zxingcpp
from playwright.sync_api import expect

from tests.e2e.back_office import BackOffice
from tests.e2e.desk import Desk
from tests.e2e.joining import CODE, FORM, NAME, PLACE
from tests.e2e.licensing import BRAND, GTIN, PACK, PACKAGES, PRODUCT, held

PLATE = "/brand/vi/door-plate/"  # for licensees of any product
BAG, BAGS_ASKED, BAGS_GRANTED = "潞城手提袋", 300, 200
CODES = 500


def certificate(desk: Desk, number: str) -> bytes:
    """Take the certificate from the list of licences."""
    paper = desk.take(held(desk, number).locator("a[href$='certificate.pdf']"))
    assert paper.startswith(b"%PDF")
    return paper


def scan(paper: bytes) -> tuple[str, str]:
    """Return where the code on a certificate leads, as a camera reads it, and the words beside it."""
    document = pypdfium2.PdfDocument(paper)
    page = document[0]
    codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    words = page.get_textpage().get_text_bounded()
    document.close()
    assert len(codes) == 1
    return codes[0].text, words


def printed_fields(printed: str) -> list[str]:
    """Return what a certificate says, value by value and without spaces, from the words on the paper."""
    lines = [line.strip() for line in printed.splitlines()]
    goods, check = lines.index("授权用在这些东西上"), _first(lines, "核对码")
    rows = [line.partition(" ")[2] for line in (*lines[_first(lines, "准许") + 1 : goods], lines[check])]
    signed = [lines[check + 1], lines[check + 2].partition("日")[0] + "日"]
    values = [part for row in rows for part in re.split("；| 到 ", row)]
    assert {NAME, CODE, FORM, PLACE, BRAND} <= {*values}
    every = [lines[1], *values, PRODUCT, PACK, GTIN, f"{PACKAGES:,}", *signed]
    return ["".join(value.split()) for value in every]


def _first(lines: list[str], words: str) -> int:
    return next(number for number, line in enumerate(lines) if line.startswith(words))


def accept_terms(desk: Desk) -> bytes:
    """Ask for a file for licensees: the terms come first, then the file that was asked for."""
    desk.open(PLATE)
    desk.page.locator(".vi-file a.btn").first.click()
    desk.page.wait_for_url("**/agreement/**")
    desk.page.locator("#accept").check()
    return desk.take(desk.page.locator("form:has(#accept) button"))


def take_zip(desk: Desk) -> None:
    """Put all files of an asset into the basket and take them as one zip."""
    desk.open(PLATE)
    names = {name.strip() for name in desk.page.locator("[aria-labelledby=files] .vi-name").all_inner_texts()}
    desk.page.locator("form[action$='/basket/'] button[name=asset]").click()
    expect(desk.page.locator("form[data-basket] input[name=file]:checked")).to_have_count(len(names))
    packed = zipfile.ZipFile(io.BytesIO(desk.take(desk.page.locator("button[name=do][value=zip]"))))
    assert packed.testzip() is None
    assert {name.rsplit("/", 1)[-1] for name in packed.namelist()} >= names


def draw_packaging(desk: Desk, officer: BackOffice, number: str) -> None:
    """Ask for bags within a quota; some are granted, picked up, and on the receipt note."""
    officer.open("brand-packaging-quotas/new/")
    for name, words in {"licence": number, "item": BAG}.items():
        value = officer.page.locator(f"#id_{name} option").filter(has_text=words).first.get_attribute("value")
        officer.page.locator(f"#id_{name}").select_option(value=value)
    officer.fill({"quantity": "1000"})
    officer.save()
    officer.sees_done()
    desk.open("/members/packaging/ask/")
    asked = desk.page.locator(".to-ask").filter(has_text=BAG)
    asked.locator("input").fill(str(BAGS_ASKED))
    desk.fill({"wish": "头茬装箱"})
    desk.page.locator("main form .btn.main").click()
    desk.sees_done("交上去了")
    request = desk.page.url.removeprefix(desk.product.url)
    officer.open("brand-packaging-requests/")
    officer.page.locator("tbody tr").filter(has_text=NAME).first.locator("td.title a").click()
    officer.page.locator("form[action$='/approve/'] input[type=number]").fill(str(BAGS_GRANTED))
    officer.fill({"reason": "先领两百"}, "approve-")
    officer.page.locator("form[action$='/approve/'] button.button").click()
    officer.sees_done()
    officer.fill({"collector": "郭二明"}, "pick_up-")
    officer.page.locator("form[action$='/pick_up/'] button.button").click()
    officer.sees_done()
    desk.open(request)
    assert desk.take(desk.page.locator("a[href$='/note.pdf']")).startswith(b"%PDF")
    desk.open("/members/packaging/")
    expect(desk.page.locator("main")).to_contain_text(str(BAGS_GRANTED))


def draw_codes(desk: Desk) -> None:
    """Draw codes: more than the licence says is refused and stays typed; then take the table of labels."""
    desk.open("/members/codes/")
    desk.page.locator("a[href$='/codes/draw/']").click()
    desk.page.locator("[name=what]").select_option(index=0)
    desk.fill({"quantity": str(PACKAGES + 1), "note": "第一卷"})
    desk.page.locator("main form .btn.main").click()
    expect(desk.page.locator("main form [role=alert], main form .note.bad").first).to_be_visible()
    assert desk.page.locator("[name=note]").input_value() == "第一卷"
    desk.fill({"quantity": str(CODES)})
    desk.page.locator("main form .btn.main").click()
    desk.sees_done("领了")
    form = desk.page.locator("form[action$='/print/']")
    form.locator("[name=kind]").select_option("csv")
    rows = list(csv.reader(io.StringIO(desk.take(form.locator("button.btn")).decode("utf-8-sig"))))
    assert len({row[0] for row in rows}) == CODES + 1
    desk.open("/members/codes/")
    quota = desk.page.locator("section").filter(has_text=PRODUCT).first
    left = re.sub(r"\D", "", quota.locator("b.num").inner_text())
    assert int(left) == PACKAGES - CODES
