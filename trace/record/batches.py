"""Batches: what the public sees of one changed."""

from collections.abc import Collection, Iterator

from django.db.models import F

from changes import outbox
from record.models import Batch

_AT_ONCE = 5_000  # values in one statement; SQLite takes 32,766 at the least


def mark_changed(batch: Batch) -> None:
    """Say that the record of `batch` changed: a new version, told to every cache. Part of the caller's
    transaction.
    """
    Batch.objects.filter(pk=batch.pk).update(version=F("version") + 1)
    outbox.record(batch, region=batch.product.region.slug)


def mark_all_changed(pks: Collection[int]) -> None:
    """Say that the records of all these batches changed. Part of the caller's transaction."""
    for chunk in in_chunks(pks):
        batches = Batch.objects.filter(pk__in=chunk)
        batches.update(version=F("version") + 1)
        slugs = batches.annotate(county=F("product__region__slug")).values_list("pk", "county")
        outbox.record_many((Batch(pk=pk), county) for pk, county in slugs)


def in_chunks(pks: Collection[int]) -> Iterator[list[int]]:
    """Yield primary keys in order, few enough at a time for one statement of any database."""
    ordered = sorted(pks)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
