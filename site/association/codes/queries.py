"""Reads of the codes of one member: quantities, runs, batches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from brand.models import Licence, LicenceProduct, Member
from record.models import Batch, Code, PrintRun

BATCHES_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Quota:
    """What may be drawn of one product; `left` is None without a limit."""

    cover: LicenceProduct

    @property
    def left(self) -> int | None:
        """How many codes may still be drawn."""
        return self.cover.codes_left

    @property
    def used_percent(self) -> int:
        """How much of the quantity is drawn, in percent, at most 100; 0 without a limit."""
        quantity = self.cover.quantity
        return min(100, round(100 * self.cover.codes_drawn / quantity)) if quantity else 0

    @property
    def is_low(self) -> bool:
        """Whether less than a tenth is left."""
        return self.left is not None and self.left * 10 < (self.cover.quantity or 0)


def quotas_of(member: Member, *, on: date) -> list[Quota]:
    """Return what the member may draw of its own products on that day. One query."""
    rows = LicenceProduct.objects.filter(
        licence__in=Licence.objects.valid(on=on), licence__member=member, product__member=member
    )
    rows = rows.select_related("licence", "product").order_by("product__name", "-licence__valid_to", "pk")
    newest: dict[int, Quota] = {}
    for cover in rows:  # the licence that ends last is drawn under first, as `licence_covering` has it
        newest.setdefault(cover.product_id, Quota(cover))
    return list(newest.values())


def suspended_of(member: Member) -> QuerySet[Licence]:
    """Return the member's suspended licences: why there may be nothing to draw under. One query."""
    return Licence.objects.filter(member=member, state=Licence.State.SUSPENDED).order_by("number")


def runs_of(member: Member) -> QuerySet[PrintRun]:
    """Return the print runs of the member's products, newest first. One query."""
    runs = PrintRun.objects.filter(product__member=member)
    runs = runs.select_related("product__region", "product__member", "batch", "licence")
    return runs.annotate(printed=Min("printings__at")).order_by("-pk")


def batches_of(member: Member) -> QuerySet[Batch]:
    """Return the batches of the member's products, newest first. One query."""
    batches = Batch.objects.filter(product__member=member).select_related("product", "base")
    return batches.order_by(F("harvested_on").desc(nulls_last=True), "-pk")


def batches_to_code(products: Iterable[int]) -> list[Batch]:
    """Return the newest batches of these products that codes may be made for. One query."""
    batches = Batch.objects.filter(product__in=list(products), recalled_at=None).select_related("product")
    return list(batches.order_by("-pk")[:BATCHES_OFFERED])


def code_counts(batches: Iterable[Batch]) -> dict[int, tuple[int, int]]:
    """Return how many living codes each batch has, and how many of them are in use. One query."""
    living = Code.objects.filter(batch__in=[batch.pk for batch in batches]).exclude(state=Code.State.VOIDED)
    used = Count("pk", filter=Q(state__in=[Code.State.ACTIVATED, Code.State.SOLD]))
    rows = living.order_by().values("batch").annotate(all=Count("pk"), used=used)
    return {row["batch"]: (row["all"], row["used"]) for row in rows}


def state_counts(run: PrintRun) -> dict[str, int]:
    """Return how many codes of a run are in each state. One query."""
    rows = run.codes.order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}
