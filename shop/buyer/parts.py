"""What stands on the page of an order besides its state, lines and parcels: each area adds parts of its own.

A part is a function `(order, at) -> Part | None`, named in `PARTS` by its dotted path. Its template gets the
page's context and `part`. Links beside a line of the order come from `LINE_LINKS`: functions
`(order, at) -> {line pk: [Link]}`. Each makes a bounded number of queries. Acts are POST views of the area
that lead back to `orders:order`; whoever has the token may do what the buyer may.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.module_loading import import_string

from shop.order.models import Order

PARTS: list[str] = ["shop.presale.parts.part", "shop.aftersales.parts.part"]
LINE_LINKS: list[str] = ["shop.reviewing.links.line_links", "shop.aftersales.parts.line_links"]


@dataclass(frozen=True, slots=True)
class Part:
    """One area of the page: rendered by `template` with `context` as `part.context`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """Something to do about one line: review it, claim, buy again."""

    text: str
    url: str


def parts_of(order: Order, *, at: datetime) -> list[Part]:
    """Return the parts there are for `order`."""
    made = (import_string(path)(order, at) for path in PARTS)
    return [part for part in made if part is not None]


def links_of(order: Order, *, at: datetime) -> dict[int, list[Link]]:
    """Return the links beside each line, by its primary key."""
    found: dict[int, list[Link]] = {}
    for path in LINE_LINKS:
        links: Mapping[int, Sequence[Link]] = import_string(path)(order, at)
        for pk, more in links.items():
            found.setdefault(pk, []).extend(more)
    return found
