"""What editors mean to publish, how much a county publishes in a week, and what they will not write about."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.categories import Category

USUALLY_LEAST, USUALLY_MOST = 3, 5  # posts a week, as the counties' programmes ask for


class PlanQuerySet(models.QuerySet):
    """Plans by county and day."""

    def within(self, first: date, last: date) -> Self:
        """Return the plans of those days, both included."""
        return self.filter(planned_on__range=(first, last))


class Plan(models.Model):
    """A post that is to be: it is there before the post is, and its day is not the moment the post goes live.

    `origin` says which suggestion it was made from, so that one becomes one plan. `version` counts changes:
    who changes a plan says which version they saw.
    """

    class Channel(models.TextChoices):
        """Where it is to be published."""

        SITE = "site", pgettext_lazy("channel", "website")
        WECHAT = "wechat", pgettext_lazy("channel", "Official Account")
        BOTH = "both", pgettext_lazy("channel", "website and Official Account")

    region = models.ForeignKey(
        "brand.Region", models.CASCADE, related_name="post_plans", verbose_name=_("county")
    )
    title = models.CharField(
        _("working title"),
        max_length=80,
        help_text=_("What it will be about. The post may be called otherwise."),
    )
    planned_on = models.DateField(_("planned for"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.BOTH)
    category = models.CharField(_("category"), max_length=12, choices=Category, default=Category.INDUSTRY)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="post_plans",
        verbose_name=_("who writes it"),
        help_text=_("Reminded the day before. Empty: nobody yet."),
    )
    note = models.TextField(
        _("note"), max_length=500, blank=True, help_text=_("Whom to ask, what to photograph.")
    )
    post = models.OneToOneField(
        "news.NewsPage",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="plan",
        verbose_name=_("post"),
    )
    origin = models.CharField(max_length=80, blank=True, editable=False)
    product = models.ForeignKey(
        "brand.Product",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product it speaks of"),
    )
    base = models.ForeignKey(
        "telemetry.Base",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("base it speaks of"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned post")
        verbose_name_plural = _("planned posts")
        ordering = ["planned_on", "pk"]
        indexes = [models.Index(fields=["planned_on", "region"], name="news_plan_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "origin"], condition=~Q(origin=""), name="news_plan_once_of_a_suggestion"
            )
        ]

    def __str__(self) -> str:
        return self.title


class WeeklyTarget(models.Model):
    """How many posts a county publishes in a week; without a row, three to five."""

    region = models.OneToOneField(
        "brand.Region", models.CASCADE, related_name="weekly_target", verbose_name=_("county")
    )
    least = models.PositiveSmallIntegerField(_("posts a week, at least"), default=USUALLY_LEAST)
    most = models.PositiveSmallIntegerField(_("posts a week, at most"), default=USUALLY_MOST)

    class Meta:
        verbose_name = _("weekly target")
        verbose_name_plural = _("weekly targets")
        ordering = ["region"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most__gte=F("least")) & Q(most__lte=50),
                name="news_target_in_order",
                violation_error_message=_("At most is not less than at least, and not more than 50."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.least}–{self.most}"


class SetAside(models.Model):
    """A suggestion the editors of a county will not write about: it is not made again."""

    region = models.ForeignKey("brand.Region", models.CASCADE, related_name="+")
    origin = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("suggestion set aside")
        verbose_name_plural = _("suggestions set aside")
        constraints = [models.UniqueConstraint(fields=["region", "origin"], name="news_set_aside_once")]

    def __str__(self) -> str:
        return self.origin
