"""Alert rules: when somebody should be told; alerts: when somebody was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AlertRule(models.Model):
    """When somebody should be told about devices: of a county, a base, or one of them."""

    class Kind(models.TextChoices):
        """What is watched."""

        SILENT = "silent", _("a device is silent")
        OUT_OF_RANGE = "range", _("values outside of what is accepted")
        ABOVE = "above", _("above a value")
        BELOW = "below", _("below a value")
        CAMERA = "camera", _("a camera sends no pictures")

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("when"), max_length=8, choices=Kind)
    region = models.ForeignKey(
        "brand.Region", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("county")
    )
    base = models.ForeignKey(
        "telemetry.Base",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="alert_rules",
        verbose_name=_("base"),
    )
    device = models.ForeignKey(
        "telemetry.Device",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="alert_rules",
        verbose_name=_("device"),
        help_text=_("County, base and device narrow it down; all empty: everywhere."),
    )
    metric = models.ForeignKey(
        "telemetry.Metric",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("metric"),
        help_text=_("Needed for above and below; of values outside, empty means any."),
    )
    value = models.FloatField(
        _("value"), null=True, blank=True, help_text=_("For above and below, in the unit of the metric.")
    )
    minutes = models.PositiveIntegerField(
        _("minutes"), default=10, help_text=_("Silent, above or below for so long; or looked back so far.")
    )
    times = models.PositiveSmallIntegerField(
        _("times"), default=3, help_text=_("Messages with values outside within those minutes.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    recipients = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name=_("who is told"),
        help_text=_("Empty: every trace operator."),
    )

    class Meta:
        verbose_name = _("alert rule")
        verbose_name_plural = _("alert rules")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["above", "below"]) | Q(metric__isnull=False, value__isnull=False),
                name="alert_rule_threshold_has_metric_and_value",
                violation_error_message=_("Above and below need a metric and a value."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=10080, times__gte=1),
                name="alert_rule_minutes_up_to_a_week",
                violation_error_message=_("Between one minute and a week (10080), at least once."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Alert(models.Model):
    """A rule that applies to a device or a camera now, or did: one row from its beginning to its end."""

    rule = models.ForeignKey(AlertRule, models.CASCADE, related_name="alerts", verbose_name=_("rule"))
    device = models.ForeignKey(
        "telemetry.Device",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="alerts",
        verbose_name=_("device"),
    )
    camera = models.ForeignKey(
        "telemetry.Camera",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="alerts",
        verbose_name=_("camera"),
    )
    metric = models.CharField(_("metric"), max_length=32, blank=True)
    opened_at = models.DateTimeField(_("since"))
    value = models.FloatField(_("value"), null=True, blank=True)
    count = models.PositiveIntegerField(_("times"), null=True, blank=True)
    heard_at = models.DateTimeField(_("last heard"), null=True, blank=True)
    closed_at = models.DateTimeField(_("over since"), null=True, blank=True)
    opening_told_at = models.DateTimeField(_("told of at"), null=True, blank=True)
    closing_told_at = models.DateTimeField(_("told over at"), null=True, blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-opened_at", "-pk"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "device", "metric"],
                condition=Q(closed_at=None, device__isnull=False),
                name="alert_open_once_per_device",
            ),
            models.UniqueConstraint(
                fields=["rule", "camera"],
                condition=Q(closed_at=None, camera__isnull=False),
                name="alert_open_once_per_camera",
            ),
            models.CheckConstraint(
                condition=Q(device=None, camera__isnull=False) | Q(device__isnull=False, camera=None),
                name="alert_about_a_device_or_a_camera",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
                name="alert_closed_after_opened",
            ),
        ]
        indexes = [models.Index(fields=["closed_at", "-opened_at"], name="alert_open_first")]

    def __str__(self) -> str:
        return f"{self.rule} {self.device or self.camera}"

    @property
    def is_open(self) -> bool:
        """Whether it still applies."""
        return self.closed_at is None
