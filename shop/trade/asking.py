"""Asking: a buyer says what and how much, each seller concerned gets a quotation of its own to answer."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.counters.models import next_number
from shop.partner.models import StockRecord
from shop.selling import NotOnSale, product_of, require_on_sale
from shop.telling import tell_sellers
from shop.trade.buyers import TradeBuyer
from shop.trade.freight import NotKnown, freight_to
from shop.trade.models import Quotation, QuotationLine
from shop.trade.refusals import TradeRefused
from shop.trade.tiers import price_of

LASTS = timedelta(days=7)  # an offer by the list of trade prices
MOST = 100_000
Wish = tuple[StockRecord, int]


@transaction.atomic
def ask(
    *, buyer: TradeBuyer, wishes: Iterable[Wish], note: str, at: datetime, by: User | None = None
) -> list[Quotation]:
    """Ask for prices; returns a quotation for each seller.

    Where every article reaches a trade price of its list and the freight is known, the list answers at once.

    Raises:
        TradeRefused: the buyer is not approved, or nothing, too much or something not on sale is asked.
    """
    if buyer.state != TradeBuyer.State.APPROVED:
        raise TradeRefused(_("Trade prices open once the hall has approved you."))
    asked: dict[object, dict[StockRecord, int]] = defaultdict(dict)
    for stockrecord, quantity in wishes:
        _refuse(stockrecord, quantity, at)
        of_seller = asked[stockrecord.partner]
        of_seller[stockrecord] = of_seller.get(stockrecord, 0) + quantity
    if not asked:
        raise TradeRefused(_("Write what you need, and how much of it."))
    return [_ask_one(buyer, wanted, note=note, at=at, by=by) for wanted in asked.values()]


def _refuse(stockrecord: StockRecord, quantity: int, at: datetime) -> None:
    title = stockrecord.called
    if not 1 <= quantity <= MOST:
        raise TradeRefused(_("%(title)s: write a number from 1 to 100,000.") % {"title": title})
    try:
        require_on_sale(stockrecord.product, stockrecord, on=timezone.localdate(at))
    except NotOnSale as refused:
        raise TradeRefused(f"{title}: {refused}") from None


def _ask_one(
    buyer: TradeBuyer, wanted: dict[StockRecord, int], *, note: str, at: datetime, by: User | None
) -> Quotation:
    first = next(iter(wanted))
    product = product_of(first.product)
    quotation = Quotation.objects.create(
        number=_number(at),
        buyer=buyer,
        partner=first.partner,
        region=product.region if product else buyer.region,
        wish=note.strip()[:200],
        asked_at=at,
    )
    lines = QuotationLine.objects.bulk_create(
        QuotationLine(quotation=quotation, stockrecord=one, quantity=quantity, price=price_of(one, quantity))
        for one, quantity in wanted.items()
    )
    record_act(quotation, "asked", by=by, at=at)
    if not _answer_by_list(quotation, lines, at=at):
        transaction.on_commit(partial(_tell, quotation, at))
    return quotation


def _answer_by_list(quotation: Quotation, lines: list[QuotationLine], *, at: datetime) -> bool:
    """Offer what the list says, if it says everything."""
    if any(line.price is None for line in lines):
        return False
    try:
        freight = freight_to(quotation.buyer, lines)
    except NotKnown:
        return False
    quotation.freight, quotation.state = freight, Quotation.State.OFFERED
    quotation.answered_at = at
    quotation.valid_until = timezone.localdate(at + LASTS)
    quotation.save(update_fields=["freight", "state", "answered_at", "valid_until"])
    record_act(quotation, "offered_by_list", by=None, at=at)
    return True


def _number(at: datetime) -> str:
    day = f"{timezone.localtime(at):%Y%m%d}"
    return f"BJ{day}-{next_number(f'quotation.{day}'):04d}"


def _tell(quotation: Quotation, at: datetime) -> None:
    tell_sellers(
        [quotation.partner],
        kind="quotation_asked",
        context={"number": quotation.number, "buyer": quotation.buyer.name},
        at=at,
        key=f"quotation-asked:{quotation.pk}",
        url=reverse("shop-desk:quotation", args=[quotation.number]),
    )


def total_of(quotation: Quotation) -> Decimal:
    """Return what the offer comes to, freight included. One query unless prefetched."""
    goods = sum((line.amount for line in quotation.lines.all()), Decimal("0.00"))
    return goods + (quotation.freight or Decimal("0.00"))
