"""What stands on the seller's desk: each area adds a part of its own, named below by its dotted path.

A part is a function `(scope, at) -> Part | None` in `shop/desk/<noun>.py` or beside its area. It makes a
bounded number of queries, says in its docstring how many, and returns None where it has nothing to say at
all. `scope` (see `shop.desk.scope`) narrows every query to the sellers looked at. Parts are shown in the
order of `PARTS`; what is due is gathered from all of them, soonest first.

Pages of an area hang below /shop/desk/ by a line in `shop/desk/urls.py`; each of their views is wrapped in
`shop.desk.gate.seller_page` and rendered by `shop.desk.pages.desk_page`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import import_string

from lib.desks import Desk, Part, Row
from shop.desk.scope import Scope

__all__ = ["Desk", "Due", "Part", "Row", "desk_of"]

PARTS: list[str] = [
    "shop.desk.packing.part",
    "shop.aftersales.desk.part",
    "shop.reviewing.desk.part",
    "shop.trade.desk.part.part",
    "shop.stock.desk.part.part",
    "shop.settlement.desk.part.part",
]


@dataclass(frozen=True, slots=True)
class Due:
    """Something the seller has to do: a sentence that begins with a verb, where to do it, until when.

    `urgent` where waiting costs something: the time is over, or a right is lost.
    """

    text: str
    url: str
    due_at: datetime | None = None
    urgent: bool = False


PartMaker = Callable[[Scope, datetime], Part[Due] | None]


def desk_of(scope: Scope, *, at: datetime) -> Desk[Due]:
    """Return the desk as `scope.user` sees it. As many queries as its parts make."""
    makers: Iterable[PartMaker] = (import_string(path) for path in PARTS)
    parts = [part for maker in makers if (part := maker(scope, at)) is not None]
    dues = [due for part in parts for due in part.dues]
    return Desk(sorted(dues, key=_soonest), parts)


def _soonest(due: Due) -> tuple[bool, float]:
    return not due.urgent, due.due_at.timestamp() if due.due_at else float("inf")
