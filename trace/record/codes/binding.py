"""Binding: codes made ahead get their batch."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record.codes.acts import note_act
from record.codes.licensing import confirm_all, reasons_against_product
from record.codes.refusals import CodesRefused
from record.codes.selections import Selection, refuse
from record.models import Batch, Code, CodeAct

_WAITING = [Code.State.ISSUED, Code.State.PRINTED]


def bind_codes(*, batch: Batch, codes: Selection, at: datetime, by: User | None = None) -> int:
    """Bind the chosen codes to `batch`, all or none, and return how many were not bound to it before.

    Raises:
        CodesRefused: the batch is being recalled, no licence covers its product, or some codes are of another
            product, bound to another batch or (where each was named) void.
    """
    with transaction.atomic():
        # the lock orders binding and recall: nothing is bound to a batch recalled a moment before
        locked = Batch.objects.select_for_update(of=("self",)).select_related("product").get(pk=batch.pk)
        if reasons := list(_reasons(locked, codes, at=at)):
            raise CodesRefused(reasons)
        waiting = codes.codes.filter(batch=None, state__in=_WAITING)
        # compare-and-set: whoever bound one of them in between makes this act fail as a whole
        bound = waiting.update(batch=locked, state=Code.State.BOUND)
        refuse(codes.living.exclude(batch=locked), _("Bound elsewhere in the meantime: {serials}"))
        if bound:
            kind = CodeAct.Kind.BIND
            note_act(kind, count=bound, at=at, by=by, serials=codes.named, run=codes.run, batch=locked)
        confirm_all([locked.product], at=at)
    return bound


def _reasons(batch: Batch, codes: Selection, *, at: datetime) -> Iterator[Promise | str]:
    if batch.is_recalled:
        yield _("The batch is being recalled.")
    yield from reasons_against_product(batch.product, at=at)
    checks = [
        (codes.codes.exclude(product=batch.product_id), _("Of another product: {serials}")),
        (
            codes.living.exclude(batch=None).exclude(batch=batch),
            _("Bound to another batch already: {serials}"),
        ),
    ]
    if codes.named:
        checks.append((codes.codes.filter(state=Code.State.VOIDED), _("Void: {serials}")))
    for wrong, sentence in checks:
        try:
            refuse(wrong, sentence)
        except CodesRefused as error:
            yield from error.reasons
    if not codes.living.exists():
        yield _("There is no code in this choice that is not void.")
