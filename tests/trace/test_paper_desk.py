"""The papers of a batch in the back office: tests, reports, 合格证, printing. Refusals change nothing."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture

from accounts.models import User
from accounts.roles import give_role
from record.models import ConformityCertificate, LaboratoryReport, ResidueTest
from tests.factories.record import (
    BatchFactory,
    ConformityCertificateFactory,
    ResidueTestFactory,
    sellable_batch,
)
from tests.trace.test_record_admin import CERTIFICATE, TEST

pytestmark = pytest.mark.django_db
REPORT = {"number": "SXJC-118", "laboratory": "省检测中心", "issued_on": "2026-11-02", "result": "clean"}


@pytest.fixture
def office(client):
    user = User.objects.create_user(email="operator@example.cn", password="x")
    give_role(user, "trace_operator")
    client.force_login(user)
    return client


def url(name, batch, *more):
    return reverse(f"record-batches:{name}", args=[batch.pk, *more])


def pdf():
    return SimpleUploadedFile("bericht.exe", b"%PDF-1.7\n...\n%%EOF\n", "application/pdf")


def picture():
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("slip.png", out.getvalue(), "image/png")


def test_an_operator_goes_from_a_positive_test_to_a_printed_certificate(office):
    batch = BatchFactory()
    done = office.post(url("add_test", batch), TEST | {"inhibition": "61.5", "photo": picture()}, follow=True)
    page = done.content.decode()
    assert "先锁住" in page
    assert url("issue_certificate", batch) not in page
    test = ResidueTest.objects.get()
    assert test.photo is not None
    assert test.entered_by.email == "operator@example.cn"

    refused = office.post(url("issue_certificate", batch), CERTIFICATE)
    assert refused.status_code == 400
    assert not ConformityCertificate.objects.exists()

    done = office.post(url("add_report", batch, test.pk), REPORT | {"document": pdf()}, follow=True)
    assert done.status_code == 200
    assert Document.objects.get().file.read().startswith(b"%PDF")
    assert LaboratoryReport.objects.get().document.filename.endswith(".pdf")

    done = office.post(
        url("issue_certificate", batch), CERTIFICATE | {"issued_on": "2026-11-03"}, follow=True
    )
    number = ConformityCertificate.objects.get().number
    assert number in done.content.decode()
    printed = office.get(url("certificate_pdf", batch), {"preset": "roll-60x40", "count": 2})
    assert printed.content.startswith(b"%PDF")
    assert number in printed["Content-Disposition"]
    label = office.get(url("residue_pdf", batch, test.pk), {"preset": "a4-8", "count": 8})
    assert label.content.startswith(b"%PDF")


def test_the_form_starts_with_what_is_known(office):
    batch = BatchFactory()
    page = office.get(url("papers", batch)).content.decode()
    assert 'value="2,860 千克"' in page
    assert "对承诺的真实性负责" in page
    assert batch.product.member.name in page


@pytest.mark.parametrize("field", list(CERTIFICATE))
def test_every_field_of_the_certificate_is_asked_for(office, field):
    batch = BatchFactory()
    ResidueTestFactory(batch=batch)
    assert office.post(url("issue_certificate", batch), CERTIFICATE | {field: ""}).status_code == 400
    assert not ConformityCertificate.objects.exists()


def test_a_report_without_its_paper_is_refused(office):
    test = ResidueTestFactory(inhibition=Decimal(61))
    for document in (None, SimpleUploadedFile("report.pdf", b"MZ\x90\x00", "application/pdf")):
        data = REPORT | ({"document": document} if document else {})
        assert office.post(url("add_report", test.batch, test.pk), data).status_code == 400
    assert not LaboratoryReport.objects.exists()
    assert not Document.objects.exists()


def test_a_refused_test_leaves_no_picture_behind(office):
    batch = BatchFactory()
    data = TEST | {"tested_at": "2026-01-01 10:00", "photo": picture()}
    assert office.post(url("add_test", batch), data).status_code == 400
    assert not ResidueTest.objects.exists()
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_refused_beside_its_field(office):
    data = TEST | {"photo": SimpleUploadedFile("slip.png", b"<svg/>", "image/png")}
    answer = office.post(url("add_test", BatchFactory()), data)
    assert answer.status_code == 400
    assert "不是图片" in answer.content.decode() or "photo" in answer.context["test"].errors
    assert not ResidueTest.objects.exists()


def test_a_blocked_batch_prints_nothing(office):
    batch = sellable_batch()
    test = ResidueTestFactory(batch=batch, inhibition=Decimal(61))
    for name, more in (("certificate_pdf", ()), ("residue_pdf", (test.pk,))):
        answer = office.get(url(name, batch, *more), {"preset": "a4-8", "count": 1})
        assert answer.status_code == 302
        assert answer["Location"] == url("papers", batch)


@pytest.mark.parametrize("query", [{}, {"preset": "a4-8", "count": 0}, {"preset": "a3", "count": 1}])
def test_a_senseless_print_is_no_page(office, query):
    assert office.get(url("certificate_pdf", sellable_batch()), query).status_code == 404


def test_withdrawing_asks_why(office):
    certificate = ConformityCertificateFactory()
    assert office.post(url("withdraw_certificate", certificate.batch), {"reason": ""}).status_code == 400
    certificate.refresh_from_db()
    assert certificate.withdrawn_at is None
    assert (
        office.post(url("withdraw_certificate", certificate.batch), {"reason": "写错了"}).status_code == 302
    )
    certificate.refresh_from_db()
    assert certificate.withdrawal_reason == "写错了"


def test_who_may_only_look_changes_nothing(client):
    user = User.objects.create_user(email="clerk@example.cn", password="x")
    names = ["access_admin", "view_batch", "view_conformitycertificate"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    certificate = ConformityCertificateFactory()
    batch = certificate.batch
    page = client.get(url("papers", batch)).content.decode()
    assert certificate.number in page
    assert "撤回合格证" not in page
    for name, data in (
        ("add_test", TEST),
        ("issue_certificate", CERTIFICATE),
        ("withdraw_certificate", {"reason": "x"}),
    ):
        assert client.post(url(name, batch), data).status_code in {302, 403}
    certificate.refresh_from_db()
    assert certificate.withdrawn_at is None
    assert not ResidueTest.objects.exists()


def test_lists_are_exported_as_spreadsheets(office):
    certificate = ConformityCertificateFactory()
    table = office.get(reverse("record-conformity:index"), {"export": "csv"})
    text = (
        b"".join(table.streaming_content).decode("utf-8-sig") if table.streaming else table.content.decode()
    )
    assert certificate.number in text
    assert "张家河大葱专业合作社" in text
    book = office.get(reverse("record-residues:index"), {"export": "xlsx"})
    body = b"".join(book.streaming_content) if book.streaming else book.content
    assert body.startswith(b"PK")


def test_a_kind_that_ends_asks_for_the_day(office):
    from record.models import Certification, CertificationKind
    from tests.factories.brand import ProductFactory

    kind = CertificationKind.objects.get(name="绿色食品")
    data = {"product": ProductFactory().pk, "kind": kind.pk, "number": "1", "issuer": ""}
    refused = office.post(reverse("record-certifications:add"), data | {"valid_from": "", "valid_to": ""})
    assert "valid_to" in refused.context["form"].errors
    assert not Certification.objects.exists()
    done = office.post(
        reverse("record-certifications:add"), data | {"valid_from": "", "valid_to": "2028-01-01"}
    )
    assert done.status_code == 302
    assert Certification.objects.get().kind == kind


def test_what_was_typed_for_a_certificate_stays_when_the_batch_was_blocked_meanwhile(office):
    batch = BatchFactory()
    ResidueTestFactory(batch=batch, inhibition=Decimal("61.5"))
    refused = office.post(url("issue_certificate", batch), CERTIFICATE | {"origin": "张家河村东坡三号地"})
    assert refused.status_code == 400
    assert "张家河村东坡三号地" in refused.content.decode()
    assert not ConformityCertificate.objects.exists()


@pytest.mark.parametrize(
    ("act", "page"),
    [
        ("issue", "desk"), ("activate", "desk"), ("issue_certificate", "papers"),
        ("withdraw_certificate", "papers"), ("add_test", "papers"),
    ],
)  # fmt: skip
def test_who_reloads_after_signing_in_again_is_led_back_to_the_page(office, act, page):
    batch = BatchFactory()
    assert office.get(url(act, batch))["Location"] == url(page, batch)
