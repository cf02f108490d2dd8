"""Reconciling: every sum that is kept is computed anew from the ledger. What differs is named."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from brand.packaging.holdings import PackagingHolding
from brand.packaging.movements import PackagingMovement
from brand.packaging.quotas import PackagingQuota
from brand.packaging.requests import PackagingRequest, PackagingRequestLine
from brand.packaging.stock import PackagingStock
from brand.regions.models import Region

Kind = PackagingMovement.Kind
_STOCK = {
    "received": Kind.RECEIPT,
    "returned": Kind.RETURN,
    "issued": Kind.ISSUE,
    "spoiled": Kind.SPOILAGE,
    "adjusted": Kind.COUNT,
}
_HOLDING = {
    "issued": Kind.ISSUE,
    "returned": Kind.RETURN,
    "used": Kind.USE,
    "spoiled": Kind.LOSS,
}


def differences(region: Region) -> list[str]:
    """Return where stocks, holdings, quotas and promises of a county differ from the ledger. 4 queries."""
    return [*_stocks(region), *_holdings(region), *_quotas(region)]


def _stocks(region: Region) -> Iterator[str]:
    own = PackagingMovement.objects.filter(item=OuterRef("item"))
    stocks = PackagingStock.objects.filter(item__region=region).select_related("item")
    wrong = Q(promised_by__lt=F("promised")) | Q(promised_by__gt=F("promised"))
    for name, kind in _STOCK.items():
        stocks = stocks.annotate(**{f"ledger_{name}": _sum(own.filter(kind=kind))})
        wrong |= ~Q(**{f"ledger_{name}": F(name)})
    for stock in stocks.annotate(promised_by=_promised(item=OuterRef("item"))).filter(wrong):
        yield _("The stock of %(item)s differs from its ledger.") % {"item": stock.item}


def _holdings(region: Region) -> Iterator[str]:
    own = PackagingMovement.objects.filter(item=OuterRef("item"), member=OuterRef("member"))
    holdings = PackagingHolding.objects.filter(item__region=region).select_related("item", "member")
    wrong = Q(pk=None)
    for name, kind in _HOLDING.items():
        holdings = holdings.annotate(**{f"ledger_{name}": _sum(own.filter(kind=kind))})
        wrong |= ~Q(**{f"ledger_{name}": F(name)})
    for holding in holdings.filter(wrong):
        yield (
            _("What %(member)s holds of %(item)s differs from the ledger.")
            % {"member": holding.member, "item": holding.item}
        )


def _quotas(region: Region) -> Iterator[str]:
    own = PackagingMovement.objects.filter(item=OuterRef("item"), licence=OuterRef("licence"))
    quotas = PackagingQuota.objects.filter(item__region=region).select_related("item", "licence")
    quotas = quotas.annotate(
        left_store=_sum(own.filter(kind=Kind.ISSUE)) - _sum(own.filter(kind=Kind.RETURN)),
        promised_by=_promised(item=OuterRef("item"), request__licence=OuterRef("licence")),
    )
    for quota in quotas.exclude(taken=F("left_store"), promised=F("promised_by")):
        yield (
            _("The quota of %(number)s for %(item)s differs from the ledger.")
            % {"number": quota.licence, "item": quota.item}
        )


def _sum(movements: QuerySet[PackagingMovement]) -> Coalesce:
    rows = movements.order_by().values("item").annotate(sum=Sum("quantity")).values("sum")
    return Coalesce(Subquery(rows), 0)


def _promised(**where: OuterRef) -> Coalesce:
    lines = PackagingRequestLine.objects.filter(request__state=PackagingRequest.State.APPROVED, **where)
    rows = lines.order_by().values("item").annotate(sum=Sum("granted")).values("sum")
    return Coalesce(Subquery(rows), 0)
