"""Print runs: codes issued to be printed together."""

from datetime import datetime

from django.db import transaction
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
    progress: Progress = lambda done: None,
) -> PrintRun:
    """Issue `quantity` codes as one run, all or none. With a batch they are bound to it at once.

    Raises:
        CodesRefused: too few or too many, another product's batch, or a recalled one.
    """
    reasons = list(reasons_against_issuing(product, quantity, batch))
    if pins and quantity > MOST_WITH_PINS:
        reasons.append(_("A run with scratch PINs has at most 100,000 labels."))
    if reasons:
        raise CodesRefused(reasons)
    with transaction.atomic():
        run = PrintRun.objects.create(
            product=product,
            batch=batch,
            quantity=quantity,
            pins=pins,
            note=note.strip(),
            made_at=at,
            made_by=by,
        )
        issue_codes(product=product, batch=batch, quantity=quantity, run=run, at=at, progress=progress)
        note_act(CodeAct.Kind.ISSUE, count=quantity, at=at, by=by, run=run, batch=batch)
    return run


def run_number(text: str) -> int:
    """Return the key of the run called `R00042`, in any case, with or without the letter and zeros.

    Raises:
        NoSuchRun: it cannot be the number of a run.
    """
    digits = text.strip().upper().removeprefix("R")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise NoSuchRun(text)
    return int(digits)
