"""What stands between a batch and its sale: codes, a residue test, a laboratory, the 合格证, activation."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.back_office import BackOffice
from tests.e2e.making import day

CODES = 10_000
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def issue_codes(operator: BackOffice, desk: str) -> list[list[str]]:
    """Issue the codes as one print run with scratch PINs, and return the rows of its table."""
    operator.open(desk)
    operator.fill({"quantity": str(CODES), "pins": "6 位"})
    operator.page.get_by_role("button", name="发码").click()
    operator.sees_done()
    operator.page.locator("#labels-heading ~ ul a").first.click()
    rows = list(csv.reader(io.StringIO(operator.print_labels("csv").decode("utf-8-sig"))))
    assert len(rows) == CODES + 1
    assert len({row[0] for row in rows}) == CODES + 1
    operator.page.reload()
    spoiled = operator.print_labels("pdf", again="卷纸卡了", only=rows[-1][0])
    assert spoiled.startswith(b"%PDF")
    return rows[1:]


def activate(operator: BackOffice, desk: str, *, refused: str = "") -> None:
    """Activate the batch, or see why it cannot be."""
    operator.open(desk)
    operator.page.get_by_role("button", name="激活").click()
    if refused:
        operator.sees_refusal(refused)
        expect(operator.page.locator("#codes-heading ~ dl")).not_to_contain_text("已激活")
    else:
        expect(operator.page.locator(".messages .success")).to_contain_text(str(CODES))


def block(operator: BackOffice, desk: str, batch: Page) -> None:
    """Enter a positive test: whoever had the 合格证's form open already is refused too."""
    papers = desk.replace("/desk/", "/papers/")
    operator.open(papers)
    open_before = operator.page.context.new_page()
    open_before.goto(operator.page.url)
    facts = {"sample": "东坡 2 号地 1 千克", "inhibition": "62.5", "tested_by": "王秀兰"}
    operator.fill(facts | {"tested_at": f"{day(1)}T09:00"})
    operator.page.get_by_role("button", name="录入检测").click()
    expect(operator.page.locator(".messages .warning")).to_contain_text("锁住")
    expect(operator.page.get_by_role("button", name="开合格证")).to_have_count(0)
    open_before.get_by_role("button", name="开合格证").click()
    expect(
        open_before.locator(".help-critical, .help-warning").filter(has_text="62.5%").first
    ).to_be_visible()
    open_before.close()
    batch.reload()
    expect(batch.locator("#certs")).to_contain_text("快检阳性")
    expect(batch.locator(".promise")).to_contain_text("未记录")
    activate(operator, desk, refused="实验室")


def clear(operator: BackOffice, desk: str, batch: Page, folder: Path) -> None:
    """Enter what the laboratory found; the 合格证 is missing still."""
    operator.open(desk.replace("/desk/", "/papers/"))
    operator.fill({"number": "CZ-2026-0917", "laboratory": "长治市农产品质量安全检验检测中心"})
    operator.fill({"issued_on": day(1), "result": "没超标"})
    report = folder / "report.pdf"
    report.write_bytes(PDF)
    operator.page.locator("#id_document").set_input_files(report)
    operator.page.get_by_role("button", name="录入报告").click()
    operator.sees_done()
    batch.reload()
    expect(batch.locator("#certs")).to_contain_text("CZ-2026-0917")
    activate(operator, desk, refused="承诺达标合格证")


def add_certificate(operator: BackOffice, desk: str, batch: Page) -> None:
    """Issue the 合格证 as it is suggested."""
    operator.open(desk.replace("/desk/", "/papers/"))
    assert operator.value("product_name") == "旱地西红柿"
    operator.page.get_by_role("button", name="开合格证").click()
    operator.sees_done()
    batch.reload()
    expect(batch.locator(".promise")).to_contain_text("0355-6770000")
