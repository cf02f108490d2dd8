"""The device: a sensor station with credentials of its own."""

from datetime import datetime, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from telemetry.models.assets import Asset, calibration_in_order


class DeviceModel(models.Model):
    """A make of device, and the units it sends in."""

    maker = models.CharField(_("maker"), max_length=60)
    name = models.CharField(_("model"), max_length=60)
    scale = models.JSONField(
        _("unit factors"),
        default=dict,
        blank=True,
        help_text=_(
            'By metric, what a sent number is multiplied by: {"pm25": 0.001} for one that sends ng/m³.'
            " A unit stated in the message comes first."
        ),
    )

    class Meta:
        verbose_name = _("device model")
        verbose_name_plural = _("device models")
        ordering = ["maker", "name"]
        constraints = [models.UniqueConstraint(fields=["maker", "name"], name="device_model_once")]

    def __str__(self) -> str:
        return f"{self.maker} {self.name}"


class Device(Asset, ClusterableModel):
    """A station of a base. Its id is its user name on the broker; readings carry its time, not ours."""

    base = models.ForeignKey("telemetry.Base", models.PROTECT, related_name="devices", verbose_name=_("base"))
    device_id = models.CharField(
        _("device id"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")],
        help_text=_("User name and topic on the broker: base/ZJH-01/telemetry."),
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    model = models.ForeignKey(
        DeviceModel, models.PROTECT, null=True, blank=True, related_name="devices", verbose_name=_("model")
    )
    password_hash = models.CharField(_("password hash"), max_length=200, blank=True, editable=False)
    password_changed_at = models.DateTimeField(
        _("password made or taken away"), null=True, blank=True, editable=False
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("A device that is not in use may not connect or report.")
    )
    silent_after = models.PositiveSmallIntegerField(
        _("offline after minutes of silence"),
        default=3,
        help_text=_("Longer than it takes between two readings."),
    )
    interval_seconds = models.PositiveIntegerField(
        _("seconds between readings"),
        default=60,
        help_text=_("How often it should report: tells how many readings an hour are expected."),
    )
    online = models.BooleanField(_("online"), default=False, editable=False)
    last_seen = models.DateTimeField(_("last heard"), null=True, blank=True, editable=False)
    clock_offset = models.FloatField(
        _("clock ahead by seconds"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Taken off its times before they are kept."),
    )

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["device_id"]
        constraints = [
            calibration_in_order("device_calibration_in_order"),
            models.CheckConstraint(
                condition=models.Q(interval_seconds__gte=1), name="device_interval_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.device_id

    def is_silent(self, *, at: datetime) -> bool:
        """Tell whether the device was last heard longer ago than it should be."""
        return self.last_seen is None or self.last_seen < at - timedelta(minutes=self.silent_after)
