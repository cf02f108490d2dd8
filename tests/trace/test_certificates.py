"""承诺达标合格证: suggested, issued, refused, withdrawn, kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from changes.models import Change
from record.codes.activation import activate_codes
from record.codes.issuing import issue_codes
from record.codes.refusals import CodesRefused
from record.models import Batch, ConformityCertificate
from record.models.conformity import CertificateIsKept
from record.papers.certificates import (
    CertificateRefused,
    NotWithdrawable,
    State,
    issue_certificate,
    state_of,
    suggested,
    withdraw_certificate,
)
from record.recall.act import recall_batch
from tests.factories.record import (
    NOW,
    BatchFactory,
    ConformityCertificateFactory,
    LaboratoryReportFactory,
    ResidueTestFactory,
    sellable_batch,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def issue(batch: Batch, **facts) -> ConformityCertificate:
    return issue_certificate(batch=batch, at=NOW, **(suggested(batch, on=TODAY) | facts))


def test_all_eight_fields_are_suggested_from_what_is_known():
    batch = BatchFactory(base__place="辛安泉镇张家河村")
    assert suggested(batch, on=TODAY) == {
        "promises": "不使用禁用农药兽药、停用兽药和非法添加物；常规农药兽药残留不超标；对承诺的真实性负责。",
        "basis": "quality_control",
        "product_name": "潞城大葱",
        "quantity": "2,860 千克",
        "origin": "山西省长治市潞城区辛安泉镇张家河村",
        "issued_on": TODAY,
        "promised_by": batch.product.member.name,
        "contact": "0355-000 0001",
    }


def test_the_promise_rests_on_the_strongest_proof():
    batch = BatchFactory()
    test = ResidueTestFactory(batch=batch, inhibition=Decimal(61))
    assert suggested(batch, on=TODAY)["basis"] == "self_test"
    LaboratoryReportFactory(test=test)
    assert suggested(batch, on=TODAY)["basis"] == "commissioned_test"


def test_an_issued_certificate_has_a_number_and_tells_every_cache():
    batch = BatchFactory()
    made = issue(batch)
    assert made.number.startswith("HG261120-")
    assert Batch.objects.get(pk=batch.pk).version == batch.version + 1
    assert Change.objects.filter(thing=f"record.batch:{batch.pk}").exists()
    assert state_of(made) == State.STANDING


def refused(batch: Batch, **facts) -> str:
    with pytest.raises(CertificateRefused) as error:
        issue(batch, **facts)
    assert Batch.objects.get(pk=batch.pk).version == batch.version
    return str(error.value)


def test_a_positive_test_blocks_it_until_a_laboratory_finds_the_batch_clean():
    batch = BatchFactory()
    test = ResidueTestFactory(batch=batch, inhibition=Decimal(50))
    assert test.number in refused(batch)
    LaboratoryReportFactory(test=test, number="A", result="exceeded")
    assert test.number in refused(batch)
    LaboratoryReportFactory(test=test, number="B", issued_on=date(2026, 11, 5))
    assert issue(batch).pk


def test_a_further_quick_test_does_not_lift_a_positive_one():
    batch = BatchFactory()
    ResidueTestFactory(batch=batch, inhibition=Decimal(73))
    ResidueTestFactory(batch=batch, inhibition=Decimal(4))
    assert "阳性" in refused(batch)
    assert not ConformityCertificate.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"issued_on": TODAY + timedelta(days=1)},
        {"issued_on": date(2026, 10, 26)},
        {"basis": "self_test"},
        {"basis": "commissioned_test"},
    ],
    ids=["tomorrow", "before the harvest", "no test", "no laboratory"],
)
def test_what_cannot_be_is_refused(facts):
    refused(BatchFactory(), **facts)
    assert not ConformityCertificate.objects.exists()


def test_a_recalled_batch_gets_none():
    batch = BatchFactory()
    recall_batch(batch=batch, reason="复检一项没达标", at=NOW)
    batch.refresh_from_db()
    assert "召回" in refused(batch)


def test_a_second_one_waits_until_the_first_is_withdrawn():
    batch = BatchFactory()
    first = issue(batch)
    batch.refresh_from_db()
    assert "撤回" in refused(batch)
    withdraw_certificate(certificate=first, reason="数量写错了", at=NOW)
    second = issue(batch)
    assert second.number != first.number
    assert ConformityCertificate.objects.count() == 2


def test_withdrawing_needs_a_reason_and_happens_once():
    certificate = ConformityCertificateFactory()
    with pytest.raises(NotWithdrawable):
        withdraw_certificate(certificate=certificate, reason="  ", at=NOW)
    withdraw_certificate(certificate=certificate, reason="数量写错了", at=NOW)
    with pytest.raises(NotWithdrawable):
        withdraw_certificate(certificate=certificate, reason="又一次", at=NOW)
    certificate.refresh_from_db()
    assert certificate.withdrawal_reason == "数量写错了"
    assert state_of(certificate) == State.WITHDRAWN


def test_no_code_is_activated_on_a_withdrawn_certificate():
    batch = sellable_batch()
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    withdraw_certificate(certificate=batch.conformity_certificates.get(), reason="数量写错了", at=NOW)
    with pytest.raises(CodesRefused):
        activate_codes(batch=batch, at=NOW)


def test_nobody_deletes_a_certificate():
    certificate = ConformityCertificateFactory()
    with pytest.raises(CertificateIsKept):
        certificate.delete()
    with pytest.raises(CertificateIsKept):
        ConformityCertificate.objects.all().delete()
    assert ConformityCertificate.objects.count() == 1


def test_a_test_that_turns_up_positive_later_takes_the_worth_away():
    certificate = ConformityCertificateFactory()
    ResidueTestFactory(batch=certificate.batch, inhibition=Decimal("50.00"))
    assert state_of(certificate) == State.BLOCKED
