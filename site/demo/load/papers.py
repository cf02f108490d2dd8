"""The papers of a batch, each by the act an operator would use: tests, laboratory reports, 合格证."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import typst
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents.models import Document

from config import ROOT
from demo.load.county import County
from record.models import Batch, ResidueTest
from record.papers.certificates import issue_certificate, withdraw_certificate
from record.papers.residues import record_report, record_test

_FONTS = ROOT / "node_modules" / "@expo-google-fonts" / "noto-sans-sc" / "400Regular"
_REPORT = """
#set page(width: 148mm, height: 105mm, margin: 14mm)
#set text(font: "Noto Sans SC", lang: "zh", size: 10pt)
#align(center, text(16pt)[检验检测报告（示例）])
#v(4mm)
#let facts = json(bytes(sys.inputs.facts))
#for (name, value) in facts [#name：#value \\ ]
#v(4mm)
按 GB 2763 检测有机磷和氨基甲酸酯类农药，所检项目都没超过限量。
"""


def certify(*, batch: Batch, words: dict[str, Any], at: datetime) -> None:
    """Issue the 合格证, after one with a slip of the pen where the content tells of one."""
    facts = {name: words[name] for name in ("promises", "basis", "origin", "promised_by", "contact")}
    facts |= {"product_name": batch.product.name, "issued_on": timezone.localdate(at)}
    if slip := words.get("withdrawn"):
        wrong = issue_certificate(batch=batch, quantity=slip["quantity"], at=at, **facts)
        withdraw_certificate(certificate=wrong, reason=slip["reason"], at=at)
    issue_certificate(batch=batch, quantity=words["quantity"], at=at, **facts)


def enter_test(*, county: County, batch: Batch, words: dict[str, Any], at: datetime) -> ResidueTest:
    """Enter the residue test."""
    return record_test(
        batch=batch,
        sample=words.get("sample", ""),
        method=words.get("method", ResidueTest.Method.ENZYME),
        inhibition=Decimal(words["inhibition"]),
        tested_at=at,
        tested_by=words["tested_by"],
        photo=county.pictures.get(words.get("photo", "")),
        at=at,
    )


def enter_report(*, batch: Batch, words: dict[str, Any], at: datetime) -> None:
    """Enter the laboratory's report on the batch's last test."""
    test = batch.residue_tests.order_by("-tested_at")[0]
    day = timezone.localdate(at)
    record_report(
        test=test,
        number=words["number"],
        laboratory=words["laboratory"],
        issued_on=day,
        result="clean",
        document=_document(batch, test, words=words, day=day),
        at=at,
    )


def _document(batch: Batch, test: ResidueTest, *, words: dict[str, Any], day: date) -> Document:
    """Return the report on paper; without fonts it is a PDF all the same, with boxes."""
    facts = [
        ("报告编号", words["number"]),
        ("送检", f"{batch.product.name} {batch.lot}，{test.sample}"),
        ("检测", words["laboratory"]),
        ("出具", f"{day:%Y-%m-%d}"),
    ]
    paper = typst.compile(  # type: ignore[misc]  # its stub cannot tell what a source of bytes is
        _REPORT.encode(),
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts)},
    )
    title = f"{words['laboratory']} {words['number']}"
    return Document.objects.create(title=title, file=ContentFile(bytes(paper), name=f"{words['number']}.pdf"))
