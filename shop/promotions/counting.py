"""What promotions come to: pure counting on plain rows, without database and without a request.

How they go together, in this order (`RULES` says it to buyers):

1. A piece counts in one bundle or one several-for-less promotion.
2. On what then is to be paid, one spend-and-save counts for each article: the one that saves most.
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


@dataclass(slots=True)
class Row:
    """One line as promotions see it. `left` is what is still to be paid, `free` the pieces no deal took."""

    article_id: int
    parent_id: int | None
    region_id: int | None
    seller_id: int
    unit_price: Decimal
    quantity: int
    left: Decimal = field(init=False)
    free: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.unit_price * self.quantity
        self.free = self.quantity


@dataclass(frozen=True, slots=True)
class Taken:
    """What one deal takes off: `shares` by index of the row. `base` is the sum it was judged by."""

    deal: Deal
    amount: Decimal
    shares: tuple[tuple[int, Decimal], ...]
    times: int = 1
    base: Decimal = ZERO


def count(rows: Sequence[Row], deals: Iterable[Deal]) -> list[Taken]:
    """Return what the deals on goods take off `rows`, whose `left` is lowered by it."""
    known = list(deals)
    taken = _greedily(rows, [deal for deal in known if deal.kind == BUNDLE], _bundle)
    taken += _greedily(rows, [deal for deal in known if deal.kind == RATE], _rate)
    for row in rows:
        row.free = row.quantity
    return taken + _greedily(rows, [deal for deal in known if deal.kind == SPEND_SAVE], _spend_save)


def apply(rows: Sequence[Row], taken: Taken) -> None:
    """Lower what is to be paid for the rows."""
    for index, share in taken.shares:
        rows[index].left -= share


def spread(amount: Decimal, weights: Sequence[tuple[int, Decimal]]) -> tuple[tuple[int, Decimal], ...]:
    """Return `amount` in parts by weight that add up to the cent (largest remainder)."""
    total = sum(weight for _, weight in weights)
    if not total:
        return ()
    cents = int(amount / CENT)
    exact = [(index, cents * weight / total) for index, weight in weights]
    floors = {index: int(part) for index, part in exact}
    by_rest = sorted(exact, key=lambda one: (int(one[1]) - one[1], one[0]))
    for index, _part in by_rest[: cents - sum(floors.values())]:
        floors[index] += 1
    return tuple((index, part * CENT) for index, part in floors.items() if part)


def paid_for(rows: Sequence[Row], deal: Deal) -> Decimal:
    """Return what is to be paid now for the rows the deal speaks of."""
    return sum((row.left for row in rows if deal.covers(row)), ZERO)


def saving(rows: Sequence[Row], deal: Deal) -> Taken | None:
    """Return what a deal of any kind on goods would take off now, None if it does not count."""
    kinds = {BUNDLE: _bundle, RATE: _rate, SPEND_SAVE: _spend_save}
    make = kinds.get(deal.kind)
    return make(rows, deal)[0] if make else None


Found = tuple[Taken | None, dict[int, int]]


def _greedily(
    rows: Sequence[Row], deals: Sequence[Deal], make: Callable[[Sequence[Row], Deal], Found]
) -> list[Taken]:
    """Take the deal that saves most, again and again, until none saves anything on what is left."""
    taken: list[Taken] = []
    waiting = list(deals)
    while waiting:
        offered = [(make(rows, deal), deal) for deal in waiting]
        saving_ones = [(found, deal) for found, deal in offered if found[0]]
        if not saving_ones:
            break
        (best, pieces), deal = max(
            saving_ones,
            key=lambda one: (one[1].priority, one[0][0].amount, -one[1].pk),  # type: ignore[union-attr]
        )
        assert best
        apply(rows, best)
        for index, number in pieces.items():
            rows[index].free -= number
        taken.append(best)
        waiting.remove(deal)
    return taken


def _bundle(rows: Sequence[Row], deal: Deal) -> Found:
    """Each article of the deal once, together for `value`; as often as there are whole sets."""
    members = {
        article: [i for i, row in enumerate(rows) if row.free and _is(row, article)]
        for article in deal.articles or ()
    }
    if not members or not all(members.values()):
        return None, {}
    times = min(sum(rows[i].free for i in found) for found in members.values())
    times = min(times, deal.times or times)
    pieces: dict[int, int] = {}
    for found in members.values():
        wanted = times
        for index in found:
            pieces[index] = min(wanted, rows[index].free)
            wanted -= pieces[index]
    worth = [(index, rows[index].unit_price * number) for index, number in pieces.items() if number]
    base = sum((part for _, part in worth), ZERO)
    off = base - deal.value * times
    if off <= 0:
        return None, {}
    return Taken(deal, off, spread(off, worth), times, base), pieces


def _rate(rows: Sequence[Row], deal: Deal) -> Found:
    """`threshold` pieces or more: each piece `value` per cent cheaper."""
    pieces = {i: row.free for i, row in enumerate(rows) if row.free and deal.covers(row)}
    if sum(pieces.values()) < deal.threshold or not pieces:
        return None, {}
    worth = [(index, rows[index].unit_price * number) for index, number in pieces.items()]
    base = sum((part for _, part in worth), ZERO)
    off = (base * deal.value / 100).quantize(CENT, ROUND_HALF_UP)
    if off <= 0:
        return None, {}
    return Taken(deal, off, spread(off, worth), 1, base), pieces


def _spend_save(rows: Sequence[Row], deal: Deal) -> Found:
    """`threshold` yuan or more: `value` yuan less, once or for each time the threshold is reached."""
    worth = [(i, row.left) for i, row in enumerate(rows) if row.free and row.left and deal.covers(row)]
    base = sum((part for _, part in worth), ZERO)
    if not worth or base < deal.threshold:
        return None, {}
    fits = int(base // deal.threshold) if deal.threshold else 1
    times = min(fits, deal.times or fits)
    off = min(deal.value * times, base)
    if off <= 0:
        return None, {}
    return Taken(deal, off, spread(off, worth), times, base), {index: rows[index].free for index, _ in worth}


def _is(row: Row, article: int) -> bool:
    return article in (row.article_id, row.parent_id)
