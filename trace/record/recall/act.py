"""The two acts: recall batches, lift a recall. Each is one transaction and keeps who, when and why."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from record.batches import in_chunks, mark_all_changed
from record.models import Batch, BatchInput, Code, Recall, RecalledBatch

OUT = (Code.State.ACTIVATED, Code.State.SOLD)  # packages that are, or may be, in somebody's hands


class AlreadyRecalled(Exception):
    """Each of the batches is being recalled already."""


class RecallNeedsReason(ValueError):
    """Buyers must be told why it is recalled, and later why that is over."""


class NotRecalled(Exception):
    """None of the batches is being recalled."""


def recall_batch(
    *, batch: Batch, reason: str, advice: str = "", at: datetime, by: User | None = None
) -> Recall:
    """Ask buyers to give back everything of this batch: every code of it shows the recall at once.

    Raises:
        RecallNeedsReason: no reason was given.
        AlreadyRecalled: somebody was faster.
    """
    return recall_batches(batch=batch, pks={batch.pk}, reason=reason, advice=advice, at=at, by=by)


def recall_batches(
    *,
    batch: Batch,
    pks: Collection[int],
    reason: str,
    advice: str = "",
    at: datetime,
    by: User | None = None,
) -> Recall:
    """Recall the batches `pks`, all or none; `batch` is where it began. One that is recalled already keeps
    its first reason.

    Raises:
        RecallNeedsReason: no reason was given.
        AlreadyRecalled: all of them are being recalled already.
    """
    if not reason.strip():
        raise RecallNeedsReason
    with transaction.atomic():
        # locked in order of pk, as activation locks: whoever activates waits and then sees the recall
        fresh = [pk for chunk in in_chunks(pks) for pk in _lock(chunk, recalled=False)]
        if not fresh:
            raise AlreadyRecalled
        texts = {"reason": reason.strip(), "advice": advice.strip()}
        recall = Recall.objects.create(batch=batch, begun_at=at, begun_by=by, **texts)
        for chunk in in_chunks(fresh):
            Batch.objects.filter(pk__in=chunk).update(
                recalled_at=at, recall_reason=texts["reason"], recall_advice=texts["advice"]
            )
            _note(recall, chunk)
            _tell(chunk)
    return recall


def lift_recall(*, pks: Collection[int], reason: str, at: datetime, by: User | None = None) -> int:
    """End the recall of the batches `pks` and return of how many. Their pages show the record again.

    Raises:
        RecallNeedsReason: no reason was given.
        NotRecalled: none of them is being recalled.
    """
    if not reason.strip():
        raise RecallNeedsReason
    with transaction.atomic():
        recalled = [pk for chunk in in_chunks(pks) for pk in _lock(chunk, recalled=True)]
        if not recalled:
            raise NotRecalled
        for chunk in in_chunks(recalled):
            Batch.objects.filter(pk__in=chunk).update(recalled_at=None, recall_reason="", recall_advice="")
            RecalledBatch.objects.filter(batch__in=chunk, lifted_at=None).update(
                lifted_at=at, lifted_by=by, lift_reason=reason.strip()
            )
            _tell(chunk)
    return len(recalled)


def _lock(pks: Collection[int], *, recalled: bool) -> list[int]:
    """Lock those that are (not) being recalled; who comes second finds none left."""
    batches = Batch.objects.select_for_update().filter(pk__in=pks, recalled_at__isnull=not recalled)
    return list(batches.order_by("pk").values_list("pk", flat=True))


def _note(recall: Recall, pks: Collection[int]) -> None:
    out = Count("codes", filter=Q(codes__state__in=OUT))
    counted = Batch.objects.filter(pk__in=pks).order_by("pk").annotate(out=out).values_list("pk", "out")
    entries = (RecalledBatch(recall=recall, batch_id=pk, codes_out=count) for pk, count in counted)
    RecalledBatch.objects.bulk_create(entries)


def _tell(pks: Collection[int]) -> None:
    """Tell every cache, also of what was made from them: its page names the recalled batch."""
    made = BatchInput.objects.filter(source__in=pks).values_list("batch", flat=True)
    mark_all_changed({*pks, *made})
