"""Slips of a 合格证 and a residue test: every field on every sheet, and a QR code that scans."""

from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp

from record.slips import SLIP_PRESETS, UnknownSlipPreset, certificate_slip, residue_slip, write_slips
from tests.factories.record import ConformityCertificateFactory, LaboratoryReportFactory, ResidueTestFactory

pytestmark = pytest.mark.django_db
MM = 25.4 / 72


def pages(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def words(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pages(data)).replace("\r\n", "")


@pytest.mark.parametrize("preset", SLIP_PRESETS)
def test_a_certificate_slip_holds_its_fields_and_a_code_that_scans(preset):
    certificate = ConformityCertificateFactory(
        product_name="旱地西红柿 沙瓤老品种",
        origin="山西省长治市潞城区辛安泉镇张家河村三号地东头",
        promised_by="长治市潞城区张家河大葱种植专业合作社联合社",
    )
    slip = certificate_slip(certificate)
    data = write_slips(slip, count=1, preset=preset)
    text = words(data)
    for word in ("承诺达标合格证", certificate.number, *(value for _name, value in slip.rows), "我承诺"):
        assert word.replace(" ", "") in text.replace(" ", "")
    shot = pages(data)[0].render(scale=300 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(shot)] == [slip.link]


def test_a_roll_is_as_large_as_its_paper():
    data = write_slips(certificate_slip(ConformityCertificateFactory()), count=3, preset="roll-60x40")
    book = pages(data)
    assert len(book) == 3
    assert [round(side * MM) for side in book[0].get_size()] == [60, 40]


def test_a_sheet_holds_as_many_as_it_says():
    slip = certificate_slip(ConformityCertificateFactory())
    data = write_slips(slip, count=9, preset="a4-8")
    book = pages(data)
    assert len(book) == 2
    first = book[0].render(scale=300 / 72).to_pil()
    assert len(zxingcpp.read_barcodes(first)) == 8


def test_long_words_make_the_type_smaller_and_lose_nothing():
    certificate = ConformityCertificateFactory(promises="不使用禁用农药兽药，" * 29, origin="山西省" * 35)
    slip = certificate_slip(certificate)
    text = words(write_slips(slip, count=1, preset="roll-80x60"))
    assert text.count("不使用禁用农药兽药") == 29


def test_the_label_of_a_test_tells_what_came_out():
    test = ResidueTestFactory(inhibition=Decimal("8.40"), sample="抽样 12 个")
    facts = dict(residue_slip(test).rows)
    assert facts["抑制率"] == "8.4 %"
    assert facts["结果"] == "阴性，合格"
    assert facts["样品"] == "抽样 12 个"
    assert residue_slip(test).title == "追溯检测标签"
    assert "追溯检测标签" in words(write_slips(residue_slip(test), count=1, preset="roll-60x40"))


def test_a_cleared_one_names_the_laboratory_report():
    report = LaboratoryReportFactory()
    assert dict(residue_slip(report.test).rows)["实验室报告"] == report.number


def test_what_is_no_sheet_or_no_number_is_refused():
    slip = certificate_slip(ConformityCertificateFactory())
    with pytest.raises(UnknownSlipPreset):
        write_slips(slip, count=1, preset="a3")
    for count in (0, 501):
        with pytest.raises(ValueError, match="slips"):
            write_slips(slip, count=count)
