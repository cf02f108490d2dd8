"""What promotions come to: pure counting on plain rows, without database and without a request.

How they go together, in this order (`shop/promotions/rules.html` says it to buyers):

1. A piece counts in one bundle or in one several-for-less promotion.
2. On what then is to be paid, each article counts in one spend-and-save: the one that saves most.
3. Gifts are judged by what is to be paid then.
4. One coupon for each hall, on what is to be paid then.
5. Free delivery is judged last, by what is really paid for the goods.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from shop.promotions.deals import BUNDLE, RATE, SPEND_SAVE, Deal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
Shares = tuple[tuple[int, Decimal], ...]


@dataclass(slots=True)
class Row:
    """One line as promotions see it. `left` is what is still to be paid, `free` the pieces no deal took."""

    article_id: int
    parent_id: int | None
    region_id: int | None
    seller_id: int | None
    unit_price: Decimal
    quantity: int
    left: Decimal = field(init=False)
    free: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.unit_price * self.quantity
        self.free = self.quantity


@dataclass(frozen=True, slots=True)
class Taken:
    """What one deal takes off: `shares` by index of the row. `base` is what it was judged by."""

    deal: Deal
    amount: Decimal
    shares: Shares
    times: int = 1
    base: Decimal = ZERO


# what a deal would take, and the pieces of each row it uses up
Found = tuple[Taken, dict[int, int]]


def count(rows: Sequence[Row], deals: Iterable[Deal]) -> list[Taken]:
    """Return what the deals on goods take off `rows`, whose `left` is lowered by it."""
    known = list(deals)
    taken = _greedily(rows, [deal for deal in known if deal.kind == BUNDLE], bundle)
    taken += _greedily(rows, [deal for deal in known if deal.kind == RATE], rate)
    for row in rows:
        row.free = row.quantity
    return taken + _greedily(rows, [deal for deal in known if deal.kind == SPEND_SAVE], spend_save)


def apply(rows: Sequence[Row], taken: Taken) -> None:
    """Lower what is to be paid for the rows."""
    for index, share in taken.shares:
        rows[index].left -= share


def spread(amount: Decimal, weights: Sequence[tuple[int, Decimal]]) -> Shares:
    """Return `amount` in parts by weight that add up to the cent (largest remainder)."""
    total = sum(weight for _, weight in weights)
    if not total:
        return ()
    cents = int(amount / CENT)
    floors = {index: int(cents * weight / total) for index, weight in weights}
    rests = sorted(weights, key=lambda one: (floors[one[0]] - cents * one[1] / total, one[0]))
    for index, _weight in rests[: cents - sum(floors.values())]:
        floors[index] += 1
    return tuple((index, part * CENT) for index, part in floors.items() if part)


def base_of(rows: Sequence[Row], deal: Deal) -> Decimal:
    """Return what the deal is judged by now: pieces, or what is to be paid for the rows it speaks of."""
    return sum((amount for _index, amount in earnings_of(rows, deal)), ZERO)


def earnings_of(rows: Sequence[Row], deal: Deal) -> tuple[tuple[int, Decimal], ...]:
    """Return what each row the deal speaks of counts, by index."""
    counted = ((index, row) for index, row in enumerate(rows) if deal.covers(row))
    return tuple((index, Decimal(row.quantity) if deal.by_count else row.left) for index, row in counted)


def fits(deal: Deal, base: Decimal) -> int:
    """Return how often the deal counts for what it is judged by."""
    if base < deal.threshold or base <= 0:
        return 0
    often = int(base // deal.threshold) if deal.threshold else 1
    return min(often, deal.times or often)


def bundle(rows: Sequence[Row], deal: Deal) -> Found | None:
    """Each article of the deal once, together for `value`; as often as there are whole sets."""
    members = [
        [index for index, row in enumerate(rows) if row.free and _sold_in(row, article, deal)]
        for article in sorted(deal.articles or ())
    ]
    sets = min((sum(rows[index].free for index in found) for found in members), default=0)
    sets = min(sets, deal.times or sets)
    pieces: dict[int, int] = {}
    for found in members:
        wanted = sets
        for index in found:
            pieces[index] = min(wanted, rows[index].free)
            wanted -= pieces[index]
    worth = [(index, rows[index].unit_price * number) for index, number in pieces.items() if number]
    base = sum((part for _, part in worth), ZERO)
    return _found(deal, base - deal.value * sets, worth, sets, pieces)


def rate(rows: Sequence[Row], deal: Deal) -> Found | None:
    """`threshold` pieces or more: each piece `value` per cent cheaper."""
    pieces = {index: row.free for index, row in enumerate(rows) if row.free and deal.covers(row)}
    if sum(pieces.values()) < deal.threshold:
        return None
    worth = [(index, rows[index].unit_price * number) for index, number in pieces.items()]
    base = sum((part for _, part in worth), ZERO)
    return _found(deal, part_of(base, deal.value), worth, 1, pieces)


def spend_save(rows: Sequence[Row], deal: Deal) -> Found | None:
    """`threshold` yuan or more: `value` yuan less, once or each time the threshold is reached."""
    worth = [
        (index, row.left) for index, row in enumerate(rows) if row.free and row.left and deal.covers(row)
    ]
    base = sum((part for _, part in worth), ZERO)
    times = fits(deal, base)
    return _found(
        deal,
        min(deal.value * times, base),
        worth,
        times,
        {index: rows[index].free for index, _ in worth},
    )


def coupon(rows: Sequence[Row], deal: Deal) -> Taken | None:
    """`threshold` yuan or more: `value` yuan less, or `value` per cent if it is a rate."""
    worth = [(index, row.left) for index, row in enumerate(rows) if row.left and deal.covers(row)]
    base = sum((part for _, part in worth), ZERO)
    if base < deal.threshold:
        return None
    off = part_of(base, deal.value) if deal.kind == RATE else min(deal.value, base)
    found = _found(deal, off, worth, 1, {})
    return found[0] if found else None


def part_of(base: Decimal, per_cent: Decimal) -> Decimal:
    """Return so many per cent of a sum, to the cent."""
    return (base * per_cent / 100).quantize(CENT, ROUND_HALF_UP)


def _found(
    deal: Deal,
    off: Decimal,
    worth: Sequence[tuple[int, Decimal]],
    times: int,
    pieces: dict[int, int],
) -> Found | None:
    """Return what is taken off, None if it is nothing. The deal was judged by all of `worth`."""
    if off <= 0:
        return None
    base = sum((part for _, part in worth), ZERO)
    return Taken(deal, off, spread(off, worth), times, base), pieces


def _greedily(
    rows: Sequence[Row],
    deals: Iterable[Deal],
    make: Callable[[Sequence[Row], Deal], Found | None],
) -> list[Taken]:
    """Take the deal that comes first or saves most, again and again, until none saves anything more."""
    taken: list[Taken] = []
    waiting = list(deals)
    while found := [one for deal in waiting if (one := make(rows, deal))]:
        best, pieces = max(found, key=lambda one: (one[0].deal.priority, one[0].amount, -one[0].deal.pk))
        apply(rows, best)
        for index, number in pieces.items():
            rows[index].free -= number
        taken.append(best)
        waiting.remove(best.deal)
    return taken


def _sold_in(row: Row, article: int, deal: Deal) -> bool:
    return row.region_id == deal.region_id and article in (row.article_id, row.parent_id)
