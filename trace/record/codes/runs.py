"""Print runs: codes issued to be printed together."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from brand.models import Product
from record.codes.acts import note_act
from record.codes.issuing import Progress, issue_codes, reasons_against_issuing
from record.codes.refusals import CodesRefused
from record.models import Batch, CodeAct, PrintRun

MOST_WITH_PINS = 100_000


class NoSuchRun(LookupError):
    """No run has that number."""


def make_run(
    *,
    product: Product,
    quantity: int,
    at: datetime,
    batch: Batch | None = None,
    pins: int = PrintRun.Pins.NONE,
    note: str = "",
    by: User | None = None,
    request: UUID | None = None,
    progress: Progress = lambda done: None,
) -> PrintRun:
    """Issue `quantity` codes as one run, all or none. With a batch they are bound to it at once.

    `request` names the form that asked: sent twice, it makes one run.

    Raises:
        CodesRefused: as `issue_codes`; or too many labels with PINs.
    """
    if request and (made := PrintRun.objects.filter(request=request).first()):
        return made
    reasons = list(reasons_against_issuing(product, quantity, batch, at=at))
    if pins and quantity > MOST_WITH_PINS:
        reasons.append(_("A run with scratch PINs has at most 100,000 labels."))
    if reasons:
        raise CodesRefused(reasons)
    run = PrintRun(
        product=product,
        batch=batch,
        quantity=quantity,
        pins=pins,
        note=note.strip(),
        request=request,
        made_at=at,
        made_by=by,
    )
    try:
        _make(run, at=at, progress=progress)
    except IntegrityError:
        # the same form came twice at once: the other one made the run while this one waited for it
        made = PrintRun.objects.filter(request=request).first() if request else None
        if made is None:
            raise
        return made
    return run


@transaction.atomic
def _make(run: PrintRun, *, at: datetime, progress: Progress) -> None:
    run.save()
    batch, quantity = run.batch, run.quantity
    issue_codes(product=run.product, batch=batch, quantity=quantity, run=run, at=at, progress=progress)
    note_act(CodeAct.Kind.ISSUE, count=quantity, at=at, by=run.made_by, run=run, batch=batch)


def run_number(text: str) -> int:
    """Return the key of the run called `R00042`, in any case, with or without the letter and zeros.

    Raises:
        NoSuchRun: it cannot be the number of a run.
    """
    digits = text.strip().upper().removeprefix("R")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise NoSuchRun(text)
    return int(digits)
