"""All promotions of one basket in their order: off the goods, gifts, one coupon a hall, off the freight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from shop.promotions import counting
from shop.promotions.counting import ZERO, Row, Taken
from shop.promotions.deals import BUNDLE, FREIGHT, GIFT, RATE, SPEND_SAVE, Deal, in_force
from shop.promotions.holding import InHand


@dataclass(frozen=True, slots=True)
class Free:
    """What a promotion takes off the freight of some sellers."""

    deal: Deal
    amount: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True)
class Given:
    """A gift that was earned."""

    deal: Deal
    quantity: int
    base: Decimal
    earnings: tuple[tuple[int, Decimal], ...] = ()  # what each row counted, by index


@dataclass(frozen=True, slots=True)
class Offered:
    """A coupon in hand: what it would take off now, and whether it is the one that counts."""

    held: InHand
    taken: Taken | None
    used: bool
    missing: Decimal = ZERO


@dataclass(slots=True)
class Tally:
    """What all promotions come to; `bases` is what each deal was judged by, for what is missing."""

    rows: list[Row]
    goods: list[Taken] = field(default_factory=list)
    gifts: list[Given] = field(default_factory=list)
    coupons: list[Offered] = field(default_factory=list)
    freight: list[Free] = field(default_factory=list)
    waiting: list[tuple[Deal, Decimal]] = field(default_factory=list)

    @property
    def off_goods(self) -> list[Taken]:
        """Return everything that is taken off the goods, coupons behind promotions."""
        return self.goods + [one.taken for one in self.coupons if one.used and one.taken]


def tally(
    rows: list[Row],
    *,
    held: Sequence[InHand],
    chosen: Iterable[int],
    freight_parts: Sequence[Any],
    district_code: str,
    at: datetime,
) -> Tally:
    """Return what the promotions in force take off `rows` and the freight. No query if deals are kept.

    `held` are the coupons in hand, `chosen` the vouchers the buyer picked among them; without a choice the
    one that saves most counts.
    """
    deals = in_force(at=at)
    result = Tally(rows)
    result.goods = counting.count(rows, deals)
    _give(result, deals)
    _use_coupons(result, held, set(chosen))
    _free_freight(result, deals, freight_parts, district_code)
    _wait(result, deals, district_code, bool(freight_parts))
    return result


def _give(result: Tally, deals: Sequence[Deal]) -> None:
    for deal in deals:
        if deal.kind == GIFT and deal.gift_id:
            base = counting.base_of(result.rows, deal)
            if times := counting.fits(deal, base):
                earnings = counting.earnings_of(result.rows, deal)
                result.gifts.append(Given(deal, times * deal.gift_quantity, base, earnings))


def _use_coupons(result: Tally, held: Sequence[InHand], chosen: set[int]) -> None:
    """Let one coupon count in each hall: the chosen one if it fits, else the one that saves most."""
    found = [(one, counting.coupon(result.rows, one.deal) if one.usable else None) for one in held]
    used: dict[int | None, tuple[InHand, Taken]] = {}
    for one, taken in found:
        if taken is None:
            continue
        rank = (one.deal.voucher_id in chosen, taken.amount, one.expires_first)
        best = used.get(one.deal.region_id)
        if best is None or rank > (
            best[0].deal.voucher_id in chosen, best[1].amount, best[0].expires_first
        ):  # fmt: skip
            used[one.deal.region_id] = (one, taken)
    counted = {one.pk for one, _taken in used.values()}
    for one, taken in found:
        missing = (
            max(ZERO, one.deal.threshold - counting.base_of(result.rows, one.deal)) if one.usable else ZERO
        )
        result.coupons.append(Offered(one, taken, one.pk in counted, ZERO if taken else missing))
    for _one, taken in used.values():
        counting.apply(result.rows, taken)


def _free_freight(result: Tally, deals: Sequence[Deal], parts: Sequence[Any], district_code: str) -> None:
    """Take the freight of the sellers a promotion speaks of off, each seller's once."""
    charges = {part.partner_id: part.charge for part in parts if part.charge}
    for deal in sorted(deals, key=lambda one: (-one.priority, one.threshold)):
        if deal.kind != FREIGHT or not deal.reaches(district_code):
            continue
        base = counting.base_of(result.rows, deal)
        sellers = {row.seller_id for row in result.rows if deal.covers(row)} & charges.keys()
        sum_of = sum((charges[seller] for seller in sellers), ZERO)
        off = min(sum_of, deal.value) if deal.value else sum_of
        if off and counting.fits(deal, base):
            result.freight.append(Free(deal, off, base))
            for seller in sellers:
                del charges[seller]


def _wait(result: Tally, deals: Sequence[Deal], district_code: str, by_parcel: bool) -> None:
    """Note the deals somebody is on the way to: some of it is in the basket, not enough."""
    counted = {taken.deal.pk for taken in result.goods} | {given.deal.pk for given in result.gifts}
    counted |= {free.deal.pk for free in result.freight}
    for deal in deals:
        if deal.pk in counted or (deal.kind == FREIGHT and not (by_parcel and deal.reaches(district_code))):
            continue
        base = _reached(result, deal)
        if 0 < base < _needed(deal):
            result.waiting.append((deal, base))


def _reached(result: Tally, deal: Deal) -> Decimal:
    if deal.kind == BUNDLE:
        inside = {row.article_id for row in result.rows} | {row.parent_id for row in result.rows}
        return Decimal(len((deal.articles or frozenset()) & inside))
    if deal.kind == RATE:
        return Decimal(sum(row.quantity for row in result.rows if deal.covers(row)))
    base = counting.base_of(result.rows, deal)
    if deal.kind != SPEND_SAVE:
        return base
    # judged before coupons and before another step of spend-and-save took its part
    later = [one for one in result.off_goods if one.deal.kind == SPEND_SAVE or one.deal.voucher_id]
    back = sum(
        (share for one in later for index, share in one.shares if deal.covers(result.rows[index])), ZERO
    )
    return base + back


def _needed(deal: Deal) -> Decimal:
    return Decimal(len(deal.articles or ())) if deal.kind == BUNDLE else deal.threshold
