"""The buyer accepts an offer, which makes it an order to be paid by bank transfer, or lets it go."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.freight.charging import Part
from shop.order.models import Order
from shop.ordering.placing import place_order
from shop.ordering.wanted import Address, Buyer, Destination, Invoice
from shop.pricing import Quote, QuoteLine
from shop.selling import NotOnSale, require_on_sale
from shop.trade.buyers import TradeBuyer
from shop.trade.freight import NotKnown, place_of
from shop.trade.models import Quotation, QuotationLine
from shop.trade.refusals import SettledAlready, TradeRefused

State = Quotation.State
PAY_WITHIN = timedelta(days=7)


@transaction.atomic
def accept(*, quotation: Quotation, by: User | None, at: datetime) -> Order:
    """Order what was offered, at the offered prices; the goods are kept for seven days.

    Accepted twice it is one order.

    Raises:
        TradeRefused: the buyer is suspended, the last day is over, or something may not be sold now.
        SettledAlready: it is not an offer any more.
        SoldOut: less is there than was offered.
    """
    held = Quotation.objects.select_for_update(of=("self",)).get(pk=quotation.pk)
    if held.state == State.ORDERED and held.order is not None:
        return held.order
    _refuse(held, at)
    order = place_order(
        quote=_quote(held, at),
        buyer=Buyer(phone=held.buyer.phone, user=held.buyer.user),
        destination=Destination(address=_address(held.buyer)),
        region=held.region,
        at=at,
        key=_key(held),
        invoice=Invoice("company", held.buyer.name, held.buyer.credit_code),
        note=held.wish,
        kind=Order.Kind.TRADE,
        pay_within=PAY_WITHIN,
    )
    held.state, held.order = State.ORDERED, order
    held.save(update_fields=["state", "order"])
    record_act(held, "ordered", by=by, at=at)
    return order


@transaction.atomic
def withdraw(*, quotation: Quotation, by: User | None, at: datetime) -> None:
    """Let it go.

    Raises:
        SettledAlready: it is ordered or over.
    """
    waiting = Quotation.objects.filter(pk=quotation.pk, state__in=[State.ASKED, State.OFFERED])
    if not waiting.update(state=State.WITHDRAWN):
        raise SettledAlready(_("This quotation is ordered or over already."))
    record_act(quotation, "withdrawn", by=by, at=at)


def lapse_overdue(*, at: datetime) -> int:
    """Let offers lapse whose last day is over; return how many."""
    over = Quotation.objects.filter(state=State.OFFERED, valid_until__lt=timezone.localdate(at))
    return over.update(state=State.LAPSED)


def _refuse(held: Quotation, at: datetime) -> None:
    if held.buyer.state != TradeBuyer.State.APPROVED:
        raise TradeRefused(
            _("Trade orders are stopped for you for now: %(why)s") % {"why": held.buyer.reason}
        )
    if held.state != State.OFFERED:
        raise SettledAlready(_("This quotation is %(state)s.") % {"state": held.get_state_display()})
    if held.valid_until is None or held.valid_until < timezone.localdate(at):
        raise TradeRefused(_("The offer was good until %(day)s. Ask again.") % {"day": held.valid_until})


def _key(held: Quotation) -> str:
    """Return the key its order is placed under. Who knows a key is led to the order: nobody guesses this."""
    return salted_hmac("shop.trade.accepting", held.number, algorithm="sha256").hexdigest()[:32]


def _quote(held: Quotation, at: datetime) -> Quote:
    """Return the offer as the checkout prices a basket: no promotion comes on top."""
    lines = [_line(line, at) for line in held.lines.select_related("stockrecord__product__parent")]
    goods = sum((line.amount for line in lines), Decimal("0.00"))
    freight = held.freight or Decimal("0.00")
    return Quote(
        lines=lines,
        discounts=[],
        goods_before=goods,
        goods=goods,
        freight_before=freight,
        freight=freight,
        total=goods + freight,
        freight_parts=(Part(held.partner_id, 0, freight, ""),),
    )


def _line(line: QuotationLine, at: datetime) -> QuoteLine:
    stockrecord = line.stockrecord
    try:
        require_on_sale(stockrecord.product, stockrecord, on=timezone.localdate(at))
    except NotOnSale as refused:
        raise TradeRefused(f"{stockrecord.called}: {refused}") from None
    return QuoteLine(None, stockrecord.product, stockrecord, line.quantity, line.price or Decimal("0.00"))


def _address(buyer: TradeBuyer) -> Address:
    try:
        place = place_of(buyer)
    except NotKnown:
        raise TradeRefused(_("Your address names no county we know. Ask the hall to put it right.")) from None
    return Address(
        name=f"{buyer.contact} ({buyer.name})"[:60],
        phone=buyer.phone,
        district_code=place.code,
        province=place.province,
        city=place.city,
        district=place.district,
        street=buyer.address,
    )
