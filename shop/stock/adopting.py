"""Every night the ledger takes over what was entered beside it, so its lists are whole."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from shop.partner.models import StockRecord
from shop.stock.posting import hold
from shop.stock.reconciling import with_sums


def adopt_strays(*, at: datetime) -> int:
    """Begin or put right the ledger of every stock record that differs from its lots; return how many."""
    apart = with_sums(StockRecord.objects.exclude(num_in_stock=None)).filter(
        ~Q(in_lots=Coalesce("num_in_stock", 0))
    )
    found = list(apart.order_by("pk"))
    for stockrecord in found:
        with transaction.atomic():
            hold(stockrecord, at=at)
    return len(found)
