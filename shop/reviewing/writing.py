"""Writing a review: who has received an article says once what it was like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from brand.acts.models import record_act
from brand.private import private_storage
from shop.catalogue.reviews.models import LEAST, LONGEST, MOST, ProductReview, ReviewPhoto
from shop.order.models import Line, Order

MOST_PHOTOS: Final = 6
FOR: Final = timedelta(days=180)  # from the placing of the order
ARRIVED = {Order.State.RECEIVED, Order.State.COMPLETED}


class NotReviewed(ValueError):
    """The review was not kept; the text says why in plain words."""


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A line of an order with its review, or with what stands in the way of one (`why_not`)."""

    line: Line
    review: ProductReview | None
    why_not: str


def write_review(
    *,
    line: Line,
    score: int,
    body: str,
    photos: Sequence[ContentFile] = (),
    hidden: bool = False,
    at: datetime,
) -> ProductReview:
    """Keep what the buyer of `line` says; it is shown once somebody has looked at it.

    Raises:
        NotReviewed: it has not arrived, was reviewed before, says nothing, or the time is over.
    """
    if reason := why_not(line, at=at) or _says_nothing(score, body, photos):
        raise NotReviewed(reason)
    # files first, outside of the transaction; a file without a row is lost room, never a lost review
    names = [private_storage().save(f"reviews/{at:%Y/%m}/{photo.name}", photo) for photo in photos]
    try:
        with transaction.atomic():
            review = _added(line, score=score, body=body.strip(), pictured=bool(names), hidden=hidden, at=at)
            for place, name in enumerate(names):
                ReviewPhoto(review=review, file=name, place=place).save(force_insert=True)
            record_act(review, "submitted", by=line.order.user, at=at)
    except IntegrityError:  # of two windows one wrote first
        raise NotReviewed(_("You have reviewed this already. Thank you.")) from None
    return review


def why_not(line: Line, *, at: datetime) -> str:
    """Return why this line cannot be reviewed now, "" if it can."""
    if line.gift or line.product is None:
        return _("Only what was bought is reviewed.")
    if line.order.state not in ARRIVED:
        return _("You can review it once it has arrived.")
    if line.refunded_quantity >= line.quantity:
        return _("All of it was refunded.")
    if at > line.order.date_placed + FOR:
        return _("It was bought more than 180 days ago.")
    if ProductReview.objects.filter(line=line).exists():
        return _("You have reviewed this already. Thank you.")
    return ""


def reviewable(order: Order, *, at: datetime) -> Iterable[Reviewable]:
    """Return what was bought with the reviews of it. Two queries, and one for each line without a review."""
    lines = order.lines.filter(gift=False).select_related("product__parent", "review")
    for line in lines.order_by("pk"):
        line.order = order
        review = getattr(line, "review", None)
        yield Reviewable(line, review, "" if review else why_not(line, at=at))


def shown_name(order: Order, *, hidden: bool) -> str:
    """Return how the buyer is called in public: the first character of the name, or nobody in particular."""
    address = order.shipping_address
    name = "" if hidden or address is None else (address.last_name or address.first_name).strip()
    return f"{name[0]}**" if name else _("a buyer")


def _says_nothing(score: int, body: str, photos: Sequence[ContentFile]) -> str:
    if not LEAST <= score <= MOST:
        return _("Give one to five stars.")
    if not body.strip():
        return _("Say in a few words what it was like.")
    if len(body.strip()) > LONGEST:
        return _("Keep it within 1,000 characters.")
    return _("Up to 6 photos.") if len(photos) > MOST_PHOTOS else ""


def _added(line: Line, *, score: int, body: str, pictured: bool, hidden: bool, at: datetime) -> ProductReview:
    article = line.product.parent if line.product.is_child else line.product
    review = ProductReview(
        product=article,
        line=line,
        bought=line.title if line.product.is_child else "",
        user=line.order.user,
        name=shown_name(line.order, hidden=hidden),
        score=score,
        title="",
        body=body,
        pictured=pictured,
        status=ProductReview.FOR_MODERATION,
    )
    review.save(force_insert=True)
    ProductReview.objects.filter(pk=review.pk).update(date_created=at)
    review.date_created = at
    return review
