"""What devices measured, by moment and by hour, and what could not be read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reading(models.Model):
    """All metrics of one device at one moment, in the units of `Metric`.

    One row a moment: a row a metric was 1.6 to 2 times slower. Written by `ingest.store` only.
    """

    pk = models.CompositePrimaryKey("device_id", "at")
    device = models.ForeignKey("telemetry.Device", models.PROTECT, related_name="readings", db_index=False)
    at = models.DateTimeField(_("time"))
    values = models.JSONField(_("values"))
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ["view"]

    def __str__(self) -> str:
        return f"{self.device_id} {self.at:%Y-%m-%d %H:%M:%S}"


class HourlyReading(models.Model):
    """One metric of one device over one hour, computed from its readings by `rollups`.

    `mean` of a circular metric is the direction of the vector mean, and empty when the directions cancel
    out; its `min` and `max` mean nothing. The mean of noise is that of the decibels, not LAeq.
    """

    device = models.ForeignKey("telemetry.Device", models.PROTECT, related_name="hours", db_index=False)
    metric = models.CharField(_("metric"), max_length=32)
    hour = models.DateTimeField(_("hour"), help_text="its beginning")
    count = models.PositiveIntegerField(_("readings"))
    mean = models.FloatField(_("mean"), null=True)
    min = models.FloatField(_("lowest"))
    max = models.FloatField(_("highest"))

    class Meta:
        verbose_name = _("hourly reading")
        verbose_name_plural = _("hourly readings")
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["device", "metric", "hour"], name="hourly_reading_once")
        ]
        indexes = [models.Index(fields=["device", "hour"], name="hourly_reading_device_hour")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.metric} {self.hour:%Y-%m-%d %H:00}"


class DirtyHour(models.Model):
    """An hour of a device whose readings changed since it was rolled up.

    Written in the transaction that wrote the readings. `marks` counts the times, so that a roll-up forgets
    an hour only when nothing came in between (compare-and-set).
    """

    device = models.ForeignKey("telemetry.Device", models.CASCADE, related_name="+", db_index=False)
    hour = models.DateTimeField()
    marks = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["device", "hour"], name="dirty_hour_once")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.hour:%Y-%m-%d %H:00}"


class UnreadableMessage(models.Model):
    """A message, or the part of one, that was refused: kept as it came, with the reason."""

    PAYLOAD_KEPT = 65_536  # bytes
    METRICS_KEPT = 200  # characters

    device_id = models.CharField(_("device id"), max_length=64, blank=True)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    payload = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size in bytes"))
    reason = models.CharField(_("reason"), max_length=500)
    out_of_range = models.CharField(
        _("metrics out of range"),
        max_length=METRICS_KEPT,
        blank=True,
        help_text="keys of the metrics whose values were refused for their size, each between commas",
    )
    received_at = models.DateTimeField(_("received"), db_index=True)

    class Meta:
        verbose_name = _("unreadable message")
        verbose_name_plural = _("unreadable messages")
        ordering = ["-received_at", "-id"]
        default_permissions = ["view"]

    def __str__(self) -> str:
        return f"{self.device_id} {self.reason}"

    @property
    def text(self) -> str:
        """The payload as text, as far as it is text."""
        return bytes(self.payload).decode(errors="backslashreplace")
