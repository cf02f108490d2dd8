"""承诺达标合格证: suggested from what is known of a batch, issued once, withdrawn with a reason.

Rules of the 管理办法 in force since 2026-02-01: per batch, eight fields, kept for six months at least. A
certificate is never changed; a wrong one is withdrawn and another issued.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record.batches import mark_changed
from record.models import Batch, ConformityCertificate
from record.papers.residues import uncleared_tests

Basis = ConformityCertificate.Basis
FIELDS = ("promises", "basis", "product_name", "quantity", "origin", "issued_on", "promised_by", "contact")
_POSITIVE = _(
    "Residue test {number} is positive ({percent} %). A laboratory has to find the batch clean first."
)
# the words of the official form; a legal text, so the same in every language of the site
PROMISES = "不使用禁用农药兽药、停用兽药和非法添加物；常规农药兽药残留不超标；对承诺的真实性负责。"


class State(StrEnum):
    """What somebody who reads a 合格证 may believe today."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    BLOCKED = "blocked"


class CertificateRefused(ValueError):
    """The certificate cannot be issued: `reasons` are sentences for the operator."""

    def __init__(self, reasons: Sequence[Promise | str]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = list(reasons)


class NotWithdrawable(ValueError):
    """It is withdrawn already, or no reason was given."""


def suggested(batch: Batch, *, on: date) -> dict[str, str | date]:
    """Return the eight fields as far as the record knows them, for a form to start with."""
    return {
        "promises": PROMISES,
        "basis": suggested_basis(batch),
        "product_name": batch.product.name,
        "quantity": _amount(batch.quantity, batch.unit),
        "origin": f"{batch.product.region.full_name}{batch.base.place}",
        "issued_on": on,
        "promised_by": batch.product.member.name,
        "contact": batch.product.member.phone,
    }


def suggested_basis(batch: Batch) -> str:
    """Return what the promise can rest on: the strongest proof there is."""
    tests = list(batch.residue_tests.prefetch_related("reports"))
    if any(test.reports.all() for test in tests):
        return str(Basis.COMMISSIONED_TEST)
    return str(Basis.SELF_TEST if tests else Basis.QUALITY_CONTROL)


def issue_certificate(
    *,
    batch: Batch,
    promises: str,
    basis: str,
    product_name: str,
    quantity: str,
    origin: str,
    issued_on: date,
    promised_by: str,
    contact: str,
    at: datetime,
    issued_by: User | None = None,
) -> ConformityCertificate:
    """Issue the certificate of `batch`. `issued_on` is the day it carries, `at` is the clock.

    Raises:
        CertificateRefused: the batch is blocked, has one already, or what it says cannot be.
    """
    with transaction.atomic():
        # the lock orders this with tests and recalls: a positive test of a moment before is seen here
        locked = _locked(batch)
        reasons = [
            *reasons_against_certificate(locked),
            *_reasons_against_words(locked, basis=basis, issued_on=issued_on, at=at),
        ]
        if reasons:
            raise CertificateRefused(reasons)
        certificate = ConformityCertificate.objects.create(
            batch=locked,
            promises=promises.strip(),
            basis=basis,
            product_name=product_name.strip(),
            quantity=quantity.strip(),
            origin=origin.strip(),
            issued_on=issued_on,
            promised_by=promised_by.strip(),
            contact=contact.strip(),
            issued_by=issued_by,
        )
        mark_changed(locked)
    return certificate


def withdraw_certificate(*, certificate: ConformityCertificate, reason: str, at: datetime) -> None:
    """Withdraw a certificate for good: its page says so and why, and no code is activated on it.

    Raises:
        NotWithdrawable: it is withdrawn already, or no reason was given.
    """
    if not reason.strip():
        raise NotWithdrawable
    with transaction.atomic():
        # the batch first, as everywhere; then compare-and-set: the first reason and time stand
        locked = _locked(certificate.batch)
        standing = ConformityCertificate.objects.standing().filter(pk=certificate.pk)
        if not standing.update(withdrawn_at=at, withdrawal_reason=reason.strip()):
            raise NotWithdrawable
        mark_changed(locked)


def reasons_against_certificate(batch: Batch) -> Iterator[Promise]:
    """Yield each reason why `batch` can get no certificate now, whatever it would say."""
    if batch.is_recalled:
        yield _("The batch is being recalled.")
    if batch.conformity_certificates.standing().exists():
        yield _("The batch has a 合格证 already. Withdraw it first if it is wrong.")
    for test in uncleared_tests(batch):
        percent = f"{test.inhibition.normalize():f}"
        yield format_lazy(_POSITIVE, number=test.number, percent=percent)


def state_of(certificate: ConformityCertificate) -> State:
    """Return what `certificate` (with its batch) is worth today. What was decided comes before a test."""
    if certificate.withdrawn_at is not None:
        return State.WITHDRAWN
    if certificate.batch.is_recalled:
        return State.RECALLED
    return State.BLOCKED if uncleared_tests(certificate.batch) else State.STANDING


def _reasons_against_words(batch: Batch, *, basis: str, issued_on: date, at: datetime) -> Iterator[Promise]:
    if issued_on > timezone.localdate(at):
        yield _("A 合格证 is not issued ahead of its day.")
    if batch.harvested_on and issued_on < batch.harvested_on:
        yield _("It cannot be issued before the harvest.")
    if basis != Basis.QUALITY_CONTROL and not batch.residue_tests.exists():
        yield _("No test is recorded, so the promise cannot rest on one. Enter the test first.")


def _locked(batch: Batch) -> Batch:
    related = ("product__region", "product__member", "base")
    return Batch.objects.select_for_update(of=("self",)).select_related(*related).get(pk=batch.pk)


def _amount(quantity: Decimal | None, unit: str) -> str:
    return f"{quantity.normalize():,f} {unit}".strip() if quantity else ""
