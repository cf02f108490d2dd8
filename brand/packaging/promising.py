"""Promises: what approved requests wait for, set aside in quota and stock until it leaves or is given up."""

from collections.abc import Iterable, Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from brand.licences.models import Licence
from brand.packaging.items import PackagingItem
from brand.packaging.quotas import PackagingQuota
from brand.packaging.refusals import NotEnough, PackagingRefused
from brand.packaging.stock import PackagingStock

Quantities = Mapping[PackagingItem, int]


def in_order(quantities: Quantities) -> list[tuple[PackagingItem, int]]:
    """Return what is more than nothing, in the order in which rows are locked."""
    return sorted(((item, count) for item, count in quantities.items() if count), key=lambda pair: pair[0].pk)


def locked_quotas(licence: Licence, items: Iterable[PackagingItem]) -> dict[int, PackagingQuota]:
    """Return the quotas of the items by item, locked. Quotas are locked before stocks, everywhere."""
    quotas = PackagingQuota.objects.select_for_update().filter(
        licence=licence, item__in=[item.pk for item in items]
    )
    return {quota.item_id: quota for quota in quotas.order_by("item_id")}


def promise(licence: Licence, quantities: Quantities) -> None:
    """Set aside; call it in the transaction of the approval.

    Raises:
        NotEnough: the shelf has less that nobody waits for, or the quota is used up.
    """
    wanted = in_order(quantities)
    quotas = locked_quotas(licence, quantities)
    for item, count in wanted:
        refuse_beyond_quota(quotas.get(item.pk), item=item, licence=licence, asked=count)
        # the row is locked until the end: what is available now is promised once
        stock = PackagingStock.objects.select_for_update().get(item=item)
        if stock.available < count:
            raise NotEnough(
                _("Of %(item)s %(left)d %(unit)s are free, that is less than %(asked)d.")
                % {"item": item, "left": stock.available, "unit": item.unit, "asked": count}
            )
        PackagingQuota.objects.filter(pk=quotas[item.pk].pk).update(promised=F("promised") + count)
        PackagingStock.objects.filter(pk=stock.pk).update(promised=F("promised") + count)


def release(licence: Licence, quantities: Quantities) -> None:
    """Give back what was set aside; call it in the transaction that ends the promise."""
    wanted = in_order(quantities)
    quotas = locked_quotas(licence, quantities)
    for item, count in wanted:
        PackagingQuota.objects.filter(pk=quotas[item.pk].pk).update(promised=F("promised") - count)
        PackagingStock.objects.filter(item=item).update(promised=F("promised") - count)


def refuse_beyond_quota(
    quota: PackagingQuota | None, *, item: PackagingItem, licence: Licence, asked: int
) -> None:
    """Refuse more than the quota has left.

    Raises:
        PackagingRefused: there is no quota.
        NotEnough: it has less left.
    """
    words = {"item": item, "number": licence.number, "unit": item.unit, "asked": asked}
    if quota is None:
        raise PackagingRefused(_("Licence %(number)s has no quota of %(item)s yet.") % words)
    if quota.left < asked:
        raise NotEnough(
            _("The quota of licence %(number)s has %(left)d %(unit)s of %(item)s left, not %(asked)d.")
            % {**words, "left": quota.left}
        )
