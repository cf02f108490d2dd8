"""How many people get the letter of the week: numbers, never an address."""

from dataclasses import dataclass

from django.db.models import Count, Q

from brand.models import Region
from news.digests.models import Digest

LETTERS = 12  # newest, of each county


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of one county, and its newest letters with `number` of posts each."""

    region: Region
    confirmed: int
    waiting: int
    letters: tuple[Digest, ...]


def readers_by_county() -> list[Readers]:
    """Return the readers of every county that has a site. 1 query, and 1 for each county."""
    yes = Q(subscriptions__confirmed_at__isnull=False)
    counted = Region.objects.filter(site__isnull=False).annotate(
        confirmed=Count("subscriptions", filter=yes), asked=Count("subscriptions")
    )
    return [
        Readers(region, region.confirmed, region.asked - region.confirmed, _letters(region))
        for region in counted.order_by("adcode")
    ]


def _letters(region: Region) -> tuple[Digest, ...]:
    counted = Digest.objects.filter(region=region).annotate(number=Count("posts"))
    return tuple(counted.order_by("-due_at")[:LETTERS])
