"""Setting a quota: how much of an item may be taken under a licence."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from brand.licences.models import Licence
from brand.members.interests import refuse_own
from brand.packaging.items import PackagingItem
from brand.packaging.quotas import PackagingQuota
from brand.packaging.refusals import NotEnough, PackagingRefused


@transaction.atomic
def set_quota(
    *, licence: Licence, item: PackagingItem, quantity: int, by: User, at: datetime
) -> PackagingQuota:
    """Set the quota of an item under a licence, new or changed.

    Raises:
        ConflictOfInterest: it is the officer's own company.
        PackagingRefused: the item is of another county, or for a product the licence does not cover.
        NotEnough: more was taken or promised already.
    """
    refuse_own(by, member=licence.member)
    _refuse_foreign(licence, item)
    quota, _new = PackagingQuota.objects.get_or_create(licence=licence, item=item, defaults={"quantity": 0})
    # compare-and-set: what somebody takes at this moment is not overlooked
    fitting = PackagingQuota.objects.filter(pk=quota.pk, taken__lte=quantity - F("promised"))
    if not fitting.update(quantity=quantity):
        quota.refresh_from_db()
        raise NotEnough(
            _("%(taken)d were taken already and %(promised)d are promised: a quota cannot be less than that.")
            % {"taken": quota.taken, "promised": quota.promised}
        )
    record_act(quota, "set", by=by, at=at, detail={"quantity": quantity})
    quota.quantity = quantity
    return quota


def _refuse_foreign(licence: Licence, item: PackagingItem) -> None:
    words = {"item": item, "number": licence.number, "product": item.product}
    if licence.region_id != item.region_id:
        raise PackagingRefused(_("%(item)s belongs to another county than licence %(number)s.") % words)
    if item.product_id and not licence.products.filter(pk=item.product_id).exists():
        raise PackagingRefused(
            _("Licence %(number)s does not cover %(product)s, and %(item)s is printed for that.") % words
        )
