"""The pages behind the QR codes of a 合格证 and of a residue test."""

from decimal import Decimal

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from lib import qr
from record.papers.certificates import withdraw_certificate
from record.recall.act import recall_batch
from record.slips import certificate_link
from tests.factories.record import (
    NOW,
    ConformityCertificateFactory,
    LaboratoryReportFactory,
    ResidueTestFactory,
    active_code,
)

pytestmark = pytest.mark.django_db


def seen(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_qr_form_shows_the_words_and_all_eight_fields(client):
    certificate = ConformityCertificateFactory()
    page = seen(client, f"/trace/certificates/{certificate.number}/")
    for words in (
        "承诺达标合格证",
        "不使用禁用农药，常规农药残留不超标",
        "自行检测",
        "大葱",
        "2,640 千克",
        "山西省长治市潞城区张家河村",
        "2026 年 10 月 28 日",
        "张家河大葱专业合作社",
        "0355-000 0000",
        certificate.number,
    ):
        assert words in page
    assert "算数" in page
    assert "<svg" in page


def test_its_qr_code_leads_to_itself():
    link = certificate_link("HG261028-7K4MQX")
    assert link.endswith("/trace/certificates/HG261028-7K4MQX/")
    assert decoded(qr.single(link)) == link


def decoded(code: qr.Matrix) -> str:
    """Read a drawn code as a camera would."""
    side = (code.size + 8) * 4
    picture = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(code.rows()):
        for x, dark in enumerate(row):
            if dark == "1":
                left, top = (x + 4) * 4, (y + 4) * 4
                pen.rectangle([left, top, left + 3, top + 3], fill=0)
    return zxingcpp.read_barcodes(picture)[0].text


def test_a_number_is_read_in_any_case(client):
    certificate = ConformityCertificateFactory()
    assert certificate.number in seen(client, f"/trace/certificates/{certificate.number.lower()}/")


def test_a_withdrawn_one_says_so_and_why(client):
    certificate = ConformityCertificateFactory()
    withdraw_certificate(certificate=certificate, reason="数量写错了", at=NOW)
    page = seen(client, f"/trace/certificates/{certificate.number}/")
    assert "撤回了" in page
    assert "数量写错了" in page
    assert "还算数" not in page


def test_a_recalled_batch_shows_on_it(client):
    certificate = ConformityCertificateFactory()
    recall_batch(batch=certificate.batch, reason="复检一项没达标", at=NOW)
    assert "复检一项没达标" in seen(client, f"/trace/certificates/{certificate.number}/")


def test_a_positive_test_shows_on_it_until_a_laboratory_cleared_it(client):
    certificate = ConformityCertificateFactory()
    test = ResidueTestFactory(batch=certificate.batch, inhibition=Decimal(61))
    assert "在等实验室" in seen(client, f"/trace/certificates/{certificate.number}/")
    LaboratoryReportFactory(test=test)
    assert "还算数" in seen(client, f"/trace/certificates/{certificate.number}/")


@pytest.mark.parametrize("kind", ["certificates", "tests"])
def test_an_unknown_number_is_told_plainly_and_reveals_nothing(client, kind):
    ConformityCertificateFactory()
    page = seen(client, f"/trace/{kind}/HG000000-AAAAAA/", status=404)
    assert "没有这张证" in page
    assert "大葱" not in page


@pytest.mark.parametrize(
    ("inhibition", "words"), [("6.2", "测过，<wbr>合格"), ("61.5", "快检阳性，<wbr>这一批先不卖")]
)
def test_the_page_of_a_test_says_what_came_out(client, inhibition, words):
    test = ResidueTestFactory(inhibition=Decimal(inhibition), sample="3 号地，抽 6 棵")
    page = seen(client, f"/trace/tests/{test.number}/")
    assert words in page
    assert inhibition in page
    assert "3 号地，抽 6 棵" in page
    assert "有机磷和氨基甲酸酯类" in page


def test_a_cleared_test_shows_the_laboratory(client):
    report = LaboratoryReportFactory()
    page = seen(client, f"/trace/tests/{report.test.number}/")
    assert "实验室查清了" in page
    assert report.number in page


def test_the_record_leads_to_its_papers(client):
    code = active_code()
    page = seen(client, f"/trace/{code.serial}/")
    assert f"/trace/certificates/{code.batch.conformity_certificates.get().number}/" in page
    assert f"/trace/tests/{code.batch.residue_tests.get().number}/" in page


def test_papers_take_few_queries(client, django_assert_max_num_queries):
    certificate = ConformityCertificateFactory()
    ResidueTestFactory(batch=certificate.batch)
    client.get("/trace/")
    with django_assert_max_num_queries(6):
        seen(client, f"/trace/certificates/{certificate.number}/")


def test_english_pages_are_english(client):
    certificate = ConformityCertificateFactory()
    page = seen(client, f"/en/trace/certificates/{certificate.number}/")
    assert "This 合格证 stands" in page
    assert "承诺达标合格证" in page


@pytest.mark.parametrize(
    "shape", ["{}", "https://x.cn/trace/certificates/{}/", "https://x.cn/en/trace/tests/{}"]
)
def test_a_number_in_the_box_or_under_the_camera_leads_to_its_paper(client, shape):
    number = ResidueTestFactory().number if "tests" in shape else ConformityCertificateFactory().number
    page = client.get("/trace/", {"code": shape.format(number.lower())}, follow=True)
    assert page.status_code == 200
    assert number in page.content.decode()
