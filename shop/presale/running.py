"""Which articles are sold ahead now: a read for cards, product pages and baskets without a query each."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from changes.kept import kept
from shop.presale.models import Presale

_SHOWN = (
    "pk", "slug", "title", "region_id", "article_id", "deposit", "most_each", "opens_at", "closes_at",
    "harvest_from", "harvest_to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Running:
    """What pages tell of a pre-sale that runs. Of how many are left it only knows whether there are any."""

    pk: int
    slug: str
    title: str
    region_id: int
    article_id: int
    deposit: Decimal
    most_each: int
    opens_at: datetime
    closes_at: datetime
    harvest_from: date
    harvest_to: date
    full: bool

    def can_be_booked(self, at: datetime) -> bool:
        """Tell whether booking is open; whether enough is left is decided when the order is placed."""
        return not self.full and self.opens_at <= at < self.closes_at


def running() -> dict[int, Running]:
    """Return the pre-sales that run by their article. One query, none while nothing public changes."""
    return kept.get(("presales",), _read)


def presale_of(article_pk: int) -> Running | None:
    """Return the pre-sale of an article; while it runs the article is sold in no other way."""
    return running().get(article_pk)


def _read() -> dict[int, Running]:
    rows = Presale.objects.filter(state=Presale.State.OPEN).annotate(left_now=F("cap") - F("booked"))
    return {
        row["article_id"]: Running(**{name: row[name] for name in _SHOWN}, full=row["left_now"] < 1)
        for row in rows.values(*_SHOWN, "left_now")
    }
