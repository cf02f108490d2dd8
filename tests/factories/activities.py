"""Activities and the people who come to them."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from brand.activities.places import sign_up
from brand.models import Activity
from tests.factories.brand import RegionFactory

BEFORE = datetime(2026, 11, 23, 2, tzinfo=UTC)
"""Ten in the morning, four days before."""


class ActivityFactory(DjangoModelFactory):
    """A salon on Friday afternoon with two places."""

    class Meta:
        model = Activity

    region = factory.SubFactory(RegionFactory)
    kind = Activity.Kind.SALON
    title = "大葱怎么卖到年后"
    slug = factory.Sequence(lambda n: f"salon-{n}")
    summary = "说说窖藏、说说价"
    place = "堡头分拣中心二楼"
    address = "潞城区堡头村"
    starts_at = datetime(2026, 11, 27, 6, tzinfo=UTC)
    ends_at = datetime(2026, 11, 27, 9, tzinfo=UTC)
    capacity = 2
    contact = "赵老师 0355-000 0001"
    is_public = True


def person_at(activity, number: int = 1, *, at=BEFORE, **facts):
    """Sign somebody up whose phone ends in `number`."""
    facts = {"name": f"王{number}兰", "phone": f"+86138000{number:05d}", **facts}
    return sign_up(activity=activity, at=at, **facts)
