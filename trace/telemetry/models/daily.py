"""What devices measured, by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyReading(models.Model):
    """One metric of one device over one day of the site's time zone, computed from its hours by `daily`.

    `mean` is the mean of the hourly means, so that an hour with many readings weighs no more than one with
    few (GB 3095: the 24-hour mean is that of the 1-hour means); empty as that of an hour may be. `hours`
    says how many hours were measured at all.
    """

    device = models.ForeignKey("telemetry.Device", models.PROTECT, related_name="days", db_index=False)
    metric = models.CharField(_("metric"), max_length=32)
    day = models.DateField(_("day"))
    hours = models.PositiveSmallIntegerField(_("hours measured"))
    count = models.PositiveIntegerField(_("readings"))
    mean = models.FloatField(_("mean"), null=True)
    min = models.FloatField(_("lowest"))
    max = models.FloatField(_("highest"))

    class Meta:
        verbose_name = _("daily reading")
        verbose_name_plural = _("daily readings")
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["device", "metric", "day"], name="daily_reading_once"),
            models.CheckConstraint(condition=models.Q(hours__range=(1, 24)), name="daily_reading_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.metric} {self.day}"
