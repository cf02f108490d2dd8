"""Agreeing: terms, shares of promotions and supply prices are added for a day to come, never changed."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.offer.models import ConditionalOffer
from shop.partner.models import Partner, StockRecord
from shop.settlement.models import Statement
from shop.settlement.refusals import SettlementRefused
from shop.settlement.terms import PromotionShare, SettlementTerms, SupplyPrice


@transaction.atomic
def agree_terms(
    *,
    partner: Partner,
    valid_from: date,
    basis: str,
    rate: Decimal,
    promotion_share: Decimal,
    agreed: str,
    at: datetime,
    by: User | None,
) -> SettlementTerms:
    """Settle with a supplier by these terms from a day on.

    Raises:
        SettlementRefused: the day lies in a period that is settled, or has terms already.
    """
    _refuse_settled(partner, valid_from)
    try:
        with transaction.atomic():
            terms = SettlementTerms.objects.create(
                partner=partner, valid_from=valid_from, basis=basis, rate=rate,
                promotion_share=promotion_share, agreed=agreed.strip(),
            )  # fmt: skip
    except IntegrityError:
        raise _twice(valid_from) from None
    record_act(terms, "added", by=by, at=at)
    return terms


@transaction.atomic
def price_supply(*, stockrecord: StockRecord, price: Decimal, valid_from: date) -> SupplyPrice:
    """Put what the supplier asks for one of an article on its list, from a day on.

    Raises:
        SettlementRefused: no price, a settled period, or a second price for one day.
    """
    if price <= 0:
        raise SettlementRefused(_("Write what one costs, in yuan."))
    _refuse_settled(stockrecord.partner, valid_from)
    try:
        with transaction.atomic():
            return SupplyPrice.objects.create(stockrecord=stockrecord, price=price, valid_from=valid_from)
    except IntegrityError:
        raise _twice(valid_from) from None


@transaction.atomic
def share_promotion(
    *, offer: ConditionalOffer, supplier_share: Decimal, valid_from: date, at: datetime
) -> PromotionShare:
    """Say who bears one promotion from a day on, today or later.

    Raises:
        SettlementRefused: the day is over, or was said already.
    """
    if valid_from < timezone.localdate(at):
        raise SettlementRefused(_("Orders of past days keep what was agreed then: choose today or later."))
    try:
        with transaction.atomic():
            return PromotionShare.objects.create(
                offer=offer, supplier_share=supplier_share, valid_from=valid_from
            )
    except IntegrityError:
        raise _twice(valid_from) from None


def _refuse_settled(partner: Partner, valid_from: date) -> None:
    settled = Statement.objects.filter(partner=partner).exclude(state__in=Statement.OPEN)
    last = settled.order_by("-last").values_list("last", flat=True).first()
    if last is not None and valid_from <= last:
        text = _("Settled up to %(day)s: new terms begin after that day.")
        raise SettlementRefused(text % {"day": last})


def _twice(day: date) -> SettlementRefused:
    return SettlementRefused(_("There is one for %(day)s already. Choose another day.") % {"day": day})
