"""What the worker does for the stock."""

import logging

from django.utils import timezone
from django_tasks import task

from shop.stock.adopting import adopt_strays
from shop.stock.losing import write_off_expired
from shop.stock.low import notice_low_stock
from shop.stock.reconciling import differences

logger = logging.getLogger(__name__)


@task()
def look_after_shelves() -> None:
    """Take over stray numbers, write off what is past its day, and say where the books do not add up."""
    now = timezone.now()
    adopt_strays(at=now)
    write_off_expired(at=now)
    for one in differences():
        logger.error(
            "stock record %s: %s for sale, %s in lots, %s in the ledger",
            one.stockrecord.pk, one.for_sale, one.in_lots, one.in_ledger,
        )  # fmt: skip


@task()
def tell_low_stock() -> None:
    """Tell sellers what is nearly gone."""
    notice_low_stock(at=timezone.now())
