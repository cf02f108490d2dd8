"""Residue tests and laboratory reports: a positive test blocks a batch until a laboratory finds it clean.

GB/T 5009.199 reads 50 % inhibition and more as positive. Tests are added, never changed: a further quick
test does not lift a positive one, a laboratory does.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.models import User
from record.batches import mark_changed
from record.models import Batch, LaboratoryReport, ResidueTest


class TestRefused(ValueError):
    """The test or report cannot be entered: `reasons` are sentences for the operator."""

    __test__ = False  # pytest: this is no test

    def __init__(self, reasons: Sequence[Promise | str]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = list(reasons)


def uncleared_tests(batch: Batch) -> list[ResidueTest]:
    """Return the positive tests that no laboratory has answered with a clean report. Two queries."""
    tests = batch.residue_tests.prefetch_related("reports")
    return [test for test in tests if not test.is_cleared]


def record_test(
    *,
    batch: Batch,
    sample: str,
    inhibition: Decimal,
    tested_at: datetime,
    tested_by: str,
    at: datetime,
    method: str = ResidueTest.Method.ENZYME,
    standard: str = "GB/T 5009.199",
    photo: Image | None = None,
    entered_by: User | None = None,
) -> ResidueTest:
    """Enter a quick test of `batch`; `inhibition` in per cent. `at` is the clock.

    Raises:
        TestRefused: its time cannot be.
    """
    with transaction.atomic():
        # the lock orders tests and certificates: one issued at this moment waits and then sees the test
        locked = (
            Batch.objects.select_for_update(of=("self",)).select_related("product__region").get(pk=batch.pk)
        )
        reasons = list(_reasons_against_test(locked, tested_at=tested_at, at=at))
        if reasons:
            raise TestRefused(reasons)
        test = ResidueTest.objects.create(
            batch=locked,
            sample=sample.strip(),
            method=method,
            inhibition=inhibition,
            standard=standard.strip(),
            tested_at=tested_at,
            tested_by=tested_by.strip(),
            photo=photo,
            entered_by=entered_by,
        )
        mark_changed(locked)
    return test


def record_report(
    *,
    test: ResidueTest,
    number: str,
    laboratory: str,
    issued_on: date,
    result: str,
    document: Document,
    at: datetime,
    entered_by: User | None = None,
) -> LaboratoryReport:
    """Enter what a laboratory found after `test`, with its report. A clean one lifts the block.

    Raises:
        TestRefused: the test needed none, the report is entered already, or its day cannot be.
    """
    with transaction.atomic():
        # as above; two reports with one number would meet here
        locked = (
            Batch.objects.select_for_update(of=("self",))
            .select_related("product__region")
            .get(pk=test.batch_id)
        )
        reasons = list(_reasons_against_report(test, number=number, issued_on=issued_on, at=at))
        if reasons:
            raise TestRefused(reasons)
        report = LaboratoryReport.objects.create(
            test=test,
            number=number.strip(),
            laboratory=laboratory.strip(),
            issued_on=issued_on,
            result=result,
            document=document,
            entered_by=entered_by,
        )
        mark_changed(locked)
    return report


def _reasons_against_test(batch: Batch, *, tested_at: datetime, at: datetime) -> Iterator[Promise]:
    if tested_at > at:
        yield _("It lies in the future. A test is entered once it is done.")
    if batch.planted_on and timezone.localdate(tested_at) < batch.planted_on:
        yield _("It cannot be before the planting.")


def _reasons_against_report(
    test: ResidueTest, *, number: str, issued_on: date, at: datetime
) -> Iterator[Promise]:
    if not test.is_positive:
        yield _("This test was not positive and needs no laboratory.")
    if test.reports.filter(number=number.strip()).exists():
        yield _("This report is entered already.")
    if issued_on > timezone.localdate(at):
        yield _("The report's day lies in the future.")
    if issued_on < timezone.localdate(test.tested_at):
        yield _("The report is older than the test it answers.")
