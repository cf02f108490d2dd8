"""Reading the shelves: one page of a list, from where it begins in its index."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from brand.models import Region
from shop.listing.models import Listing
from shop.selling import covers

PER_PAGE: Final = 24
DEEPEST: Final = 50  # pages: further on nobody looks, and each page costs what lies before it
COUNTED: Final = 240  # articles: beyond, a list says "more than"
ORDERS: Final = {
    "": ("-listed_at", "-article"),
    "sold": ("-sold", "-article"),
    "price": ("price", "article"),
    "-price": ("-price", "-article"),
    "title": ("title", "article"),
}


class NoSuchPage(LookupError):
    """The list has no page of that number."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some articles of a list, by their keys; what the include of pagination asks for."""

    keys: list[int]
    number: int
    more: bool

    @property
    def has_previous(self) -> bool:
        """Tell whether a page lies before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Tell whether a page lies behind."""
        return self.more and self.number < DEEPEST

    @property
    def previous_page_number(self) -> int:
        """Return the number of the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """Return the number of the page behind."""
        return self.number + 1

    @property
    def ends_early(self) -> bool:
        """Tell whether there is more than anybody pages through."""
        return self.more and self.number >= DEEPEST


def shelf(region: Region | None, category: int | None, *, on: date) -> QuerySet[Listing]:
    """Return what stands on a shelf of the county's hall that day, by the key of its category; None is all.

    Without a county, of all halls.
    """
    rows = Listing.objects.filter(shelf=category).filter(covers("article__brand_product", on=on))
    return rows.filter(region=region) if region else rows


def page_of(rows: QuerySet[Listing], *, order: str, number: int) -> Page:
    """Return page `number` of a shelf. One query, of 25 rows and what lies before them.

    Raises:
        NoSuchPage: there is none.
    """
    start = (number - 1) * PER_PAGE
    if not 1 <= number <= DEEPEST:
        raise NoSuchPage(number)
    ordered = rows.order_by(*ORDERS.get(order, ORDERS[""])).values_list("article", flat=True)
    found = list(ordered[start : start + PER_PAGE + 1])
    if not found and number > 1:
        raise NoSuchPage(number)
    return Page(found[:PER_PAGE], number, len(found) > PER_PAGE)


def count_of(rows: QuerySet[Listing]) -> int:
    """Return how many articles a shelf holds, at most one more than COUNTED. One query."""
    return rows.order_by()[: COUNTED + 1].count()
