"""Residue tests and laboratory reports."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from record.models import Batch, LaboratoryReport, ResidueTest
from record.papers.residues import TestRefused, record_report, record_test, uncleared_tests
from tests.factories.record import NOW, BatchFactory, ResidueTestFactory

pytestmark = pytest.mark.django_db


def enter(batch: Batch, inhibition: str = "6.2", **facts) -> ResidueTest:
    told = {"sample": "3 号地，抽 6 棵", "tested_at": NOW, "tested_by": "张家河检测点", **facts}
    return record_test(batch=batch, inhibition=Decimal(inhibition), at=NOW, **told)


def report(test: ResidueTest, **facts) -> LaboratoryReport:
    paper = Document.objects.create(title="报告", file=ContentFile(b"%PDF-1.4 %%EOF", name="report.pdf"))
    told = {
        "number": "SXJC-118",
        "laboratory": "省检测中心",
        "issued_on": date(2026, 11, 20),
        "result": "clean",
        **facts,
    }
    return record_report(test=test, document=paper, at=NOW, **told)


@pytest.mark.parametrize(("inhibition", "blocked"), [("49.99", False), ("50", True), ("-3.5", False)])
def test_fifty_per_cent_and_more_blocks_the_batch(inhibition, blocked):
    batch = BatchFactory()
    test = enter(batch, inhibition)
    assert test.number.startswith("JC261120-")
    assert bool(uncleared_tests(batch)) is blocked
    assert Batch.objects.get(pk=batch.pk).version == batch.version + 1


@pytest.mark.parametrize(
    "tested_at", [NOW + timedelta(hours=1), NOW - timedelta(days=300)], ids=["future", "before planting"]
)
def test_a_time_that_cannot_be_is_refused(tested_at):
    batch = BatchFactory()
    with pytest.raises(TestRefused):
        enter(batch, tested_at=tested_at)
    assert not ResidueTest.objects.exists()
    assert Batch.objects.get(pk=batch.pk).version == batch.version


def test_only_the_newest_report_decides():
    batch = BatchFactory()
    test = enter(batch, "73", tested_at=NOW - timedelta(days=3))
    report(test, number="A", issued_on=date(2026, 11, 18))
    assert not uncleared_tests(batch)
    report(test, number="B", issued_on=date(2026, 11, 19), result="exceeded")
    assert uncleared_tests(batch) == [test]


def test_a_report_is_refused_where_none_is_asked_for_or_its_day_cannot_be():
    batch = BatchFactory()
    clean, positive = enter(batch), enter(batch, "61.5")
    for test, facts in (
        (clean, {}),
        (positive, {"issued_on": date(2026, 11, 21)}),
        (positive, {"issued_on": date(2026, 11, 19)}),
    ):
        with pytest.raises(TestRefused):
            report(test, **facts)
    assert not LaboratoryReport.objects.exists()
    report(positive)
    with pytest.raises(TestRefused):
        report(positive)
    assert LaboratoryReport.objects.count() == 1


def test_a_positive_test_of_any_batch_is_told_from_a_clean_one():
    assert ResidueTestFactory(inhibition=Decimal("49.99")).is_cleared
    assert not ResidueTestFactory(inhibition=Decimal("50.00")).is_cleared
