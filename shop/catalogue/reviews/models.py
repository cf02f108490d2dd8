"""What a buyer says about what arrived. Our review comes first: Oscar's models then leave it to us."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.abstract_models import AbstractProductReview

from brand.private import private_storage

LEAST, MOST = 1, 5  # stars
LONGEST = 1_000  # characters


class ProductReview(AbstractProductReview):
    """One buyer's review of one line of an order; `name` is how the buyer is called on the page.

    Who buys again may say it again, so Oscar's one review per product and person does not hold here.
    `refusal` tells the buyer why it is not shown; `reply` is the seller's.
    """

    line = models.OneToOneField(
        "order.Line",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review",
        verbose_name=_("line of the order"),
    )
    bought = models.CharField(_("what was bought"), max_length=255, blank=True)
    pictured = models.BooleanField(_("with photos"), default=False)
    refusal = models.CharField(_("why it is not shown"), max_length=200, blank=True)
    reply = models.CharField(_("answer of the seller"), max_length=500, blank=True)
    replied_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta(AbstractProductReview.Meta):
        abstract = False
        unique_together = ()
        ordering = ["-date_created", "-pk"]
        indexes = [
            models.Index(fields=["product", "status", "-date_created"], name="review_of_product"),
            models.Index(fields=["status", "date_created"], name="review_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=LEAST, score__lte=MOST), name="review_score_in_range"
            ),
            models.CheckConstraint(condition=~Q(status=2) | ~Q(refusal=""), name="review_refused_says_why"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save this row only: Oscar's would save the whole article along, with whatever it was when read."""
        models.Model.save(self, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete this row only, for the same reason."""
        return models.Model.delete(self, *args, **kwargs)

    def clean(self) -> None:
        """Ask for nothing that Oscar's form asks of strangers: who reviews has bought."""

    def __str__(self) -> str:
        return self.body[:40] or f"{self.score}/{MOST}"


class ReviewPhoto(models.Model):
    """A photo of a review (晒图). The picture lies where no web server reads; once the review is approved,
    small public copies of it lie below `public`, a name nobody can guess.
    """

    review = models.ForeignKey(ProductReview, models.CASCADE, related_name="photos", verbose_name=_("review"))
    file = models.ImageField(
        _("photo"),
        upload_to="reviews",
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    public = models.CharField(_("public copies"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("photo of a review")
        verbose_name_plural = _("photos of reviews")
        ordering = ["review", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "place"], name="review_photo_place_once")]

    def __str__(self) -> str:
        return f"{self.review_id}/{self.place}"


from oscar.apps.catalogue.reviews.models import *  # noqa: E402, F403
