"""The letter of a week: due on Friday at five in the afternoon, made once for each county."""

from datetime import datetime, time, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from brand.models import Region
from news.digests.models import Delivery, Digest, Subscription
from news.models import NewsPage

FRIDAY: Final = 4
HOUR: Final = time(17)
WEEK: Final = timedelta(days=7)
AT_MOST_BACK: Final = timedelta(days=14)  # a week without a letter leaves its posts to the next
TOO_LATE: Final = timedelta(days=3)  # a letter the worker could not make by Monday is left out
_A_TURN = 1_000


def last_due(at: datetime) -> datetime:
    """Return the last Friday, five in the afternoon, in the zone of the county."""
    local = timezone.localtime(at)
    day = local.date() - timedelta(days=(local.weekday() - FRIDAY) % 7)
    due = datetime.combine(day, HOUR, tzinfo=local.tzinfo)
    return due if due <= local else due - WEEK


def make_due(*, at: datetime) -> list[Digest]:
    """Make the letters that are due and not made; a county without new posts or readers gets none."""
    due = last_due(at)
    if at - due > TOO_LATE:
        return []
    missing = Region.objects.filter(site__isnull=False).exclude(digests__due_at=due)
    readers = missing.filter(subscriptions__confirmed_at__isnull=False).distinct()
    made = (make_digest(region=region, due_at=due, at=at) for region in readers.select_related("site"))
    return [digest for digest in made if digest is not None]


def make_digest(*, region: Region, due_at: datetime, at: datetime) -> Digest | None:
    """Make the letter of one week, with a row for each who gets it; None without posts, or if it is made.

    Two workers cannot make it twice: one of the two finds its row taken.
    """
    posts = new_posts(region, until=due_at)
    if not posts:
        return None
    try:
        with transaction.atomic():
            digest = Digest.objects.create(region=region, due_at=due_at, made_at=at)
            digest.posts.set(posts)
            readers = Subscription.objects.confirmed().filter(region=region).values_list("pk", flat=True)
            rows = (Delivery(digest=digest, subscription_id=pk, due_at=at) for pk in readers)
            Delivery.objects.bulk_create(rows, batch_size=_A_TURN)
    except IntegrityError:
        return None
    return digest


def new_posts(region: Region, *, until: datetime) -> list[NewsPage]:
    """Return the public posts that went live since the last letter, newest first. 3 queries."""
    before = Digest.objects.filter(region=region, due_at__lt=until).values_list("due_at", flat=True).first()
    since = max(before, until - AT_MOST_BACK) if before else until - WEEK
    root = region.site.root_page if region.site else None
    if root is None:
        return []
    posts = NewsPage.objects.live().descendant_of(root).public()  # also where a page above is restricted
    new = posts.filter(first_published_at__gt=since, first_published_at__lte=until).defer("body")
    return list(new.order_by("-published_on", "-pk"))
