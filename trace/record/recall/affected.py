"""What a recall reaches: the batches that hang together with one, whose they are, and how much is out.

`affected_by` walks with two queries (one a direction) and reads what it shows with two more, however many
batches there are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from record.batches import in_chunks
from record.lineage import made_from, used_in
from record.models import Batch, Carton, Code
from record.recall.act import OUT

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Affected:
    """One batch as the operator decides on it."""

    pk: int
    lot: str
    product: str
    gtin: str
    member: str
    base: str
    recalled_at: datetime | None
    codes_out: int


@dataclass(frozen=True, slots=True)
class Direction:
    """The batches in one direction: all of them by primary key, the first ones in full."""

    pks: frozenset[int]
    shown: tuple[Affected, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.pks) - len(self.shown)


@dataclass(frozen=True, slots=True)
class Totals:
    """How much of something is affected."""

    batches: int
    members: int
    codes_out: int
    codes_waiting: int
    cartons: int


@dataclass(frozen=True, slots=True)
class Reach:
    """A batch, what was made from it (`onward`) and what it was made from (`back`)."""

    root: Affected
    onward: Direction
    back: Direction


def reach_of(batch: Batch) -> Reach:
    """Return what a recall of `batch` may have to take in.

    Raises:
        LineageTooWide: more than anybody recalls at once.
    """
    onward, back = used_in([batch.pk]), made_from([batch.pk])
    shown = [*sorted(onward)[:MOST_SHOWN], *sorted(back)[:MOST_SHOWN]]
    rows = {row.pk: row for row in affected([batch.pk, *shown])}
    return Reach(root=rows[batch.pk], onward=_direction(onward, rows), back=_direction(back, rows))


def affected(pks: Collection[int]) -> list[Affected]:
    """Return these batches by product and lot. One query."""
    rows = (
        Batch.objects.filter(pk__in=pks)
        .order_by("product__name", "lot", "pk")
        .annotate(codes_out=Count("codes", filter=Q(codes__state__in=OUT)))
        .values(
            "pk",
            "lot",
            "recalled_at",
            "codes_out",
            name=F("product__name"),
            gtin14=F("product__gtin"),
            owner=F("product__member__name"),
            land=F("base__name"),
        )
    )
    return [
        Affected(
            pk=row["pk"],
            lot=row["lot"],
            product=row["name"],
            gtin=row["gtin14"] or "",
            member=row["owner"],
            base=row["land"],
            recalled_at=row["recalled_at"],
            codes_out=row["codes_out"],
        )
        for row in rows
    ]


def totals(pks: Collection[int]) -> Totals:
    """Return how much these batches are. Three queries for every 5,000 of them."""
    members: set[int] = set()
    out = waiting = cartons = 0
    for chunk in in_chunks(pks):
        owners = Batch.objects.filter(pk__in=chunk).values_list("product__member", flat=True)
        members.update(owners.distinct())
        codes = Code.objects.filter(batch__in=chunk).aggregate(
            out=Count("pk", filter=Q(state__in=OUT)), waiting=Count("pk", filter=Q(state=Code.State.BOUND))
        )
        out, waiting = out + codes["out"], waiting + codes["waiting"]
        cartons += Carton.objects.filter(batch__in=chunk).count()
    return Totals(len(pks), len(members), out, waiting, cartons)


def _direction(pks: Collection[int], rows: dict[int, Affected]) -> Direction:
    return Direction(frozenset(pks), tuple(row for pk, row in rows.items() if pk in pks))
