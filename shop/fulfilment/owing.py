"""How much of a consignment is still to be packed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from brand.models import Product
from record.models import Batch, Code
from shop import selling
from shop.fulfilment.models import Consignment, ConsignmentLine, Parcel


@dataclass(frozen=True, slots=True)
class Owed:
    """One line of a consignment: what is wanted, what left, what lies in open parcels.

    `coded`: packages of the product carry codes, so each one is scanned.
    """

    line: ConsignmentLine
    wanted: int
    sent: int
    packed: int
    coded: bool

    @property
    def left(self) -> int:
        """How many are neither sent nor packed; below 0 where too many lie in a parcel."""
        return self.wanted - self.sent - self.packed


def wanted(line: ConsignmentLine) -> int:
    """Return how many are to leave in all; a sale counts without what was withdrawn from the order."""
    if line.consignment.kind == Consignment.Kind.EXCHANGE:
        return line.quantity
    return max(line.quantity - line.line.withdrawn_quantity, line.sent)


def owed(consignment: Consignment) -> list[Owed]:
    """Return what each line owes. Three queries, however many lines."""
    lines = list(
        consignment.lines.select_related(
            "line__product__brand_product", "line__product__parent__brand_product", "line__stockrecord"
        ).annotate(in_parcels=Sum("packed__quantity", filter=Q(packed__parcel__state=Parcel.State.PACKING)))
    )
    for line in lines:
        line.consignment = consignment
    products = {product.pk for line in lines if (product := product_of(line)) is not None}
    coded = coded_products(products)
    return [
        Owed(
            line=line,
            wanted=wanted(line),
            sent=line.sent,
            packed=line.in_parcels or 0,
            coded=(product := product_of(line)) is not None and product.pk in coded,
        )
        for line in lines
    ]


def product_of(line: ConsignmentLine) -> Product | None:
    """Return the product under the brand of a line, None where its article is gone."""
    article = line.line.product
    return selling.product_of(article) if article is not None else None


def coded_products(products: Iterable[int]) -> set[int]:
    """Return which of the products have packages with codes in use. One query."""
    in_use = Code.objects.filter(state=Code.State.ACTIVATED).order_by().values("batch")
    batches = Batch.objects.filter(product__in=list(products), pk__in=in_use)
    return set(batches.order_by().values_list("product", flat=True).distinct())


def to_pack(consignments: QuerySet[Consignment]) -> QuerySet[Consignment]:
    """Return the consignments of which something is still to be sent, the most urgent first."""
    open_line = Q(lines__quantity__gt=F("lines__sent") + F("lines__line__withdrawn_quantity"))
    exchange = Q(kind=Consignment.Kind.EXCHANGE, lines__quantity__gt=F("lines__sent"))
    waiting = consignments.filter(state__in=[Consignment.State.TO_PACK, Consignment.State.PARTLY_SENT])
    return waiting.filter(open_line | exchange).distinct().order_by("send_by", "pk")
