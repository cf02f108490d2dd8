"""Codes: issued for packages, bound to a batch, activated when it may be sold, voided when it must not be."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brand.models import Product
from record.models import Batch, Code
from record.serials import new_serials

MOST_AT_ONCE = 1_000_000
_CHUNK = 20_000
_COPY = (
    "COPY record_code (serial, product_id, batch_id, state, scan_count, device_count, first_device,"
    " issued_at, void_reason) FROM STDIN"
)

Progress = Callable[[int], None]


class CodesRefused(ValueError):
    """Codes cannot be issued, bound or activated as asked: `reasons` are sentences for the operator."""

    def __init__(self, reasons: Sequence[Promise | str]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = list(reasons)


class NotVoidable(ValueError):
    """The code is void already, or no reason was given."""


def issue_codes(
    *,
    product: Product,
    quantity: int,
    at: datetime,
    batch: Batch | None = None,
    progress: Progress = lambda done: None,
) -> list[str]:
    """Issue `quantity` new codes of `product`, all or none, and return their serials.

    Codes issued for a batch are bound to it at once. `progress` is told how many are written.

    Raises:
        CodesRefused: too few or too many, another product's batch, or a recalled one.
    """
    reasons = list(_reasons_against_issuing(product, quantity, batch))
    if reasons:
        raise CodesRefused(reasons)
    state = Code.State.BOUND if batch else Code.State.ISSUED
    serials: list[str] = []
    with transaction.atomic():
        while len(serials) < quantity:
            chunk = new_serials(min(_CHUNK, quantity - len(serials)))
            _insert(chunk, product=product, batch=batch, state=state, at=at)
            serials += chunk
            progress(len(serials))
    return serials


def bind_codes(*, batch: Batch, serials: Iterable[str]) -> int:
    """Bind codes of the batch's product that have no batch yet, and return how many that were."""
    free = Code.objects.filter(serial__in=list(serials), product=batch.product_id, batch=None)
    return free.filter(state__in=[Code.State.ISSUED, Code.State.PRINTED]).update(
        batch=batch, state=Code.State.BOUND
    )


def activate_codes(*, batch: Batch, at: datetime, serials: Iterable[str] | None = None) -> int:
    """Activate codes of `batch` (all of them without `serials`) and return how many were not active before.

    Raises:
        CodesRefused: the batch may not be sold: no valid conformity certificate where the product needs
            one, a positive residue test without a laboratory report, or a recall.
    """
    with transaction.atomic():
        # the lock orders activation and recall: a batch recalled a moment before is seen as recalled here
        locked = Batch.objects.select_for_update(of=("self",)).select_related("product").get(pk=batch.pk)
        reasons = list(reasons_against_activation(locked, at=at))
        if reasons:
            raise CodesRefused(reasons)
        waiting = _of(locked, serials).filter(state=Code.State.BOUND)
        return waiting.update(state=Code.State.ACTIVATED, activated_at=at)


def reasons_against_activation(batch: Batch, *, at: datetime) -> Iterator[Promise]:
    """Yield each reason why packages of `batch` may not be sold yet."""
    if batch.is_recalled:
        yield _("The batch is being recalled.")
    if (
        batch.product.needs_certificate
        and not batch.conformity_certificates.standing().filter(issued_on__lte=at).exists()
    ):
        yield _("The batch has no valid 承诺达标合格证. This product needs one before it is sold.")
    if any(not test.is_cleared for test in batch.residue_tests.prefetch_related("reports")):
        yield _("A residue test is positive (50 % or more) and no laboratory has found the batch clean.")


def void_code(*, serial: str, reason: str, at: datetime) -> None:
    """Void one code for good: whoever scans it is told why.

    Raises:
        Code.DoesNotExist: there is no such code.
        NotVoidable: it is void already, or no reason was given.
    """
    code = Code.objects.only("pk").get(serial=serial)
    if not reason.strip():
        raise NotVoidable
    # compare-and-set: the first reason and time stand
    living = Code.objects.filter(pk=code.pk).exclude(state=Code.State.VOIDED)
    if not living.update(state=Code.State.VOIDED, voided_at=at, void_reason=reason.strip()):
        raise NotVoidable


def _reasons_against_issuing(product: Product, quantity: int, batch: Batch | None) -> Iterator[Promise]:
    if not 1 <= quantity <= MOST_AT_ONCE:
        yield _("Between 1 and 1,000,000 codes are issued at once.")
    if batch and batch.product_id != product.pk:
        yield _("The batch is of another product.")
    if batch and batch.is_recalled:
        yield _("The batch is being recalled.")


def _of(batch: Batch, serials: Iterable[str] | None) -> QuerySet[Code]:
    codes = Code.objects.filter(batch=batch)
    return codes if serials is None else codes.filter(serial__in=list(serials))


def _insert(serials: list[str], *, product: Product, batch: Batch | None, state: str, at: datetime) -> None:
    if connection.vendor != "postgresql":
        codes = (
            Code(serial=serial, product=product, batch=batch, state=state, issued_at=at) for serial in serials
        )
        Code.objects.bulk_create(codes, batch_size=2_000)
        return
    batch_id = batch.pk if batch else r"\N"
    tail = f"\t{product.pk}\t{batch_id}\t{state}\t0\t0\t\t{at.isoformat()}\t\n"
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write("".join(serial + tail for serial in serials))
