"""Issuing: new codes for a product or a batch, by the million."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.models import Product
from record.codes.licensing import confirm, draw, reasons_against_product
from record.codes.refusals import CodesRefused
from record.codes.serials import new_serials
from record.models import Batch, Code, PrintRun

MOST_AT_ONCE = 1_000_000
_CHUNK = 20_000
_COPY = (
    "COPY record_code (serial, product_id, batch_id, run_id, state, scan_count, device_count, first_device,"
    " issued_at, void_reason) FROM STDIN"
)

Progress = Callable[[int], None]


def issue_codes(
    *,
    product: Product,
    quantity: int,
    at: datetime,
    batch: Batch | None = None,
    run: PrintRun | None = None,
    progress: Progress = lambda done: None,
) -> list[str]:
    """Issue `quantity` new codes of `product`, all or none, and return their serials.

    They are drawn under the licence that covers the product, and `run` keeps which one that was. A long run
    asks for the licence between two portions: one that is suspended meanwhile takes the whole run back.
    Codes issued for a batch are bound to it at once. `progress` is told how many are written.

    Raises:
        CodesRefused: too few or too many, another product's batch or a recalled one, no licence in force, or
            not so many codes left under it.
    """
    reasons = list(reasons_against_issuing(product, quantity, batch, at=at))
    if reasons:
        raise CodesRefused(reasons)
    state = Code.State.BOUND if batch else Code.State.ISSUED
    serials: list[str] = []
    with transaction.atomic():
        licence = draw(product, quantity, at=at)
        if run is not None:
            run.licence = licence
            run.save(update_fields=["licence"])
        while len(serials) < quantity:
            chunk = new_serials(min(_CHUNK, quantity - len(serials)))
            _insert(chunk, product=product, batch=batch, run=run, state=state, at=at)
            serials += chunk
            confirm(licence, at=at, last=len(serials) == quantity)
            progress(len(serials))
    return serials


def reasons_against_issuing(
    product: Product, quantity: int, batch: Batch | None, *, at: datetime
) -> Iterator[Promise | str]:
    """Yield each reason why codes cannot be issued as asked."""
    if not 1 <= quantity <= MOST_AT_ONCE:
        yield _("Between 1 and 1,000,000 codes are issued at once.")
    if batch and batch.product_id != product.pk:
        yield _("The batch is of another product.")
    if batch and batch.is_recalled:
        yield _("The batch is being recalled.")
    yield from reasons_against_product(product, at=at, quantity=quantity)


def _insert(
    serials: list[str],
    *,
    product: Product,
    batch: Batch | None,
    run: PrintRun | None,
    state: str,
    at: datetime,
) -> None:
    if connection.vendor != "postgresql":
        codes = (
            Code(serial=serial, product=product, batch=batch, run=run, state=state, issued_at=at)
            for serial in serials
        )
        Code.objects.bulk_create(codes, batch_size=2_000)
        return
    batch_id, run_id = (thing.pk if thing else r"\N" for thing in (batch, run))
    tail = f"\t{product.pk}\t{batch_id}\t{run_id}\t{state}\t0\t0\t\t{at.isoformat()}\t\n"
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write("".join(serial + tail for serial in serials))
