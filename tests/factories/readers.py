"""Readers of posts: who gets the letter of the week."""

from datetime import datetime

import factory

from brand.models import Region
from news.models import Subscription


class SubscriptionFactory(factory.django.DjangoModelFactory[Subscription]):
    """An address that asked and said so a second time, unless `confirmed_at` is None."""

    class Meta:
        model = Subscription

    email = factory.Sequence(lambda number: f"reader{number}@example.org")
    token = factory.Sequence(lambda number: f"token-of-reader-{number}")
    asked_at = factory.LazyAttribute(lambda made: made.confirmed_at)


def readers(region: Region, number: int, *, at: datetime) -> list[Subscription]:
    """Return so many confirmed subscriptions of a county."""
    return SubscriptionFactory.create_batch(number, region=region, confirmed_at=at)
