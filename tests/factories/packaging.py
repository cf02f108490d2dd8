"""Packaging: an item on the shelf, a licence with a quota of it, a request."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from brand.models import PackagingItem, PackagingQuota
from brand.packaging.asking import ask_for_packaging
from brand.packaging.shelf import receive
from tests.factories.brand import LicenceFactory, MemberFactory, RegionFactory

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)


class PackagingItemFactory(DjangoModelFactory):
    class Meta:
        model = PackagingItem

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"潞城大葱 5 千克提箱 {n}")
    artwork_note = "2026 年第二版"
    unit = "个"


class PackagingQuotaFactory(DjangoModelFactory):
    """A quota of 1,000 under a licence in force, of an item that any product may use."""

    class Meta:
        model = PackagingQuota

    licence = factory.SubFactory(LicenceFactory, member=factory.SubFactory(MemberFactory))
    item = factory.SubFactory(PackagingItemFactory)
    quantity = 1000


def stocked(count: int = 500, /, **facts) -> PackagingQuota:
    """Return a quota whose item has `count` on the shelf."""
    quota = PackagingQuotaFactory(**facts)
    if count:
        receive(item=quota.item, quantity=count, note="首批", by=None, at=NOW)
    return quota


def asked(quota: PackagingQuota, count: int, **facts):
    """Return a request for so many under the quota's licence."""
    asked_for = {"licence": quota.licence, "quantities": {quota.item: count}}
    return ask_for_packaging(
        **asked_for, **{"member": quota.licence.member, "wish": "中秋装箱", "by": None, "at": NOW, **facts}
    )
