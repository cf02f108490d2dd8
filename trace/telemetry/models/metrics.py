"""What is measured, and the dated limits shown beside it."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Metric(models.Model):
    """One measured quantity in its one unit. A further metric is a further row, without code."""

    key = models.CharField(
        _("key"),
        max_length=32,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$")],
        help_text=_("Its name in payloads, addresses and exports: pm25, soil_moisture."),
    )
    name = models.CharField(_("Chinese name"), max_length=32)
    name_en = models.CharField(_("English name"), max_length=32)
    unit = models.CharField(_("unit"), max_length=16, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=1)
    accept_min = models.FloatField(
        _("accept from"), help_text=_("A value below is a fault, not a measurement.")
    )
    accept_max = models.FloatField(_("accept to"))
    aliases = models.CharField(
        _("other names"),
        max_length=200,
        blank=True,
        help_text=_("What devices call it, separated by commas. Case and punctuation do not matter."),
    )
    hj212_code = models.CharField(_("HJ 212 code"), max_length=16, blank=True)
    hj212_factor = models.FloatField(
        _("HJ 212 factor"),
        default=1,
        help_text=_("From the unit of HJ 212 to ours: 0.001 from ng/m³ to µg/m³, 10 from kPa to hPa."),
    )
    is_circular = models.BooleanField(
        _("is an angle"), default=False, help_text=_("Its mean is that of directions: 350° and 10° give 0°.")
    )
    is_level = models.BooleanField(
        _("is a level in decibels"),
        default=False,
        help_text=_("Its mean is that of the energy, as limits of noise are: 40 and 60 dB give 57 dB."),
    )
    in_season = models.BooleanField(
        _("told of a season"),
        default=False,
        help_text=_("The record of a batch says its mean and extremes from planting to harvest."),
    )
    is_public = models.BooleanField(_("shown to the public"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accept_min__lt=models.F("accept_max")), name="metric_range_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return self.name_en if (get_language() or "").startswith("en") else self.name


class MetricLimitQuerySet(models.QuerySet["MetricLimit"]):
    """Limits by day."""

    def in_force(self, *, on: date) -> "MetricLimitQuerySet":
        """Return the limits that apply on that day."""
        open_ended = models.Q(valid_to=None) | models.Q(valid_to__gte=on)
        return self.filter(open_ended, valid_from__lte=on)


class MetricLimit(models.Model):
    """A limit of a national standard in its period of validity.

    It applies to the mean of its period, so a single reading is never judged by it.
    """

    class Period(models.TextChoices):
        """What the limit is the mean of."""

        DAY_MEAN = "24h", _("24-hour mean")
        DAY = "day", _("by day")
        NIGHT = "night", _("by night")

    metric = models.ForeignKey(Metric, models.CASCADE, related_name="limits", verbose_name=_("metric"))
    standard = models.CharField(_("standard"), max_length=40)
    level = models.CharField(_("level or class"), max_length=16, blank=True)
    period = models.CharField(_("period"), max_length=8, choices=Period)
    value = models.FloatField(_("limit"))
    hours_needed = models.PositiveSmallIntegerField(
        _("hours needed"),
        default=20,
        help_text=_("Fewer hours with a mean in the period, and nothing is compared (GB 3095)."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = MetricLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["metric", "period", "level", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "standard", "level", "period", "valid_from"], name="limit_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="limit_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.level} {self.get_period_display()} {self.value:g}"
