"""Batches: what the public sees of one changed, and recall."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from changes import outbox
from record.models import Batch


class AlreadyRecalled(Exception):
    """The batch is being recalled already."""


class RecallNeedsReason(ValueError):
    """Buyers must be told why."""


def mark_changed(batch: Batch) -> None:
    """Say that the record of `batch` changed: a new version, told to every cache. Part of the caller's
    transaction.
    """
    Batch.objects.filter(pk=batch.pk).update(version=F("version") + 1)
    outbox.record(batch, region=batch.product.region.slug)


def recall_batch(*, batch: Batch, reason: str, advice: str = "", at: datetime) -> None:
    """Ask buyers to give back everything of this batch: every code of it shows the recall at once.

    Raises:
        RecallNeedsReason: no reason was given.
        AlreadyRecalled: somebody was faster.
    """
    if not reason.strip():
        raise RecallNeedsReason
    with transaction.atomic():
        # compare-and-set: the first reason stands, a second recall is refused instead of rewriting it
        fresh = Batch.objects.filter(pk=batch.pk, recalled_at__isnull=True)
        if not fresh.update(recalled_at=at, recall_reason=reason.strip(), recall_advice=advice.strip()):
            raise AlreadyRecalled
        mark_changed(batch)
