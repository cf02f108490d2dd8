"""What happens to a review after it was written: shown or not, answered by the seller."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from brand.acts.models import record_act
from shop.catalogue.reviews.models import ProductReview
from shop.promotions.rewarding import reward_review
from shop.reviewing import photos
from shop.reviewing.voices import renew


class NotDecided(ValueError):
    """Nothing was changed; the text says why in plain words."""


def approve(*, review: ProductReview, at: datetime, by: User | None) -> None:
    """Show the review to everybody, also one that was refused before.

    Raises:
        NotDecided: it is shown already.
    """
    photos.publish(review)  # slow, so before the transaction; copies nobody links to harm nobody
    with transaction.atomic():
        _move(review, ProductReview.APPROVED, refusal="", at=at)
        record_act(review, "approved", by=by, at=at)
        renew(review.product)
    _reward(review, at=at)


def refuse(*, review: ProductReview, reason: str, at: datetime, by: User | None) -> None:
    """Do not show the review, or no longer, and tell the buyer why.

    Raises:
        NotDecided: no reason is given, or it is refused already.
    """
    if not reason.strip():
        raise NotDecided(_("Say why. The buyer reads it beside the review."))
    with transaction.atomic():
        _move(review, ProductReview.REJECTED, refusal=reason.strip(), at=at)
        record_act(review, "refused", by=by, at=at, note=reason.strip())
        renew(review.product)
    photos.withdraw(review)


def answer(*, review: ProductReview, text: str, at: datetime, by: User | None) -> None:
    """Set the seller's answer below a review that is shown; an answer that was there gives way to it.

    Raises:
        NotDecided: it says nothing, or the review is not shown.
    """
    if not text.strip():
        raise NotDecided(_("The answer is empty."))
    with transaction.atomic():
        shown = ProductReview.objects.filter(pk=review.pk, status=ProductReview.APPROVED)
        if not shown.update(reply=text.strip(), replied_at=at):
            raise NotDecided(_("This review is not shown, so nobody would read the answer."))
        review.reply, review.replied_at = text.strip(), at
        record_act(review, "answered", by=by, at=at, note=text.strip())
        renew(review.product)


def _reward(review: ProductReview, *, at: datetime) -> None:
    """Give who showed a photo the coupon the county gives for it, if it gives one."""
    order = review.line.order if review.line else None
    if review.pictured and order is not None and order.region is not None:
        reward_review(review_id=review.pk, region=order.region, user=review.user, phone=order.phone, at=at)


def _move(review: ProductReview, status: int, *, refusal: str, at: datetime) -> None:
    """Compare-and-set on the status: of two officers who decide at once the second is told so."""
    others = ProductReview.objects.filter(pk=review.pk).exclude(status=status)
    if not others.filter(status=review.status).update(status=status, refusal=refusal, decided_at=at):
        raise NotDecided(_("Somebody decided about this review a moment ago."))
    review.status, review.refusal, review.decided_at = status, refusal, at
