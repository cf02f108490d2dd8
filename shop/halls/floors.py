"""What the modules of a hall show: which articles stand where, and what other areas put between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from brand.models import Region
from changes.kept import kept
from shop.cards import Card, cards_of
from shop.halls.blocks import FLOOR_ARTICLES, HOT
from shop.halls.kinds import Kind, kind_of, kinds, on_top
from shop.halls.models import Hall
from shop.listing.reading import ORDERS, shelf
from shop.parts import card_parts, hall_part

FIRST_FLOORS = 4  # of a hall nobody has set up


@dataclass(slots=True)
class Module:
    """One module of the page: its template is shop/hall/<kind>.html."""

    kind: str
    title: str = ""
    note: str = ""
    value: Any = None
    link: Kind | None = None
    keys: list[int] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)

    @property
    def template(self) -> str:
        """Return the template that shows it."""
        return f"shop/hall/{self.kind}.html"


def hall_of(region: Region) -> Hall | None:
    """Return how the hall is set up, None where nobody has. One query, kept."""
    return kept.get(("hall", region.pk), lambda: Hall.objects.filter(region=region).first())


def modules(region: Region, strategy: Any, *, on: date, at: datetime) -> list[Module]:
    """Return the modules of the county's hall with what they show. Three to six queries once kept."""
    hall = hall_of(region)
    kept_modules = kept.get(("modules", region.pk, on), lambda: list(_read(region, hall, on=on)))
    shown = [Module(one.kind, one.title, one.note, one.value, one.link, one.keys) for one in kept_modules]
    wanted = list(dict.fromkeys(key for one in shown for key in one.keys))
    extra = card_parts(region, at=at)
    cards = {card.pk: card for card in cards_of(wanted, strategy, on=on, extra=extra)} if wanted else {}
    for one in shown:
        one.cards = [cards[key] for key in one.keys if key in cards]
        if one.kind in {"coupons", "calendar", "presales", "outside"}:
            one.value = hall_part(one.kind, region, at=at)
    return [one for one in shown if one.value is not None or one.cards]


def _read(region: Region, hall: Hall | None, *, on: date) -> Iterator[Module]:
    found = kinds(region, on=on)
    blocks = [(block.block_type, block.value) for block in hall.modules] if hall else []
    for kind, value in blocks or _first_modules(found):
        match kind:
            case "hot":
                yield Module(kind, value["title"], keys=_hot(region, value, on=on))
            case "floor":
                floor = kind_of(int(value["category"] or 0), found)
                if floor and floor.sells:
                    keys = _newest(region, floor.pk, on=on)
                    yield Module(kind, value["title"], value["note"], link=floor, keys=keys)
            case "carousel":
                yield Module(kind, value=value["slides"])
            case "brand":
                yield Module(kind, value=hall if hall and hall.brand_story else None)
            case _:
                yield Module(kind, value["title"])


def _first_modules(found: list[Kind]) -> list[tuple[str, Any]]:
    """Return the modules every hall begins with: what sells, and a floor for each of the first kinds."""
    floors = [
        ("floor", {"title": kind.name, "note": "", "category": kind.pk})
        for kind in on_top(found)[:FIRST_FLOORS]
    ]
    first: list[tuple[str, Any]] = [("coupons", {"title": ""}), ("hot", {"title": "", "articles": []})]
    return [*first, *floors, ("calendar", {"title": ""})]


def _hot(region: Region, value: Any, *, on: date) -> list[int]:
    rows = shelf(region, None, on=on)
    if chosen := [article.pk for article in value["articles"] if article]:
        listed = set(rows.filter(article__in=chosen).values_list("article", flat=True))
        return [key for key in chosen if key in listed]
    return list(rows.order_by(*ORDERS["sold"]).values_list("article", flat=True)[:HOT])


def _newest(region: Region, category: int, *, on: date) -> list[int]:
    rows = shelf(region, category, on=on).order_by(*ORDERS[""])
    return list(rows.values_list("article", flat=True)[:FLOOR_ARTICLES])
