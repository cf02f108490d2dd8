"""Activation: from here on a package may be sold, and scans of it count."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record.codes.acts import note_act
from record.codes.licensing import confirm_all, reasons_against_product
from record.codes.refusals import CodesRefused
from record.codes.selections import Selection, listed, of_batch, refuse
from record.events.conflicts import early_harvests
from record.models import Batch, Code, CodeAct


def activate_codes(
    *, batch: Batch, at: datetime, serials: Iterable[str] | None = None, by: User | None = None
) -> int:
    """Activate codes of `batch` (all of them without `serials`) and return how many were not active before.

    Raises:
        CodesRefused: the batch may not be sold: no licence in force, no valid conformity certificate where
            the product needs one, a positive residue test without a clean laboratory report, a harvest inside
            a safety interval or a recall; or listed codes are unknown, void or not of this batch.
    """
    codes = of_batch(batch) if serials is None else listed(serials)
    with transaction.atomic():
        # the lock orders activation and recall: a batch recalled a moment before is seen as recalled here
        locked = Batch.objects.select_for_update(of=("self",)).select_related("product").get(pk=batch.pk)
        reasons = list(reasons_against_activation(locked, at=at))
        if reasons:
            raise CodesRefused(reasons)
        if codes.named:
            refuse(codes.codes.exclude(batch=locked), _("Not of this batch: {serials}"))
            refuse(codes.codes.filter(state=Code.State.VOIDED), _("Void: {serials}"))
        count = _activate(codes, batch=locked, at=at, by=by)
        confirm_all([locked.product], at=at)
    return count


def activate_selection(*, codes: Selection, at: datetime, by: User | None = None) -> int:
    """Activate the chosen codes, all or none, whatever batches they are of; return how many were not before.

    Raises:
        CodesRefused: some have no batch yet, are void (where each was named), or a batch may not be sold.
    """
    with transaction.atomic():
        refuse(codes.living.filter(batch=None), _("Without a batch yet, bind them first: {serials}"))
        if codes.named:
            refuse(codes.codes.filter(state=Code.State.VOIDED), _("Void: {serials}"))
        ids = codes.living.order_by().values_list("batch_id", flat=True).distinct()
        # always locked in the order of their keys, so that two of these acts cannot wait for each other
        batches = Batch.objects.select_for_update(of=("self",)).filter(pk__in=list(ids))
        locked = list(batches.select_related("product").order_by("pk"))
        reasons = [
            format_lazy("{lot}: {reason}", lot=batch.lot, reason=reason)
            for batch in locked
            for reason in reasons_against_activation(batch, at=at)
        ]
        if reasons:
            raise CodesRefused(reasons)
        count = sum(_activate(codes, batch=batch, at=at, by=by) for batch in locked)
        confirm_all({batch.product for batch in locked}, at=at)
    return count


def reasons_against_activation(batch: Batch, *, at: datetime) -> Iterator[Promise | str]:
    """Yield each reason why packages of `batch` may not be sold yet."""
    if batch.is_recalled:
        yield _("The batch is being recalled.")
    yield from reasons_against_product(batch.product, at=at)
    if (
        batch.product.needs_certificate
        and not batch.conformity_certificates.standing().filter(issued_on__lte=at).exists()
    ):
        yield _("The batch has no valid 承诺达标合格证. This product needs one before it is sold.")
    if any(not test.is_cleared for test in batch.residue_tests.prefetch_related("reports")):
        yield _("A residue test is positive (50 % or more) and no laboratory has found the batch clean.")
    for early in early_harvests(batch)[:1]:
        yield format_lazy(_("On record it was harvested inside a safety interval. {reason}"), reason=early)


def _activate(codes: Selection, *, batch: Batch, at: datetime, by: User | None) -> int:
    waiting = codes.codes.filter(batch=batch, state=Code.State.BOUND)
    count = waiting.update(state=Code.State.ACTIVATED, activated_at=at)
    if count:
        note_act(
            CodeAct.Kind.ACTIVATE,
            count=count,
            at=at,
            by=by,
            serials=codes.named,
            run=codes.run,
            carton=codes.carton,
            batch=batch,
        )
    return count
