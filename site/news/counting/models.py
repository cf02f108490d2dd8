"""Sums of readers. They know no person, no device and no address."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PostViews(models.Model):
    """How often one post was opened on one day."""

    post = models.ForeignKey("news.NewsPage", models.CASCADE, related_name="views", verbose_name=_("post"))
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(pgettext_lazy("post", "opened"), default=0)

    class Meta:
        verbose_name = _("readers of a day")
        verbose_name_plural = _("readers of a day")
        ordering = ["-day", "post"]
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="news_views_once")]
        indexes = [models.Index(fields=["day", "post"], name="news_views_by_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.post_id} {self.count}"


class PopularPost(models.Model):
    """A post among the most read of a list in the last thirty days; counted anew each hour."""

    post = models.OneToOneField(
        "news.NewsPage", models.CASCADE, related_name="popular", verbose_name=_("post")
    )
    count = models.PositiveIntegerField(pgettext_lazy("post", "opened"))

    class Meta:
        verbose_name = _("post read most")
        verbose_name_plural = _("posts read most")
        ordering = ["-count", "-post"]

    def __str__(self) -> str:
        return f"{self.post_id} {self.count}"
