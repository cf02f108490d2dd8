"""Reads of pre-sales for the public: lists, one page with what happens in the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from brand.models import Region
from record.models import Event
from record.timeline import batch_record
from shop.presale.booking import terms_in_force
from shop.presale.models import Presale, PresaleDelay, PresaleTerms
from shop.presale.running import presale_of

State = Presale.State
SHOWN = (State.OPEN, State.HARVEST, State.CLOSED, State.CANCELLED)
STRIP, EVENTS = 4, 6
FIELD = {
    Event.Stage.PLANTING,
    Event.Stage.PRODUCTION,
    Event.Stage.PROCESSING,
}  # what a waiting buyer looks for


@dataclass(frozen=True, slots=True)
class Told:
    """A pre-sale as pages show it. `tenths` of the cap are booked; the exact number changes too often."""

    presale: Presale
    price: Decimal | None
    tenths: int
    stage: str  # "soon", "open", "full", "waiting", "harvest", "closed", "cancelled"

    @property
    def bookable(self) -> bool:
        """Tell whether it can be booked now."""
        return self.stage == "open"

    @property
    def balance(self) -> Decimal | None:
        """What is left to pay of one piece at the harvest."""
        return self.price - self.presale.deposit if self.price is not None else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the page of one pre-sale shows besides the live readings."""

    told: Told
    terms: PresaleTerms | None
    delays: Sequence[PresaleDelay]
    events: Sequence[Any]


def presales(region: Region | None) -> QuerySet[Presale]:
    """Return the pre-sales the county shows, what can be booked first. One query, two with prices."""
    rows = Presale.objects.filter(state__in=SHOWN).select_related(
        "base", "region", "article__brand_product__region", "article__brand_product__image"
    )
    return (rows.filter(region=region) if region else rows).prefetch_related("article__stockrecords")


def told(presale: Presale, *, at: datetime) -> Told:
    """Return a pre-sale of `presales` as pages show it. No query."""
    record = next(iter(presale.article.stockrecords.all()), None)
    return Told(
        presale,
        record.price if record else None,
        presale.booked * 10 // presale.cap,
        _stage(presale, at),
    )


def progress(presale: Presale, *, at: datetime) -> Progress:
    """Return the page of one pre-sale. About six queries."""
    entries = batch_record(presale.batch).entries if presale.batch else ()
    grown = [entry for entry in entries if entry.current.stage in FIELD]
    newest = sorted(grown, key=lambda entry: entry.current.at, reverse=True)[:EVENTS]
    return Progress(
        told(presale, at=at), terms_in_force(presale), list(presale.delays.all()), [e.current for e in newest]
    )


def strip(region: Region, *, at: datetime) -> list[Told] | None:
    """Return what the hall shows: the pre-sales that can be booked, the next harvest first; None without."""
    rows = presales(region).filter(state=State.OPEN)
    found = [one for one in (told(presale, at=at) for presale in rows) if one.stage in {"open", "soon"}]
    return found[:STRIP] or None


def of_article(article: Any, *, at: datetime) -> Told | None:
    """Return the pre-sale of an article for its page; None for what is sold from stock. Two queries."""
    if presale_of(article.pk) is None:
        return None
    row = presales(None).filter(article=article, state=State.OPEN).first()
    return told(row, at=at) if row else None


def _stage(presale: Presale, at: datetime) -> str:
    if presale.state != State.OPEN:
        return str(presale.state)
    if presale.left < 1:
        return "full"
    if at < presale.opens_at:
        return "soon"
    return "open" if at < presale.closes_at else "waiting"
