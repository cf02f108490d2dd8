"""Codes: issued, bound, activated, voided."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from record.codes.activation import activate_codes
from record.codes.binding import bind_codes
from record.codes.issuing import issue_codes
from record.codes.refusals import CodesRefused, NotVoidable
from record.codes.selections import listed
from record.codes.voiding import void_code
from record.models import Code
from record.recall.act import recall_batch
from tests.factories.brand import ProductFactory
from tests.factories.record import (
    NOW,
    BatchFactory,
    ConformityCertificateFactory,
    LaboratoryReportFactory,
    ResidueTestFactory,
    active_code,
    sellable_batch,
)

pytestmark = pytest.mark.django_db
State = Code.State


def states(batch):
    return set(Code.objects.filter(batch=batch).values_list("state", flat=True))


def test_ten_thousand_codes_are_issued_in_one_go():
    batch, told = BatchFactory(), []
    serials = issue_codes(product=batch.product, batch=batch, quantity=10_000, at=NOW, progress=told.append)
    assert len(set(serials)) == 10_000 == batch.codes.count()
    assert states(batch) == {State.BOUND}
    assert told[-1] == 10_000
    code = Code.objects.get(serial=serials[-1])
    assert (code.issued_at, code.scan_count, code.first_scanned_at, code.void_reason) == (NOW, 0, None, "")


def test_codes_without_a_batch_wait_to_be_bound():
    product = ProductFactory()
    serials = issue_codes(product=product, quantity=3, at=NOW)
    assert set(Code.objects.values_list("state", "batch")) == {(State.ISSUED, None)}
    batch = BatchFactory(product=product)
    assert bind_codes(batch=batch, codes=listed(serials[:2]), at=NOW) == 2
    assert batch.codes.count() == 2
    with pytest.raises(CodesRefused):
        bind_codes(batch=BatchFactory(product=product), codes=listed(serials), at=NOW)
    assert Code.objects.filter(batch=None).count() == 1


def test_codes_are_never_bound_to_a_batch_of_another_product():
    serials = issue_codes(product=ProductFactory(), quantity=1, at=NOW)
    with pytest.raises(CodesRefused):
        bind_codes(batch=BatchFactory(), codes=listed(serials), at=NOW)
    assert Code.objects.get().batch is None


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_senseless_quantity_is_refused(quantity):
    with pytest.raises(CodesRefused):
        issue_codes(product=ProductFactory(), quantity=quantity, at=NOW)
    assert not Code.objects.exists()


def test_a_batch_of_another_product_is_refused():
    with pytest.raises(CodesRefused):
        issue_codes(product=ProductFactory(), batch=BatchFactory(), quantity=1, at=NOW)
    assert not Code.objects.exists()


def test_activation_without_a_certificate_says_why_and_changes_nothing():
    batch = BatchFactory()
    issue_codes(product=batch.product, batch=batch, quantity=2, at=NOW)
    with pytest.raises(CodesRefused, match="合格证"):
        activate_codes(batch=batch, at=NOW)
    assert states(batch) == {State.BOUND}


def test_a_certificate_of_tomorrow_does_not_count():
    batch = BatchFactory()
    ConformityCertificateFactory(batch=batch, issued_on="2026-11-21")
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    with pytest.raises(CodesRefused):
        activate_codes(batch=batch, at=NOW)


def test_a_product_that_needs_no_certificate_is_activated_without():
    batch = BatchFactory(product=ProductFactory(needs_certificate=False))
    issue_codes(product=batch.product, batch=batch, quantity=2, at=NOW)
    assert activate_codes(batch=batch, at=NOW) == 2


def test_a_positive_residue_test_needs_a_laboratory_report():
    batch = sellable_batch()
    test = ResidueTestFactory(batch=batch, inhibition=Decimal(50))
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    with pytest.raises(CodesRefused):
        activate_codes(batch=batch, at=NOW)
    LaboratoryReportFactory(test=test)
    assert activate_codes(batch=batch, at=NOW) == 1


def test_activating_again_counts_only_what_is_new():
    batch = sellable_batch()
    first = issue_codes(product=batch.product, batch=batch, quantity=2, at=NOW)
    assert activate_codes(batch=batch, serials=first[:1], at=NOW) == 1
    assert activate_codes(batch=batch, at=NOW) == 1
    assert activate_codes(batch=batch, at=NOW) == 0
    assert states(batch) == {State.ACTIVATED}


def test_a_recalled_batch_gets_no_codes_and_activates_none():
    batch = sellable_batch()
    issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    recall_batch(batch=batch, reason="复检一项没达标", at=NOW)
    batch.refresh_from_db()
    with pytest.raises(CodesRefused):
        issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)
    with pytest.raises(CodesRefused):
        activate_codes(batch=batch, at=NOW)
    assert states(batch) == {State.BOUND}


def test_voiding_keeps_the_first_reason_and_cannot_be_undone():
    code = active_code()
    void_code(serial=code.serial, reason="包装印坏了", at=NOW)
    with pytest.raises(NotVoidable):
        void_code(serial=code.serial, reason="又一个理由", at=NOW)
    code.refresh_from_db()
    assert (code.state, code.void_reason, code.voided_at) == (State.VOIDED, "包装印坏了", NOW)
    assert activate_codes(batch=code.batch, at=NOW) == 0


def test_voiding_without_a_reason_is_refused():
    code = active_code()
    with pytest.raises(NotVoidable):
        void_code(serial=code.serial, reason=" ", at=NOW)
    code.refresh_from_db()
    assert code.state == State.ACTIVATED


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": State.ACTIVATED, "activated_at": None},
        {"state": State.VOIDED},
        {"batch": None},
        {"scan_count": 1},
    ],
)
def test_the_database_refuses_impossible_codes(wrong):
    code = active_code()
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.filter(pk=code.pk).update(**wrong)


def test_a_serial_exists_once():
    code = active_code()
    code.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        code.save()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="COPY is PostgreSQL's")
def test_copied_codes_are_like_saved_ones():
    batch = BatchFactory()
    serial = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)[0]
    columns = [field.name for field in Code._meta.fields if field.name not in {"id", "serial"}]
    copied = Code.objects.values(*columns).get(serial=serial)
    Code.objects.create(serial="2" * 16, product=batch.product, batch=batch, state="bound", issued_at=NOW)
    assert copied == Code.objects.values(*columns).get(serial="2" * 16)
