"""Scans counted by day, province and product, and how far the counting has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScanDay(models.Model):
    """How often packages of a product were scanned in a province on one day (Asia/Shanghai)."""

    day = models.DateField(_("day"))
    product = models.ForeignKey(
        "brand.Product", models.PROTECT, related_name="scan_days", verbose_name=_("product")
    )
    province = models.CharField(
        _("province"), max_length=20, blank=True, help_text=_("Empty: nobody could tell.")
    )
    first = models.PositiveIntegerField(_("first scans"), default=0)
    repeat = models.PositiveIntegerField(_("repeated scans"), default=0)
    other = models.PositiveIntegerField(
        _("not in use"), default=0, help_text=_("Scans of codes that were not active yet, or are void.")
    )

    class Meta:
        verbose_name = _("scans of a day")
        verbose_name_plural = _("scans by day")
        ordering = ["-day", "product", "province"]
        constraints = [
            models.UniqueConstraint(fields=["day", "product", "province"], name="scan_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.province}"


class ScanCursor(models.Model):
    """How far scans were read, one row. `seen` waits a moment before it is read: a scan that was given a
    lower number may still be on its way into the database.
    """

    read = models.PositiveBigIntegerField(default=0)
    seen = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("place in the scans")
        verbose_name_plural = _("places in the scans")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="scan_cursor_is_one"),
            models.CheckConstraint(condition=Q(read__lte=models.F("seen")), name="scan_cursor_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.read}/{self.seen}"
