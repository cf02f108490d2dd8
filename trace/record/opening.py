"""Batches opened and changed by other programs: the rules of the back office's form, without a form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from brand.models import Product
from changes import outbox
from record.batches import mark_changed
from record.events.recording import date_conflicts
from record.models import Batch
from telemetry.models import Base

CHANGEABLE = ("plot", "planted_on", "harvested_on", "quantity", "unit")


class BatchRefused(ValueError):
    """The batch cannot be like that: `reasons` are sentences by field, "" for those about several."""

    def __init__(self, reasons: dict[str, list[str]]) -> None:
        super().__init__(" ".join(sentence for sentences in reasons.values() for sentence in sentences))
        self.reasons = reasons


def open_batch(*, product: Product, base: Base, lot: str, **facts: Any) -> Batch:
    """Open a batch of `product` grown at `base`; `facts` are among `CHANGEABLE`.

    Raises:
        BatchRefused: the product has such a lot already, the base is another county's, or a fact is wrong.
    """
    batch = Batch(product=product, base=base, lot=lot.upper(), **facts)
    if base.region_id != product.region_id:
        raise BatchRefused({"base": [_("The base is in another county than the product.")]})
    with transaction.atomic():
        _validate(batch)
        try:
            with transaction.atomic():
                batch.save()
        except IntegrityError:  # somebody opened it between the check and the saving
            _validate(batch)
            raise
        outbox.record(batch, region=product.region.slug)
    return batch


def change_batch(*, batch: Batch, **facts: Any) -> Batch:
    """Change facts of `batch` that are among `CHANGEABLE` and return it as it is now.

    Raises:
        BatchRefused: a fact is wrong, or contradicts the recorded events.
    """
    with transaction.atomic():
        # locked as for an event: a date and an event that contradict it cannot both come through
        locked = (
            Batch.objects.select_for_update(of=("self",))
            .select_related("product__region", "base")
            .get(pk=batch.pk)
        )
        for name in CHANGEABLE:
            if name in facts:
                setattr(locked, name, facts[name])
        _validate(locked)
        conflicts = date_conflicts(
            batch=locked, planted_on=locked.planted_on, harvested_on=locked.harvested_on
        )
        if conflicts:
            raise BatchRefused({"": [str(conflict) for conflict in conflicts]})
        locked.save(update_fields=[name for name in CHANGEABLE if name in facts])
        mark_changed(locked)
    return locked


def _validate(batch: Batch) -> None:
    try:
        batch.full_clean()
    except ValidationError as error:
        fields = error.message_dict
        raise BatchRefused({"" if name == "__all__" else name: fields[name] for name in fields}) from error
