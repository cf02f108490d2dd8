"""What buyers say about an article, summed up: one row that its page reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.catalogue.models import Product


class Voices(models.Model):
    """The sum of an article's approved reviews and answered questions, with the newest of both.

    Made from the rows themselves by `shop.reviewing.voices.renew` alone, whenever one of them changes.
    """

    article = models.OneToOneField(Product, models.CASCADE, related_name="voices", verbose_name=_("article"))
    reviews = models.PositiveIntegerField(_("reviews"), default=0)
    pictured = models.PositiveIntegerField(_("with photos"), default=0)
    stars = models.JSONField(_("reviews by stars"), default=list)  # of one star, of two … of five
    newest = models.JSONField(_("newest reviews"), default=list)
    questions = models.PositiveIntegerField(_("questions"), default=0)
    asked = models.JSONField(_("newest questions"), default=list)

    class Meta:
        verbose_name = _("voices about an article")
        verbose_name_plural = _("voices about articles")
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return f"{self.article_id}: {self.reviews}, {self.questions}"
