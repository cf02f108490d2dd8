"""Signs that a code was copied, and where the packages of a product are sold."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CloneAlert(models.Model):
    """One sign that a code is on more than one package. Who looks into it dismisses or confirms it."""

    class Rule(models.TextChoices):
        """What gave it away."""

        SPEED = "speed", _("faster than any journey")
        REGION = "region", _("far outside the sales region")
        PHONES = "phones", _("too many phones")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("to be looked into")
        DISMISSED = "dismissed", _("harmless")
        CONFIRMED = "confirmed", _("copied, code voided")

    code = models.ForeignKey(
        "record.Code", models.PROTECT, related_name="clone_alerts", verbose_name=_("code")
    )
    rule = models.CharField(_("sign"), max_length=8, choices=Rule)
    facts = models.JSONField(_("what was seen"), default=dict)
    opened_at = models.DateTimeField(_("opened at"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    note = models.CharField(_("what was found"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("clone alert")
        verbose_name_plural = _("clone alerts")
        ordering = ["-opened_at", "-id"]
        constraints = [
            # two passes over the same scans open one alert
            models.UniqueConstraint(
                fields=["code", "rule"], condition=Q(state="open"), name="clone_alert_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (Q(state__in=["dismissed", "confirmed"], closed_at__isnull=False) & ~Q(note="")),
                name="clone_alert_closed_with_a_note",
            ),
            models.CheckConstraint(
                condition=Q(rule__in=["speed", "region", "phones"]), name="clone_alert_rule_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.get_rule_display()}"


class SalesArea(models.Model):
    """The provinces a product is sold in. A product without one is sold everywhere."""

    product = models.OneToOneField(
        "brand.Product", models.CASCADE, related_name="sales_area", verbose_name=_("product")
    )
    provinces = models.JSONField(_("sold in"), default=list)
    tolerated = models.PositiveSmallIntegerField(
        _("phones tolerated outside"),
        default=0,
        help_text=_("A package travels with whoever bought it. So many phones far away raise no alert."),
    )

    class Meta:
        verbose_name = _("sales region")
        verbose_name_plural = _("sales regions")
        ordering = ["product"]

    def __str__(self) -> str:
        return f"{self.product_id}: {' '.join(self.provinces)}"
